package io.github.flux4j.cli.train;

import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.learn.Classifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is predicted, of what, and how it is judged. */
final class TrainOptions {

    private static final int MOST_MINUTES = 100_000;
    private static final double SECONDS = 60;
    private static final double MILLIS = 1e3;

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
            names = "--keep",
            paramLabel = "COLUMN",
            split = ",",
            description = "Columns of text to be learnt from though they have very many different values.")
    String[] keep = {};

    @Option(
            names = "--no-derive",
            description = "Make no season and weekday of dates, and no most frequent texts of those with too many.")
    boolean noDerive;

    @Option(
            names = "--keep-rows",
            description =
                    "Have the report show the values of the rows that it explains, and the model's file keep rows that others are compared with.")
    boolean keepRows;

    @Option(
            names = "--linear",
            description =
                    "Fit a linear model in place of networks: what a report advises whose first line says that a straight line does better.")
    boolean linear;

    @Option(
            names = "--log-target",
            description =
                    "Teach the logarithm of a target that is never negative, such as a price; predictions and errors stay in its units. A report says where it would help.")
    boolean logTarget;

    @Option(
            names = "--group",
            paramLabel = "COLUMN",
            description =
                    "Hold rows with the same value out together, such as those of a customer; nothing is learnt from the column.")
    String group;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "Judge by rows that are later in this column of dates or numbers than those learnt from.")
    String time;

    @Option(
            names = "--weights",
            paramLabel = "COLUMN",
            description = "A column that says how much each row counts; nothing is learnt from it.")
    String weights;

    @Option(
            names = "--class-weights",
            paramLabel = "WEIGHTS",
            split = ",",
            description =
                    "How much rows of a class count: balanced, so that all classes count the same together, or yes=5,no=1.")
    String[] classWeights = {};

    @Option(
            names = "--threshold",
            paramLabel = "RULE",
            description = {
                "From which probability on a row is of the rarer of two classes: f1, 'recall 0.9', 'costs 10 1' (a missed row, a false alarm), or a number.",
                "'f1 of yes' names the class. Held-out rows choose it, and the model keeps it."
            })
    String threshold;

    @Option(
            names = "--folds",
            paramLabel = "COUNT",
            description = "Cross-validate with so many folds; without --out nothing else is done.")
    Integer folds;

    @Option(
            names = "--tune",
            paramLabel = "VALUES",
            description = {
                "Look for the best values, such as \"eta=1e-4..1e-1 log\" or hidden=16,64,256, by folds (default: 5). May be given"
                        + " several times.",
                "Names: eta, decay, hidden, dropout, batchSize, epochs, patience, networks, cosines, sigma, lambda, alpha,"
                        + " labelSmoothing."
            })
    List<String> tune = List.of();

    @Option(
            names = "--trials",
            paramLabel = "COUNT",
            description = "Combinations that are tried at most (default: 30).")
    Integer trials;

    @Option(
            names = "--tune-file",
            paramLabel = "FILE",
            description = "Where what was tried is kept, so that the same command goes on if it was interrupted.")
    Path tuneFile;

    @Option(names = "--epochs", paramLabel = "COUNT", description = "Passes over the data at most (default: 400).")
    Integer epochs;

    @Option(
            names = "--minutes",
            paramLabel = "NUMBER",
            description = "Time for training, such as 5 or 0.5; it ends with the best so far.")
    Double minutes;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    boolean quiet;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the model goes, such as model.flux4j.")
    Path out;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Go on from this model with other rows; settings and preparation stay those of the file.")
    Path resume;

    @Option(
            names = "--replace",
            paramLabel = "FILE",
            description = {
                "Hold out a fifth of the rows, and replace this model only if the new one is better for these by its 95 %% interval.",
                "Else the file stays as it is, and the exit code is 4."
            })
    Path replace;

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
        if (replace != null && (out != null || folds != null)) {
            throw new IllegalArgumentException("--replace writes to its own file, and judges by rows of its own; leave "
                    + (out != null ? "--out" : "--folds") + " out");
        }
        if (resume != null
                && (!tune.isEmpty()
                        || linear
                        || logTarget
                        || classWeights.length > 0
                        || Stream.of(folds, epochs, minutes, group, time, weights, threshold)
                                .anyMatch(Objects::nonNull))) {
            throw new IllegalArgumentException(
                    "--resume has the settings of its file; leave --tune, --folds, --linear,"
                            + " --log-target, --epochs, --minutes, --group, --time, --weights, --class-weights and --threshold out");
        }
        if (folds != null && folds < 2) {
            throw new IllegalArgumentException("--folds must be 2 or more, but was " + folds);
        }
        if (epochs != null && epochs < 1) {
            throw new IllegalArgumentException("--epochs must be 1 or more, but was " + epochs);
        }
        if (minutes != null && (folds != null || !tune.isEmpty())) {
            throw new IllegalArgumentException("--minutes is for one training, but "
                    + (folds == null ? "--tune" : "--folds") + " makes many; leave one of them out");
        }
        if (minutes != null && !(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new IllegalArgumentException(
                    "--minutes must be above 0 and at most " + MOST_MINUTES + ", but was " + minutes);
        }
        if (trials != null && trials < 1) {
            throw new IllegalArgumentException("--trials must be 1 or more, but was " + trials);
        }
        if (tune.isEmpty() && (trials != null || tuneFile != null)) {
            throw new IllegalArgumentException((trials != null ? "--trials" : "--tune-file")
                    + " needs something to be tuned; add --tune \"eta=1e-4..1e-1 log\"");
        }
        for (String needed :
                Stream.of(group, time, weights).filter(Objects::nonNull).toList()) {
            requireKept(needed);
        }
        if (Arrays.asList(drop).contains(target)) {
            throw new IllegalArgumentException(
                    "--drop names the target, which is what is to be predicted; drop other columns");
        }
    }

    /** Null without a limit. */
    Duration timeLimit() {
        return minutes == null ? null : Duration.ofMillis(Math.max(1, Math.round(minutes * SECONDS * MILLIS)));
    }

    /** The classifier with these settings. */
    Classifier of(Classifier usual) {
        Classifier chosen = usual.threshold(threshold);
        if (classWeights.length == 0 || Arrays.equals(classWeights, new String[] {"balanced"})) {
            return classWeights.length == 0 ? chosen : chosen.balanced();
        }
        Map<String, Double> weights = new HashMap<>();
        for (String one : classWeights) {
            int at = one.lastIndexOf('=');
            double weight = at < 1 ? Double.NaN : NumberFeature.parse(one.substring(at + 1));
            if (Double.isNaN(weight) || weights.put(one.substring(0, at), weight) != null) {
                throw new IllegalArgumentException("--class-weights must be balanced, or each class once with a number,"
                        + " as yes=5,no=1, but has '" + one + "'");
            }
        }
        return chosen.classWeights(weights);
    }

    /** Throws if something is asked for that classes alone have. */
    void requireNoClasses() {
        if (threshold != null || classWeights.length > 0) {
            throw new IllegalArgumentException((threshold != null ? "--threshold" : "--class-weights")
                    + " is of classes, but " + target + " is predicted as numbers; add --classify, or leave it out");
        }
    }

    /** Throws if something was given that is of numbers alone. */
    void requireNoNumbers() {
        if (logTarget) {
            throw new IllegalArgumentException(
                    "--log-target is of numbers, but " + target + " is predicted as classes; leave it out");
        }
    }

    private void requireKept(String needed) {
        if (needed.equals(target) || Arrays.asList(drop).contains(needed)) {
            throw new IllegalArgumentException(
                    (needed.equals(group) ? "--group" : needed.equals(time) ? "--time" : "--weights")
                            + " names a column that is " + (needed.equals(target) ? "the target" : "dropped, too")
                            + "; name another one" + (needed.equals(target) ? "" : ", or leave it out of --drop"));
        }
    }
}
