package io.github.flux4j.internal.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Temporary files of killed writers: nobody holds their lock. */
final class Leftovers {

    /** A living writer's file is unlocked for a moment before it is locked, and for another before it is moved. */
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private Leftovers() {}

    /** Removes those of a folder, and ignores those that it can't remove, since the caller's task is saving. */
    static void remove(Path folder) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, TemporaryFile.PREFIX + "*" + TemporaryFile.SUFFIX)) {
            for (Path file : files) {
                if (!TemporaryFile.isOpenHere(file) && isOld(file)) {
                    removeUnlocked(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            return; // a folder that may be written but not listed, or a file that another process has just removed
        }
    }

    private static boolean isOld(Path file) throws IOException {
        return Files.getLastModifiedTime(file)
                .toInstant()
                .isBefore(Instant.now().minus(MOMENT));
    }

    private static void removeUnlocked(Path file) throws IOException {
        try (FileOutputStream stream = new FileOutputStream(file.toFile(), true)) { // without true it would be emptied
            if (TemporaryFile.isFree(stream)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
