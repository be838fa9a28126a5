package io.github.flux4j.cli.train;

import io.github.flux4j.cli.OutputFile;
import io.github.flux4j.report.Page;
import io.github.flux4j.report.Page.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the page goes; only another page is replaced. */
final class ReportFile {

    private final Path file;

    /**
     * That may be written, as far as one can tell before.
     *
     * @throws IllegalArgumentException if something else is there, or it can't be written
     */
    ReportFile(Path file) {
        this.file = file;
        OutputFile.PAGE.require(file, "--report");
    }

    /** Of the model, or of its folds or trials if there is no model. */
    void write(TrainOutcome training, String command) throws IOException {
        Page page = training.fitted() != null ? ofModel(training) : ofFolds(training);
        page.with("Command to repeat this", List.of(Part.code(command))).writeTo(file);
    }

    private static Page ofModel(TrainOutcome training) {
        Page page = training.fitted().report().page();
        if (training.tuned() != null) {
            page = page.with("Tuning", training.tuned().parts());
        }
        return training.evaluation() == null
                ? page
                : page.with("Cross-validated", training.evaluation().parts());
    }

    private static Page ofFolds(TrainOutcome training) {
        return training.evaluation() == null
                ? training.tuned().page()
                : training.evaluation().page();
    }
}
