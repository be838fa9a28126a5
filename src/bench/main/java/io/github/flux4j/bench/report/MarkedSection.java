package io.github.flux4j.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a file between two marks, {@code <!-- name -->} and {@code <!-- /name -->}. */
public final class MarkedSection {

    private MarkedSection() {}

    /**
     * Replaces what stands between the marks.
     *
     * @throws IllegalStateException if the file lacks them
     */
    public static void replace(Path file, String name, String section) throws IOException {
        String opening = "<!-- " + name + " -->";
        String closing = "<!-- /" + name + " -->";
        String text = Files.readString(file);
        int start = text.indexOf(opening);
        int end = text.indexOf(closing);
        if (start < 0 || end < start) {
            throw new IllegalStateException(
                    file + " needs the lines " + opening + " and " + closing + ", between which the " + name + " goes");
        }
        Files.writeString(file, text.substring(0, start + opening.length()) + "\n" + section + text.substring(end));
    }
}
