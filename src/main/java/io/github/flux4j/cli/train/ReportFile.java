package io.github.flux4j.cli.train;

import io.github.flux4j.files.AtomicFile;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the page goes; only another page is replaced. */
final class ReportFile {

    private static final String START = "<!DOCTYPE html>";

    private final Path file;

    /**
     * That may be written, as far as one can tell before.
     *
     * @throws IllegalArgumentException if something else is there
     * @throws IOException if it can't be written
     */
    ReportFile(Path file) throws IOException {
        this.file = file;
        if (Files.isRegularFile(file) && !isPageOrEmpty()) {
            throw new IllegalArgumentException(
                    file + " isn't a page, so it stays as it is. Give --report another file, or remove this one first");
        }
        AtomicFile.requireWritable(file);
    }

    private boolean isPageOrEmpty() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(START.length()), StandardCharsets.UTF_8);
            return start.isEmpty() || start.equalsIgnoreCase(START);
        }
    }

    /** Of the model, or of its folds or trials if there is no model. */
    void write(Training training, String command) throws IOException {
        Page page = training.fitted() != null ? ofModel(training) : ofFolds(training);
        page.with("The command that repeats it", List.of(Part.code(command))).writeTo(file);
    }

    private static Page ofModel(Training training) {
        Page page = training.fitted().report().page();
        if (training.tuned() != null) {
            page = page.with("Tuning", training.tuned().parts());
        }
        return training.evaluation() == null
                ? page
                : page.with("Cross-validated", training.evaluation().parts());
    }

    private static Page ofFolds(Training training) {
        return training.evaluation() == null
                ? training.tuned().page()
                : training.evaluation().page();
    }
}
