package io.github.flux4j.cli;

import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.internal.files.AtomicFile;
import io.github.flux4j.serve.Served;
import io.github.flux4j.serve.TablePredictions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Predictions for the rows of a table, as it streams by, without ND4J. */
@Command(
        name = "predict",
        description = {
            "Predict each row of a table with a saved model.",
            "Columns are matched by name, in any order; others are ignored. Prints CSV: the prediction, or the class and the probability of each class.",
            "Counts missing values, unknown texts and numbers outside the training range, and reports them on standard error at the end. A row with such a number has no bounds, because its error is unknown."
        },
        sortOptions = false)
final class Predict implements Callable<Integer> {

    @Mixin
    private ModelAndTable input;

    @ArgGroup
    private Asked asked = new Asked();

    /** One of them, or none. */
    private static final class Asked {

        @Option(
                names = "--interval",
                paramLabel = "LEVEL",
                converter = PlainNumber.class,
                description =
                        "Also print low and high, an interval that contains the true value with this probability, such as 0.9.")
        private Double interval;

        @Option(
                names = "--at-least",
                paramLabel = "LEVEL",
                converter = PlainNumber.class,
                description = "Also print low, which the true value reaches or exceeds with this probability.")
        private Double atLeast;

        @Option(
                names = "--at-most",
                paramLabel = "LEVEL",
                converter = PlainNumber.class,
                description = "Also print high, which the true value does not exceed with this probability.")
        private Double atMost;

        private Bounds bounds() {
            return atLeast != null ? Bounds.AT_LEAST : atMost != null ? Bounds.AT_MOST : Bounds.BOTH;
        }

        private Double level() {
            return atLeast != null ? atLeast : atMost != null ? atMost : interval;
        }

        private String option() {
            return atLeast != null ? "--at-least" : atMost != null ? "--at-most" : "--interval";
        }
    }

    @Option(
            names = "--with",
            paramLabel = "COLUMN",
            description = "Print this column of the table before the prediction, such as an id; repeatable.")
    private List<String> with = List.of();

    @Option(
            names = "--flags",
            description =
                    "End each line with the row's flags: columns that are missing, unknown or outside the training range.")
    private boolean flags;

    @Option(names = "--json", description = "Print a line of JSON for each row.")
    private boolean json;

    @Option(names = "--out", paramLabel = "OUT", description = "Write to this file, completely or not at all.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Served model = input.model();
        TablePredictions predictions = predictions(model);
        if (out == null) {
            PrintWriter printed = spec.commandLine().getOut();
            predict(predictions, printed::write);
            printed.flush();
        } else {
            requireOther(input.file());
            requireOther(input.tablePath());
            replaceFile(predictions);
        }
        if (!predictions.flags().isEmpty()) {
            boolean lacksBounds = asked.level() != null
                    && !model.predictor().hasBoundsBeyond()
                    && predictions.flags().of(Flag.OUTSIDE) > 0;
            spec.commandLine()
                    .getErr()
                    .println(spec.qualifiedName() + ": flagged: " + predictions.flags()
                            + (lacksBounds ? ". Rows with a number outside have no bounds" : ""));
            spec.commandLine().getErr().flush();
        }
        return ExitCode.OK;
    }

    private TablePredictions predictions(Served model) {
        try {
            return new TablePredictions(model, asked.bounds(), asked.level(), json, flags, with);
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(e.getMessage() + "; omit " + asked.option(), e);
        }
    }

    private void predict(TablePredictions predictions, TablePredictions.Sink sink) throws IOException {
        try (InputStream stream = input.openTable()) {
            predictions.run(input.csv(), stream, input.tableName(), sink);
        }
    }

    private void requireOther(Path other) throws IOException {
        if (other != null && Files.exists(out) && Files.isSameFile(out, other)) {
            throw new IllegalArgumentException(out + " is an input; name another file for --out");
        }
    }

    /** What goes wrong with the table has its own words, and none of saving. */
    private void replaceFile(TablePredictions predictions) throws IOException {
        try {
            AtomicFile.write(out, stream -> {
                Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
                try {
                    predict(predictions, text -> written(writer, text));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (Unwritten e) {
                    throw e.cause;
                }
                writer.flush();
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void written(Writer writer, String text) {
        try {
            writer.write(text);
        } catch (IOException e) {
            throw new Unwritten(e);
        }
    }

    /** On its way through those who read. */
    private static final class Unwritten extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final IOException cause;

        Unwritten(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
