package io.github.flux4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command reads. Static methods, for any thread. */
public final class InputFile {

    private InputFile() {}

    /**
     * The same path.
     *
     * @throws IllegalArgumentException if there is no file that can be read
     */
    public static Path require(Path file) {
        if (Files.isDirectory(file)) {
            throw refused(file, "is a folder; name the file in it");
        }
        if (!Files.exists(file)) {
            throw refused(file, "is not there; check the path");
        }
        if (!Files.isReadable(file)) {
            throw refused(file, "can't be read; change its permissions");
        }
        return file;
    }

    private static IllegalArgumentException refused(Path file, String why) {
        return new IllegalArgumentException("expected the path of a file, but " + file + " " + why);
    }
}
