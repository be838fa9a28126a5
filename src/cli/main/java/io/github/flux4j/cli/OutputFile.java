package io.github.flux4j.cli;

import io.github.flux4j.internal.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file is that a command writes: it replaces one of its kind, or an empty one, and nothing else. */
public enum OutputFile {
    /** A safetensors file, in which the length of its JSON comes first. */
    MODEL("a model", 8, "{"),
    PAGE("a page", 0, "<!DOCTYPE html>"),
    /** Protobuf, whose first field is the version. */
    ONNX("an ONNX model", 0, "\b"),
    DL4J("a zip archive", 0, "PK");

    private final String words;
    private final int at;
    private final String mark;

    OutputFile(String words, int at, String mark) {
        this.words = words;
        this.at = at;
        this.mark = mark;
    }

    /**
     * Throws unless it may be written, as far as one can tell before.
     *
     * @param option which names it
     * @throws IllegalArgumentException if something else is there, or it can't be written
     */
    public void require(Path file, String option) {
        try {
            AtomicFile.requireWritable(file);
            if (Files.exists(file) && !isOneOrEmpty(file)) {
                throw new IllegalArgumentException(file + " exists and isn't " + words
                        + ", so it was not replaced. Name another file for " + option + ", or remove this one first");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private boolean isOneOrEmpty(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(at + mark.length()), StandardCharsets.ISO_8859_1);
            return start.isEmpty() || start.length() > at && start.substring(at).equalsIgnoreCase(mark);
        }
    }
}
