package io.github.flux4j.cli.train;

import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.learn.Classifier;
import io.github.flux4j.learn.Estimator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is predicted, of what, and how it is judged. */
final class TrainOptions {

    private static final int MOST_MINUTES = 100_000;
    private static final double SECONDS = 60;
    private static final double MILLIS = 1e3;

    /** Settings with several names, which {@code --set} separates by commas. */
    private static final Set<String> LISTS = Set.of("keep", "drop", "classWeights");

    private static final Set<String> OF_CLASSES = Set.of("classWeights", "balanced", "threshold", "labelSmoothing");

    @Option(names = "--target", paramLabel = "COLUMN", required = true, description = "The column to predict.")
    String target;

    @ArgGroup
    Kind kind = new Kind();

    /** One of them, or neither. */
    static final class Kind {

        @Option(names = "--classify", description = "Predict classes, whatever the target looks like.")
        boolean classify;

        @Option(names = "--regress", description = "Predict numbers, even if the target looks like classes.")
        boolean regress;
    }

    @Option(
            names = "--drop",
            paramLabel = "COLUMN",
            split = ",",
            description = "Columns to ignore, separated by commas.")
    String[] drop = {};

    @Option(
            names = "--keep",
            paramLabel = "COLUMN",
            split = ",",
            description = "Text columns to use despite their many different values, separated by commas.")
    String[] keep = {};

