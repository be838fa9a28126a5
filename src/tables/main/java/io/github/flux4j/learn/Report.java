package io.github.flux4j.learn;

import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.fit.Ending;
import io.github.flux4j.internal.charts.Sheet;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.records.Key;
import io.github.flux4j.internal.records.RecordJson;
import io.github.flux4j.report.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a fit reports about itself: data, training, error, environment. {@code toString} prints a few lines. Files of early versions lack some parts, which are then
 * empty or null.
 *
 * @param targets the predicted columns
 * @param data the training rows and columns
 * @param training how the networks were trained
 * @param settings of the estimator, by name
 * @param quality the error on rows that the networks did not train on
 * @param notes more that a reader should know
 * @param elapsed duration of the whole fit
 * @param unseen the held-out predictions, as the charts show them
 * @param environment when and with what the model was made: time, versions, machine
 * @param distributions of up to 1000 feature columns, and of held-out predictions by the target's name
 * @param provenance what it takes to reproduce the model
 * @param equations of a linear model, one for each target or class; empty for networks
 */
public record Report(
        List<String> targets,
        @Key(inline = true) Data data,
        @Key(inline = true) Training training,
        Map<String, String> settings,
        @Key(inline = true) Quality quality,
        List<String> notes,
        @Key("seconds") Duration elapsed,
        @Key(optional = true) Unseen unseen,
        @Key(optional = true) Map<String, String> environment,
        @Key(optional = true) Map<String, Distribution> distributions,
        @Key(optional = true) @Nullable Provenance provenance,
        @Key(optional = true) List<Equation> equations) {

    private static final int MOST_TERMS = 8;
    private static final int MOST_PRINTED = 20;

    /**
     * A linear model in the table's units: {@code of = constant + Σ estimate·column}, a text's level adding its estimate against the most frequent level.
     *
     * @param of the target; {@code ln(1 + target)} with {@code logTarget}; of two classes the log odds of the second, of more those of each but for what all share
     * @param note what biases the coefficients; empty for nothing
     */
    public record Equation(String of, Term constant, List<Term> terms, String note) {

        public Equation {
            terms = List.copyOf(terms);
        }

        private List<Term> all() {
            return Stream.concat(Stream.of(constant), terms.stream()).toList();
        }

        Sheet sheet() {
            return new Sheet(
                    toString(),
                    List.of("coefficient", "estimate", "standard error", "95 % interval"),
                    all().stream().map(Term::cells).toList(),
                    note.isEmpty() ? "" : Words.sentence(note));
        }

        /** The equation, a line for each of at most so many coefficients, and the note. */
        public List<String> lines(int most) {
            List<String> lines = new ArrayList<>(List.of(toString()));
            if (terms.size() <= most) {
                all().forEach(term -> lines.add("  " + term));
            }
            if (!note.isEmpty()) {
                lines.add(note);
            }
            return lines;
        }

        /** Such as {@code y = 1.0000 + 1.0000·x}; with more than eight terms, how many there are. */
        @Override
        public String toString() {
            if (terms.size() > MOST_TERMS) {
                return of + " = " + signed() + " + " + terms.size() + " terms";
            }
            StringBuilder text = new StringBuilder(of + " = " + signed());
            for (Term term : terms) {
                text.append(term.estimate() < 0 ? " − " : " + ")
                        .append(Figures.five(Math.abs(term.estimate())))
                        .append('·')
                        .append(term.name());
            }
            return text.toString();
        }

        private String signed() {
            return (constant.estimate() < 0 ? "−" : "") + Figures.five(Math.abs(constant.estimate()));
        }
    }

    /**
     * A coefficient.
     *
     * @param level of a text, a date's part, or {@code missing}; empty for a number itself
     * @param error its standard error; NaN if unknown, as of more than two classes
     * @param low lower end of the 95 % interval
     * @param high upper end
     */
    public record Term(String column, String level, double estimate, double error, double low, double high) {

        /** Such as {@code x}, {@code (colour is red)} or {@code (x is missing)}. */
        public String name() {
            return level.isEmpty()
                    ? Names.shown(column)
                    : "(" + Names.shown(column) + " is " + Names.shown(level) + ")";
        }

        private List<Sheet.Cell> cells() {
            boolean isKnown = !Double.isNaN(error);
            return Sheet.row(
                    label(),
                    Figures.five(estimate),
                    isKnown ? Figures.short3(error) : "",
                    isKnown ? Figures.short4(low) + " to " + Figures.short4(high) : "");
        }

        private String label() {
            return column.isEmpty() ? "constant" : name();
        }

        @Override
        public String toString() {
            String between = Double.isNaN(error)
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "  standard error %-10s 95 %% between %s and %s",
                            Figures.short3(error),
                            Figures.short4(low),
                            Figures.short4(high));
            return String.format(Locale.ROOT, "%-30s %-10s%s", label(), Figures.five(estimate), between);
        }
    }

    /**
     * How a column's values are distributed.
     *
     * @param edges of numbers: the deciles, without repeats
     * @param levels of texts: the 50 most frequent
     * @param counts of values up to the first edge, …, above the last; or of each level and of the others. The last count is of gaps
     */
    public record Distribution(List<Double> edges, List<String> levels, List<Integer> counts) {

        int rows() {
            return counts.stream().mapToInt(count -> count).sum();
        }

        /** The share of gaps. */
        public double missing() {
            return (double) counts.get(counts.size() - 1) / rows();
        }
    }

    /**
     * The training data.
     *
     * @param rows trained on
     * @param rowsLeftOut how many rows were dropped, by reason
     * @param columns each column of the table, and what became of it
     * @param rowHashes the least hashes, of 12 digits each, by which {@code evaluate} recognises training rows
     */
    public record Data(
            int rows,
            Map<String, Integer> rowsLeftOut,
            Map<String, String> columns,
            @Key(optional = true) String rowHashes) {

        public Data {
            rowHashes = rowHashes == null ? "" : rowHashes;
            rowsLeftOut = ordered(rowsLeftOut);
            columns = ordered(columns);
        }
    }

    /**
     * How the networks were trained.
     *
     * @param losses before training and after each epoch: the mean over networks of their batches' mean losses, each before its update, without a penalty
     * @param leftOutLosses before training and after each epoch: the mean loss of the held-out rows; empty if there are none
     * @param bestEpoch the epoch that the networks come from, from 1
     * @param epochs duration of each
     * @param ending why training ended
     * @param networks how many
     * @param division how rows were held out; empty if at random
     */
    public record Training(
            List<Double> losses,
            @Key("heldOutLosses") List<Double> leftOutLosses,
            int bestEpoch,
            @Key("epochSeconds") List<Duration> epochs,
            Ending ending,
            int networks,
            @Key(optional = true) String division) {

        public Training {
            losses = List.copyOf(losses);
            leftOutLosses = List.copyOf(leftOutLosses);
            epochs = List.copyOf(epochs);
            division = division == null ? "" : division;
        }
    }

    /**
     * How good the model is on rows that the networks did not train on.
     *
     * @param leftOut held-out scores by the metric's name, in units of the (first) target; empty if no row was held out. Single networks made these predictions, so
     *     the model, their average, is somewhat better
     * @param yardstick the linear model that got the same rows; empty if none
     * @param yardsticks its scores
     * @param difference the networks' {@code rms} or {@code logLoss} minus the linear model's over the held-out shares, so above 0 where the linear model is better;
     *     null if unknown
     * @param coverage of 90 % intervals on these rows; NaN for classes, or if no row was held out
     * @param width of 90 % intervals on these rows, on average; NaN likewise
     */
    public record Quality(
            @Key("heldOut") Map<String, Double> leftOut,
            String yardstick,
            Map<String, Double> yardsticks,
            @Key(optional = true) @Nullable ScoreDifference difference,
            double coverage,
            double width) {

        static final Quality UNKNOWN = new Quality(Map.of(), "", Map.of(), null, Double.NaN, Double.NaN);

        public Quality {
            leftOut = ordered(leftOut);
            yardsticks = ordered(yardsticks);
        }
    }

    /**
     * What a model was made from, so that somebody else can check and reproduce it. It contains no path and no user's name.
     *
     * @param kind {@code regressor} or {@code classifier}
     * @param table {@link io.github.flux4j.table.Table#sha256} of the given table
     * @param rows of that table
     * @param file SHA-256 of the table's file; empty if there was none, or it changed after it was read
     * @param without what is not available again, such as a validation table; empty if nothing is missing
     * @param started when training began
     * @param ended when the report was made
     */
    public record Provenance(
            String kind, String table, int rows, String file, String without, String started, String ended) {}

    /** The origin as JSON: the {@link Provenance} with targets, columns, settings, versions and seconds. Empty for files of early versions. */
    public Map<String, Object> origin() {
        Map<String, Object> origin = new LinkedHashMap<>();
        if (provenance != null) {
            origin.put("targets", targets);
            origin.putAll(RecordJson.PLAIN.of(provenance));
            origin.put("columns", data.columns());
            origin.put("rowsLeftOut", data.rowsLeftOut());
            origin.put("settings", settings);
            origin.put("versions", environment);
            origin.put("seconds", elapsed.toMillis() / 1e3);
        }
        return origin;
    }

    /** Accepts files of early versions, which lack the optional parts. */
    public Report {
        targets = List.copyOf(targets);
        settings = ordered(settings);
        notes = List.copyOf(notes);
        unseen = unseen == null ? Unseen.NONE : unseen;
        environment = environment == null ? Map.of() : ordered(environment);
        distributions = distributions == null ? Map.of() : ordered(distributions);
        equations = equations == null ? List.of() : List.copyOf(equations);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    Report noted(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new Report(
                targets,
                data,
                training,
                settings,
                quality,
                all,
                elapsed,
                unseen,
                environment,
                distributions,
                provenance,
                equations);
    }

    /** The held-out scores, {@link Quality#leftOut}. */
    public Map<String, Double> leftOut() {
        return quality.leftOut();
    }

    /** The held-out error by groups of a column, texts or quarters of numbers, with 95 % intervals, the worst first. Empty unless two groups have ten rows. */
    public List<Unseen.Group> errorsBy(String column) {
        return unseen.reasons().groups().stream()
                .filter(group -> group.column().equals(column))
                .toList();
    }

    /** Says that a linear model is better, and how to use it, if its 95 % interval against the networks shows that; else empty. It is the report's first line. */
    public String verdict() {
        ScoreDifference difference = quality.difference();
        boolean isLinear = "alone".equals(settings.get("line"));
        return difference == null || isLinear || !(difference.low() > 0)
                ? ""
                : "a straight line does better: the "
                        + (leftOut().containsKey("rms") ? "rms" : "logLoss") + " of " + quality.yardstick()
                        + " regression is lower by " + Figures.short2(difference.mean()) + " (95 % interval "
                        + Figures.short2(difference.low()) + " to " + Figures.short2(difference.high())
                        + "); fit it with linear() of the estimator, or train --linear";
    }

    /** The report as an HTML page: figures, charts of errors and training, each column's use, settings, versions. {@code page().writeTo(file)} writes it. */
    public Page page() {
        return new FitPage(this).page();
    }

    /** Such as {@code held-out rms 2.75 (ridge 3.14), mae 1.97 (ridge 2.38), r2 0.88 (ridge 0.84); 398 rows, 10 networks, 48 epochs, 1.1 s}. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        if (!verdict().isEmpty()) {
            lines.add(verdict());
        }
        lines.add(goodness() + "; " + effort());
        if (!training.division().isEmpty()) {
            lines.add(training.division());
        }
        if (!intervals().isEmpty()) {
            lines.add(intervals());
        }
        equations.forEach(equation -> lines.addAll(equation.lines(MOST_PRINTED)));
        lines.addAll(omissions());
        lines.addAll(notes);
        return String.join("\n", lines);
    }

    /** Empty for classes, or if no row was held out. */
    String intervals() {
        if (Double.isNaN(quality.coverage())) {
            return "";
        }
        return Double.isInfinite(quality.width())
                ? "too few rows were held out for 90 % intervals"
                : "90 % intervals are " + Figures.short3(quality.width()) + " wide on average and cover "
                        + Figures.short3(quality.coverage()) + " of the held-out rows" + thirds();
    }

    private String thirds() {
        List<Double> thirds =
                unseen.numbers().isEmpty() ? List.of() : unseen.numbers().get(0).coverageByThirds();
        return thirds.isEmpty()
                ? ""
                : thirds.stream()
                        .map(Figures::short3)
                        .collect(Collectors.joining(", ", ", by thirds of the prediction ", ""));
    }

    private String goodness() {
        if (leftOut().isEmpty()) {
            return "no row was held out, so the error on new rows is unknown";
        }
        return leftOut().entrySet().stream()
                .map(score -> score.getKey() + " " + Figures.short3(score.getValue()) + ofYardstick(score.getKey()))
                .collect(Collectors.joining(", ", "held-out ", ""));
    }

    private String ofYardstick(String metric) {
        return quality.yardsticks().containsKey(metric)
                ? " (" + quality.yardstick() + " "
                        + Figures.short3(quality.yardsticks().get(metric)) + ")"
                : "";
    }

    private String effort() {
        return Words.count(data.rows(), "row") + ", " + made() + ", " + Figures.seconds(elapsed);
    }

    String made() {
        return training.bestEpoch() == 0
                ? "a line"
                : Words.count(training.networks(), "network") + ", " + Words.count(training.bestEpoch(), "epoch");
    }

    private List<String> omissions() {
        List<String> lines = new ArrayList<>();
        data.rowsLeftOut()
                .forEach((why, count) -> lines.add(Words.count(count, "row") + " dropped: " + Names.shown(why)));
        data.columns().forEach((name, made) -> {
            boolean derived = made.contains("a linear model's error"); // though the table's summary says dropped
            if (derived || made.startsWith("dropped") || made.startsWith("left out")) { // as earlier builds wrote
                lines.add(Names.shown(name) + " " + made);
            }
        });
        return lines;
    }
}
