package io.github.flux4j.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where JavaCPP unpacks native libraries: the first usable of the property's folder, one in the home and one for temporary files.
 *
 * @param folder the one it takes; null if none is usable
 * @param bytes what lies there; 0 if it isn't there yet
 * @param noexec whether its file system refuses to load libraries; null if unknown
 * @param refused those that it would have preferred, but can't write to
 */
public record CacheFolder(String folder, long bytes, Boolean noexec, List<String> refused) {

    static CacheFolder read() {
        List<Path> candidates = candidates();
        Path folder =
                candidates.stream().filter(CacheFolder::isUsable).findFirst().orElse(null);
        List<String> refused = candidates.stream()
                .takeWhile(candidate -> !candidate.equals(folder))
                .map(Path::toString)
                .toList();
        return folder == null
                ? new CacheFolder(null, 0, null, refused)
                : new CacheFolder(folder.toString(), size(folder), Mounts.noexec(folder), refused);
    }

    /** In JavaCPP's order. */
    private static List<Path> candidates() {
        String asked = System.getProperty(
                "org.bytedeco.javacpp.cachedir", System.getProperty("org.bytedeco.javacpp.cacheDir"));
        return Stream.of(
                        asked,
                        System.getProperty("user.home") + "/.javacpp/cache",
                        System.getProperty("java.io.tmpdir") + "/.javacpp-" + System.getProperty("user.name")
                                + "/cache")
                .filter(Objects::nonNull)
                .map(name -> Path.of(name).toAbsolutePath().normalize())
                .toList();
    }

    /** As JavaCPP sees it; one that isn't there yet if it can be made. */
    private static boolean isUsable(Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null
                && Files.isDirectory(there)
                && Files.isReadable(there)
                && Files.isWritable(there)
                && Files.isExecutable(there);
    }

    private static long size(Path folder) {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(CacheFolder::bytes)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // another process is at work there
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