    @Option(
            names = "--text",
            paramLabel = "COLUMN",
            description =
                    "Read this column as text, whatever it contains, such as numbers that name branches; repeatable.")
    String[] text = {};

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = {
                "Change a setting of the estimator, such as hidden=128,64, dropout=0.1 or networks=3; repeatable.",
                "Names: those of --tune, and the words for estimators in src/site/markdown/estimators.md."
            })
    String[] set = {};

    @Option(
            names = "--no-derive",
            description =
                    "Don't derive season and weekday from dates, or the most frequent levels of texts with too many.")
    boolean noDerive;

    @Option(
            names = "--keep-rows",
            description = "Allow the report and the model file to contain single rows of the table.")
    boolean keepRows;

    @Option(
            names = "--linear",
            description =
                    "Fit one linear model in closed form in place of networks, and print its equation, as a report advises where a straight line does better.")
    boolean linear;

    @Option(
            names = "--beyond",
            paramLabel = "WHERE",
            description =
                    "What to predict beyond the ranges of training: line goes on along the line of a model that has one, range stays within the range of the target. Default: outer rows of training decide.")
    String beyond;

    @Option(
            names = "--log-target",
            description =
                    "Train on the logarithm of a target that is never negative, such as a price; predictions and errors keep its units. The report says where this would help.")
    boolean logTarget;

    @Option(
            names = "--group",
            paramLabel = "COLUMN",
            description =
                    "Hold out rows with the same value together, such as all rows of a customer; the model ignores the column.")
    String group;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description =
                    "Judge the model on rows that are later in this column of dates or numbers than its training rows.")
    String time;

    @Option(
            names = "--weights",
            paramLabel = "COLUMN",
            description = "A column with the weight of each row; it is not a feature.")
    String weights;

    @Option(
            names = "--class-weights",
            paramLabel = "WEIGHTS",
            split = ",",
            description =
                    "Weights of the classes' rows: balanced gives all classes the same total; or name them, such as yes=5,no=1.")
    String[] classWeights = {};

    @Option(
            names = "--threshold",
            paramLabel = "RULE",
            description = {
                "The probability at which a row counts as the rarer of two classes: f1, 'recall 0.9', 'costs 10 1' (a missed row, a false alarm), or a number.",
                "'f1 of yes' names the class. Held-out rows choose the threshold, and the model keeps it."
            })
    String threshold;

    @Option(
            names = "--folds",
            paramLabel = "COUNT",
            description = "Cross-validate with this many folds; without --out, do nothing else.")
    Integer folds;

    @Option(
            names = "--tune",
            paramLabel = "VALUES",
            description = {
                "Search for the best values, such as \"eta=1e-4..1e-1 log\" or hidden=16,64,256, on folds (default: 5). Repeatable.",
                "Names: eta, decay, hidden, dropout, batchSize, epochs, patience, networks, cosines, sigma, lambda, alpha,"
                        + " labelSmoothing."
            })
    List<String> tune = List.of();

    @Option(names = "--trials", paramLabel = "COUNT", description = "The most combinations to try (default: 30).")
    Integer trials;

    @Option(
            names = "--tune-file",
            paramLabel = "FILE",
            description = "Save all trials to this file; after an interruption, the same command continues from it.")
    Path tuneFile;

    @Option(names = "--epochs", paramLabel = "COUNT", description = "The most passes over the data (default: 400).")
    Integer epochs;

    @Option(
            names = "--minutes",
            paramLabel = "NUMBER",
            description = "Time limit for training, such as 5 or 0.5; training ends with the best model so far.")
    Double minutes;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    boolean quiet;

    @Option(names = "--out", paramLabel = "FILE", description = "Save the model to this file, such as model.flux4j.")
    Path out;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Train this model further on other rows; settings and preparation come from its file.")
    Path resume;

    @Option(
            names = "--replace",
            paramLabel = "FILE",
            description = {
                "Hold out a fifth of the rows, and replace this model only if the new one is better on them by its 95 %% interval.",
                "Otherwise the file is kept, and the exit code is 4."
            })
    Path replace;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write an HTML report on the model to this file, such as report.html.")
    Path report;

    /**
     * Looks for mistakes that need no table to be seen.
     *
     * @throws IllegalArgumentException if there is one
     */
    void check() {
        if (replace != null && (out != null || folds != null)) {
            throw new IllegalArgumentException("--replace names the output file and holds out its own rows; omit "
                    + (out != null ? "--out" : "--folds"));
        }
        if (resume != null
                && (!tune.isEmpty()
                        || linear
                        || logTarget
                        || classWeights.length > 0
                        || text.length > 0
                        || set.length > 0
                        || Stream.of(folds, epochs, minutes, group, time, weights, threshold, beyond)
                                .anyMatch(Objects::nonNull))) {
            throw new IllegalArgumentException(
                    "--resume takes its settings from the file; omit --text, --set, --tune, --folds, --linear, --beyond, --log-target, --epochs, --minutes, --group, --time, --weights, --class-weights and --threshold");
        }
        if (beyond != null && !List.of("line", "range").contains(beyond)) {
            throw new IllegalArgumentException("--beyond must be line or range, but was " + beyond);
        }
        if (folds != null && folds < 2) {
            throw new IllegalArgumentException("--folds must be 2 or more, but was " + folds);
        }
        if (epochs != null && epochs < 1) {
            throw new IllegalArgumentException("--epochs must be 1 or more, but was " + epochs);
        }
        if (minutes != null && (folds != null || !tune.isEmpty())) {
            throw new IllegalArgumentException("--minutes is for one training, but "
                    + (folds == null ? "--tune" : "--folds") + " makes many; omit one of them");
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
                    + " needs something to tune; add --tune \"eta=1e-4..1e-1 log\"");
        }
        for (String needed :
                Stream.of(group, time, weights).filter(Objects::nonNull).toList()) {
            requireKept(needed);
        }
        if (Arrays.asList(drop).contains(target)) {
            throw new IllegalArgumentException("--drop names the target; name other columns");
        }
    }

    /**
     * An estimator with what {@code --set} says.
     *
     * @throws IllegalArgumentException if there is no such setting, or it refuses the value
     */
    Estimator<?, ?> changed(Estimator<?, ?> usual) {
        Estimator<?, ?> changed = usual;
        for (String one : set) {
            int at = one.indexOf('=');
            if (at < 1) {
                throw new IllegalArgumentException(
                        "--set must be a name and a value, such as dropout=0.1, but was '" + one + "'");
            }
            String name = one.substring(0, at).strip();
            String value = one.substring(at + 1).strip();
            boolean areClasses = changed instanceof Classifier;
            if (OF_CLASSES.contains(name) && !areClasses || name.equals("logTarget") && areClasses) {
                throw new IllegalArgumentException("--set " + name + " is for " + (areClasses ? "numbers" : "classes")
                        + ", which " + target + " isn't predicted as; omit it");
            }
            changed = changed.with(name, LISTS.contains(name) ? value.replace(',', '\t') : value);
        }
        return changed;
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
                    + " is for classes, but " + target + " is predicted as numbers; add --classify, or omit it");
        }
    }

    /** Throws if something was given that is of numbers alone. */
    void requireNoNumbers() {
        if (logTarget || beyond != null) {
            throw new IllegalArgumentException((logTarget ? "--log-target" : "--beyond") + " is for numbers, but "
                    + target + " is predicted as classes; omit it");
        }
    }

    private void requireKept(String needed) {
        if (needed.equals(target) || Arrays.asList(drop).contains(needed)) {
            throw new IllegalArgumentException(
                    (needed.equals(group) ? "--group" : needed.equals(time) ? "--time" : "--weights")
                            + " names a column that is " + (needed.equals(target) ? "the target" : "dropped, too")
                            + "; name another one" + (needed.equals(target) ? "" : ", or remove it from --drop"));
        }
    }
}
