package io.github.flux4j.bench.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What a measurement ran on, and of which sources.
 *
 * @param commit short, and a checksum of what was changed since
 * @param cpuFlags the instruction sets, as Linux names them; none elsewhere
 */
public record Machine(String commit, String cpu, int cores, List<String> cpuFlags, String os) {

    private static final String CHANGED = " and changes ";

    public static Machine here() throws IOException {
        return new Machine(
                gitCommit(),
                cpuInfo("model name"),
                Runtime.getRuntime().availableProcessors(),
                List.of(cpuInfo("flags").split(" ")),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
    }

    /** With a checksum of what was changed since, so that results of different changes are told apart. */
    private static String gitCommit() throws IOException {
        String changes = Commit.git("diff", "HEAD") + Commit.git("status", "--porcelain", "--", "src", "pom.xml");
        CRC32 checksum = new CRC32();
        checksum.update(changes.getBytes(StandardCharsets.UTF_8));
        return Commit.git("rev-parse", "--short", "HEAD")
                + (changes.isEmpty() ? "" : CHANGED + Long.toHexString(checksum.getValue()));
    }

    /** Whether sources were changed since the commit. */
    public boolean isChanged() {
        return commit.contains(CHANGED);
    }

    /** The first processor's line in Linux's list; empty elsewhere. */
    private static String cpuInfo(String key) throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return "";
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("");
    }
}
