package io.github.flux4j.cli.train;

import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is predicted, of what, and how it is judged. */
final class TrainOptions {

    @Option(names = "--target", paramLabel = "COLUMN", required = true, description = "The column to predict.")
    String target;

    @ArgGroup
    Kind kind = new Kind();

    /** One of them, or neither. */
    static final class Kind {

        @Option(names = "--classify", description = "Predict classes, whatever the target looks like.")
        boolean classify;

        @Option(names = "--regress", description = "Predict numbers, though the target has few.")
        boolean regress;
    }

    @Option(
            names = "--drop",
            paramLabel = "COLUMN",
            split = ",",
            description = "Columns that nothing is to be learnt from, with commas between them.")
    String[] drop = {};

    @Option(
            names = "--folds",
            paramLabel = "COUNT",
            description = "Cross-validate with so many folds; without --out nothing else is done.")
    Integer folds;

    @Option(names = "--epochs", paramLabel = "COUNT", description = "Passes over the data at most (default: 400).")
    Integer epochs;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--decimal-comma", description = "Numbers have a comma where others have a point.")
    boolean decimalComma;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the model goes, such as model.flux4j.")
    Path out;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where a page for the browser goes that shows how good the model is, such as report.html.")
    Path report;

    /**
     * Looks for mistakes that need no table to be seen.
     *
     * @throws IllegalArgumentException if there is one
     */
    void check() {
        if (folds != null && folds < 2) {
            throw new IllegalArgumentException("--folds must be 2 or more, but was " + folds);
        }
        if (epochs != null && epochs < 1) {
            throw new IllegalArgumentException("--epochs must be 1 or more, but was " + epochs);
        }
        if (Arrays.asList(drop).contains(target)) {
            throw new IllegalArgumentException(
                    "--drop names the target, which is what is to be predicted; drop other columns");
        }
    }
}
