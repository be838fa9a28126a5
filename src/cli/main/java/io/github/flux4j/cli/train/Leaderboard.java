package io.github.flux4j.cli.train;

import io.github.flux4j.cli.CsvOptions;
import io.github.flux4j.cli.InputFile;
import io.github.flux4j.cli.OutputFile;
import io.github.flux4j.internal.arrays.Nd4jStart;
import io.github.flux4j.learn.Evaluation;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Several kinds of models of a table, judged by the same folds. */
@Command(
        name = "leaderboard",
        description = {
            "Compare a linear model, networks of several sizes, tuned ones and an average on the same folds.",
            "The first line names the one with the lowest error; --out saves the best of flux4j's own."
        },
        sortOptions = false)
public final class Leaderboard implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Parameters(index = "0", paramLabel = "DATA.csv", description = "The table as CSV with a header line.")
    private Path data;

    @Mixin
    private TrainOptions options;

    @Mixin
    private CsvOptions reading;

    @Option(
            names = "--with",
            paramLabel = "xgboost",
            description = "Also compare boosted trees; Maven fetches XGBoost (Apache-2.0) for this run.")
    private String with;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        options.check();
        if (!options.tune.isEmpty()
                || options.linear
                || Stream.of(options.folds, options.resume, options.replace, options.report)
                        .anyMatch(Objects::nonNull)) {
            throw new IllegalArgumentException(
                    "leaderboard brings its own candidates and folds; omit --folds, --tune, --linear, --resume, --replace and --report");
        }
        if (with != null && !with.equals("xgboost")) {
            throw new IllegalArgumentException("--with must be xgboost, but was " + with);
        }
        if (options.out != null) {
            OutputFile.MODEL.require(options.out, "--out");
        }
        Table table = reading.csv().text(options.text).drop(options.drop).read(InputFile.require(data));
        Task task = Task.of(table, options);
        Nd4jStart.require();
        Map<String, Evaluation.Contender> others = with == null ? Map.of() : Map.of(with, BoostedTrees.fetched());
        Duration limit = Objects.requireNonNullElse(options.timeLimit(), LIMIT);
        options.minutes = null; // it is for all together
        Evaluation.Leaderboard found = Learn.leaderboard(
                TrainOutcome.estimator(task, options), table, options.target, limit, others, this::show);
        PrintWriter out = spec.commandLine().getOut();
        out.println(found);
        if (options.out != null) {
            found.fitted().save(options.out);
            out.println("model: " + options.out + ", " + found.winner().name());
        }
        return ExitCode.OK;
    }

    private void show(String candidate) {
        if (!options.quiet) {
            spec.commandLine().getErr().println(candidate + " ...");
            spec.commandLine().getErr().flush();
        }
    }
}
