package io.github.flux4j.cli.train;

import io.github.flux4j.cli.CsvOptions;
import io.github.flux4j.cli.InputFile;
import io.github.flux4j.cli.OutputFile;
import io.github.flux4j.internal.arrays.Nd4jStart;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Use;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From a table in a file to a model that says how good it is. */
@Command(
        name = "train",
        description = {
            "Train a model on a table and report its error.",
            "A target of text or flags is predicted as classes, any other as numbers.",
            "At most 20 different integers are classes, too, if they have two rows each or more on average.",
            "--classify and --regress decide otherwise.",
            "There is no --engine as for article: the usual networks have branches, which Deeplearning4j's MultiLayerNetwork lacks.",
            "Ctrl-C ends training early with the best model so far; --out still saves it.",
            "The exit code is 3 if training succeeded but dropped a text column that looks like numbers or dates,",
            "and 4 if --replace kept the old model."
        },
        sortOptions = false)
public final class Train implements Callable<Integer> {

    /** About ten of half a million values of JSON go with each. */
    private static final int MOST_COLUMNS = 50_000;

    /** A column was dropped that looks like numbers or dates. */
    private static final int DOUBTFUL = 3;

    @Parameters(index = "0", paramLabel = "DATA.csv", description = "The table as CSV with a header line.")
    private Path data;

    @Mixin
    private TrainOptions options;

    @Mixin
    private CsvOptions reading;

    @Option(names = "--json", description = "Print the figures as one JSON object and nothing else.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        options.check();
        if (options.out != null) {
            OutputFile.MODEL.require(options.out, "--out");
        }
        if (options.replace != null) {
            OutputFile.MODEL.require(InputFile.require(options.replace), "--replace");
        }
        ReportFile report = options.report == null ? null : new ReportFile(options.report);
        Table table = table();
        requireRoomInFile(table);
        Stream.of(options.group, options.time, options.weights)
                .filter(Objects::nonNull)
                .forEach(table::column);
        Task task = Task.of(table, options);
        TrainOutcome.estimator(task, options); // refuses what can't be before anything is printed
        Nd4jStart.require(); // says what is missing, which a class that fails to load doesn't
        if (!json) {
            out().println(table.summary(List.of(options.target), List.of(options.keep), options.group));
            out().println(task);
            out().flush();
        }
        StopSignal stop = new StopSignal();
        try (stop) {
            return train(table, task, report, stop);
        }
    }

    /** All is written when it returns: after a signal, the process ends then. */
    private int train(Table table, Task task, ReportFile report, StopSignal stop) throws IOException {
        try {
            Replacement replacement = options.replace == null ? null : Replacement.of(table, task, options);
            TrainOutcome training = training(replacement == null ? table : replacement.learnt(), task);
            Thread.interrupted(); // what was learnt until then is saved all the same
            if (options.out != null && training.fitted() != null) {
                training.fitted().save(options.out);
            }
            if (report != null) {
                report.write(training, command());
            }
            String name = String.valueOf(data.getFileName());
            out().println(json ? new TrainJson(name, table, task, options).text(training) : text(training));
            out().flush();
            boolean isKept = replacement != null
                    && training.fitted() != null
                    && !replacement.judged(training.fitted(), json ? err() : out());
            return isKept ? Replacement.KEPT : code(table, training.fitted());
        } catch (IOException | RuntimeException e) {
            if (!stop.came() && !(e instanceof CancellationException)) {
                throw e;
            }
            err().println(spec.qualifiedName() + ": " + e.getMessage());
            err().flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** The result is there, but whoever runs it unattended should look at it. */
    private int code(Table table, Fitted fitted) {
        List<String> doubtful = table.warnings().keySet().stream()
                .filter(name ->
                        !name.equals(options.target) && !List.of(options.keep).contains(name))
                .filter(name -> Use.of(table.column(name)).isLeftOut())
                .filter(name -> fitted == null
                        || fitted.report().data().columns().get(name).startsWith("dropped"))
                .sorted()
                .toList();
        if (doubtful.isEmpty()) {
            return CommandLine.ExitCode.OK;
        }
        doubtful.forEach(name -> err().println(spec.qualifiedName() + ": "
                + table.warnings().get(name)
                + ". The model ignores it, so the exit code is " + DOUBTFUL
                + "; --drop or --keep confirms your choice"));
        err().flush();
        return DOUBTFUL;
    }

    private TrainOutcome training(Table table, Task task) throws IOException {
        ProgressLine.Place place = ProgressLine.Place.of(options.quiet, json, System.getenv());
        try (ProgressLine line = new ProgressLine(err(), place, System::nanoTime)) {
            return TrainOutcome.of(table, task, options, line);
        }
    }

    /** Before there has been any training. */
    private void requireRoomInFile(Table table) {
        if (options.out != null && table.columns().size() > MOST_COLUMNS) {
            throw new IllegalArgumentException("a model file holds at most " + MOST_COLUMNS
                    + " columns, but the table has " + table.columns().size()
                    + "; drop some with --drop, or omit --out to see the error alone");
        }
    }

    private Table table() throws IOException {
        if (!Files.isReadable(data) || Files.isDirectory(data)) {
            throw new IllegalArgumentException("expected the path of a file with a table, but got " + data
                    + (Files.isDirectory(data) ? ", which is a folder" : ", which can't be read")
                    + "; the current folder is " + Path.of("").toAbsolutePath());
        }
        try {
            Path model = options.resume;
            return model == null
                    ? reading.csv().text(options.text).drop(options.drop).read(data)
                    : ModelTable.read(Replacement.model(model, "--resume", options), data, reading);
        } catch (Csv.AmbiguousFormatException e) {
            throw new IllegalArgumentException(
                    e.question() + "; choose one:\n" + command(e, 0) + "\n" + command(e, 1), e);
        }
    }

    /** The same command with the first or the second format that each of these columns may have. */
    private String command(Csv.AmbiguousFormatException e, int choice) {
        return "  " + command()
                + e.choices().entrySet().stream()
                        .map(column -> " --format "
                                + quoted(column.getKey() + "="
                                        + column.getValue().get(choice)))
                        .collect(Collectors.joining());
    }

    private String text(TrainOutcome training) {
        StringBuilder text = new StringBuilder();
        if (training.tuned() != null) {
            text.append(training.tuned()).append('\n');
        }
        if (training.evaluation() != null) {
            text.append(training.evaluation()).append('\n');
        }
        if (training.fitted() != null) {
            text.append(training.fitted().report()).append('\n');
        }
        return text.append(options.out == null || training.fitted() == null ? "" : "model: " + options.out + "\n")
                .append(options.report == null ? "" : "report: " + options.report)
                .toString()
                .stripTrailing();
    }

    /** That repeats it. */
    private String command() {
        return "scripts/flux4j "
                + spec.commandLine().getParseResult().originalArgs().stream()
                        .map(Train::quoted)
                        .collect(Collectors.joining(" "));
    }

    /** As a shell takes it. */
    private static String quoted(String argument) {
        return argument.matches("[\\w./:=,+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
