package io.github.flux4j.backend;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The processor. What the operating system doesn't tell is null.
 *
 * @param architecture as Java names it, such as amd64
 * @param instructions those that the native libraries have code for
 * @param javaCores as many as Java may use
 * @param hostCores as many as the machine has
 * @param quota most cores' time that the container may take; null if there is no limit
 */
public record Cpu(
        String model, String architecture, List<String> instructions, int javaCores, Integer hostCores, Double quota) {

    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /** As Linux names them. */
    private static final List<String> RELEVANT = List.of(
            "sse4_2",
            "avx",
            "avx2",
            "fma",
            "avx512f",
            "avx512bw",
            "avx512vl",
            "avx512dq",
            "avx512_vnni",
            "avx512_bf16",
            "amx_tile",
            "amx_bf16",
            "asimd",
            "asimdhp",
            "sve",
            "sve2",
            "bf16");

    private static final class Avx512 {

        static final boolean IS_THERE = isThere();

        private Avx512() {}

        /** By the first core's entry alone: the system takes longer for those of a hundred. */
        private static boolean isThere() {
            try (BufferedReader lines = Files.newBufferedReader(CPUINFO)) {
                String line = lines.readLine();
                while (line != null && !line.startsWith("flags")) {
                    line = lines.readLine();
                }
                return line != null && line.contains(" avx512vl");
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Whether it has the 512-bit instructions that OpenBLAS has code for; false where only the operating system could tell, as on Windows. */
    public static boolean hasAvx512() {
        return Avx512.IS_THERE;
    }

    static Cpu read(Cgroup cgroup) {
        List<String> lines = lines(CPUINFO);
        long processors =
                lines.stream().filter(line -> line.startsWith("processor")).count();
        String flags = value(lines, "flags");
        return new Cpu(
                value(lines, "model name"),
                System.getProperty("os.arch"),
                relevant(flags == null ? value(lines, "Features") : flags),
                Runtime.getRuntime().availableProcessors(),
                processors == 0 ? null : (int) processors,
                cgroup.cores());
    }

    private static List<String> relevant(String flags) {
        if (flags == null) {
            return null;
        }
        Set<String> present = new HashSet<>(Arrays.asList(flags.split(" ")));
        return RELEVANT.stream().filter(present::contains).toList();
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(null);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of(); // then these facts are absent
        }
    }
}
