package io.github.flux4j.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a measurement ran on, and of which sources.
 *
 * @param commit short, with a note if files were changed since
 * @param cpuFlags the instruction sets, as Linux names them; none elsewhere
 */
public record Machine(String commit, String cpu, int cores, List<String> cpuFlags, String os) {

    public static Machine here() throws IOException {
        return new Machine(
                gitCommit(),
                cpuInfo("model name"),
                Runtime.getRuntime().availableProcessors(),
                List.of(cpuInfo("flags").split(" ")),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
    }

    private static String gitCommit() throws IOException {
        return Git.output("rev-parse", "--short", "HEAD")
                + (Git.output("status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : ", changed");
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
