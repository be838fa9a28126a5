package io.github.flux4j.backend;

import io.github.flux4j.internal.arrays.NativeCache;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where JavaCPP unpacks native libraries: the first usable of the property's folder, one in the home and one for temporary files.
 *
 * @param folder the one it takes; null if none is usable
 * @param bytes what lies there; 0 if it isn't there yet
 * @param free bytes that may be added to it
 * @param noexec whether its file system refuses to load libraries; null if unknown
 * @param refused those that it would have preferred, but can't write to
 */
public record CacheFolder(String folder, long bytes, long free, Boolean noexec, List<String> refused) {

    /** Linux's list of mounted file systems. */
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    static CacheFolder read() {
        File folder = NativeCache.folder().orElse(null);
        List<String> refused = NativeCache.candidates().stream()
                .takeWhile(candidate -> !candidate.equals(folder))
                .map(File::toString)
                .toList();
        return folder == null
                ? new CacheFolder(null, 0, 0, null, refused)
                : new CacheFolder(
                        folder.toString(),
                        size(folder.toPath()),
                        NativeCache.free(folder),
                        noexec(folder.toPath()),
                        refused);
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

    /** Whether the folder lies on a file system that refuses to run what it holds; null if unknown. */
    private static Boolean noexec(Path folder) {
        try {
            return Files.isReadable(MOUNTS) ? noexec(folder, Files.readAllLines(MOUNTS)) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** By lines of device, folder, type and options; of several on the same folder the last counts. */
    static Boolean noexec(Path folder, List<String> mounts) {
        return mounts.stream()
                .map(line -> line.split(" "))
                .filter(mount -> mount.length > 3 && folder.startsWith(path(mount)))
                .reduce((a, b) -> path(b).getNameCount() >= path(a).getNameCount() ? b : a)
                .map(mount -> Arrays.asList(mount[3].split(",")).contains("noexec"))
                .orElse(null);
    }

    /** A blank is written as an octal number. */
    private static Path path(String[] mount) {
        return Path.of(mount[1].replace("\\040", " "));
    }
}
