package io.github.flux4j.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Linux's limits for a group of processes, such as a container, in versions 1 and 2. Groups are nested, and the tightest limit holds.
 *
 * @param memberships the process's own file, {@code hierarchy:controllers:path} a line
 * @param root where the hierarchies are mounted
 */
record Cgroup(Path memberships, Path root) {

    /** Version 1 writes "no limit" as a number close to 2⁶³. */
    private static final long UNLIMITED = 1L << 60;

    static Cgroup ofThisProcess() {
        return new Cgroup(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
    }

    /** The limit in cores, such as 1.5; null if there is none. */
    Double cores() {
        Stream<Double> v1 = groups("cpu")
                .map(group -> ratio(line(group.resolve("cpu.cfs_quota_us")), line(group.resolve("cpu.cfs_period_us"))));
        Stream<Double> v2 = groups("")
                .map(group -> line(group.resolve("cpu.max")))
                .filter(Objects::nonNull)
                .map(line -> ratio(line.split(" ")[0], line.split(" ")[1]));
        return Stream.concat(v1, v2)
                .filter(Objects::nonNull)
                .min(Double::compare)
                .orElse(null);
    }

    private static Double ratio(String quota, String period) {
        Long most = number(quota);
        Long of = number(period);
        return most == null || of == null || most <= 0 || of <= 0 ? null : (double) most / of;
    }

    /** The limit in bytes; null if there is none. */
    Long memory() {
        Stream<Path> v1 = groups("memory").map(group -> group.resolve("memory.limit_in_bytes"));
        Stream<Path> v2 = groups("").map(group -> group.resolve("memory.max"));
        return Stream.concat(v1, v2)
                .map(file -> number(line(file)))
                .filter(bytes -> bytes != null && bytes < UNLIMITED)
                .min(Long::compare)
                .orElse(null);
    }

    /** The process's group under a controller, "" for version 2, and its parents; inside a container the path may be the host's. */
    private Stream<Path> groups(String controller) {
        Path mount = root.resolve(controller);
        return lines(memberships).stream()
                .map(line -> line.split(":", 3))
                .filter(parts ->
                        parts.length == 3 && List.of(parts[1].split(",")).contains(controller))
                .map(parts -> mount.resolve(parts[2].replaceFirst("^/+", "")).normalize())
                .filter(group -> group.startsWith(mount))
                .flatMap(group -> Stream.iterate(group, g -> g != null && g.startsWith(mount), Path::getParent));
    }

    private static Long number(String text) {
        return text != null && text.matches("-?\\d{1,18}")
                ? Long.valueOf(text)
                : null; // else "max", or too much to be a limit
    }

    private static String line(Path file) {
        return lines(file).stream().findFirst().map(String::strip).orElse(null);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
