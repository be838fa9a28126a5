package io.github.flux4j.cli.train;

import io.github.flux4j.learn.Fitted;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a model goes to: only in place of another model. */
final class ModelFile {

    /** A safetensors file has the length of its JSON first, in as many bytes. */
    private static final int LENGTH = 8;

    private final Path file;

    /**
     * That may be written, as far as one can tell before.
     *
     * @throws IllegalArgumentException if something else is there, or there is no such folder
     */
    ModelFile(Path file, Path data) throws IOException {
        this.file = file;
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "expected a file for the model, but " + file + " is a folder; name one in it");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "can't write the model to " + file + ": there is no folder " + folder + "; make it first");
        }
        if (!Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    "can't write the model to " + file + ": its folder may not be written to; name another --out");
        }
        if (Files.isRegularFile(file) && !isModelOrEmpty()) {
            throw new IllegalArgumentException(file
                    + (Files.exists(data) && Files.isSameFile(file, data) ? " is the table" : " isn't a model")
                    + ", so it stays as it is. Give --out another file, or remove this one first");
        }
    }

    private boolean isModelOrEmpty() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(LENGTH + 1);
            return start.length == 0 || start.length > LENGTH && start[LENGTH] == '{';
        }
    }

    void write(Fitted fitted) throws IOException {
        if (fitted instanceof FittedRegressor regressor) {
            regressor.save(file);
        } else {
            ((FittedClassifier) fitted).save(file);
        }
    }
}
