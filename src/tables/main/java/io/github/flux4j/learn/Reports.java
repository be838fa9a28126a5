package io.github.flux4j.learn;

import io.github.flux4j.backend.Backend;
import io.github.flux4j.evaluate.Importance;
import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.fit.Ending;
import io.github.flux4j.format.Target;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.fit.Held;
import io.github.flux4j.internal.fit.HeldOutCoverage;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Outcome;
import io.github.flux4j.internal.fit.Residuals;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.fit.Yardsticks;
import io.github.flux4j.internal.judge.Dependence;
import io.github.flux4j.internal.judge.Evidence;
import io.github.flux4j.internal.judge.HeldOutReasons;
import io.github.flux4j.internal.judge.Judge;
import io.github.flux4j.internal.judge.LeftOutImportance;
import io.github.flux4j.internal.judge.LogTargetTrial;
import io.github.flux4j.internal.judge.PrecisionRecall;
import io.github.flux4j.internal.model.TrainingRows;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.Goal;
import io.github.flux4j.internal.prepare.Intake;
import io.github.flux4j.internal.prepare.Targets;
import io.github.flux4j.internal.prepare.ThresholdRule;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes the report of a fit. */
final class Reports {

    private static final double LEVEL = 0.9;
    private static final double SURE = 0.95; // that a linear model is better

    private final Trained fit;
    private final Model model;
    private final Held held;
    private final long start = System.nanoTime();
    private final List<String> notes = new ArrayList<>();

    private Reports(Trained fit, Model model, Held held) {
        this.fit = fit;
        this.model = model;
        this.held = held;
        note();
    }

    private void note() {
        notes.addAll(fit.data().intake().table().warnings().values());
        if (!fit.choice().isEmpty()) {
            notes.add(fit.choice());
        }
        if (fit.restarted() != null) {
            notes.add("training started anew: " + fit.restarted());
        }
        if (fit.outcome().isCutShort()) {
            notes.add((fit.outcome().ending() == Ending.TIME_LIMIT
                            ? "the time limit ended training"
                            : "training was interrupted")
                    + " after " + Words.count(fit.outcome().epochs().size(), "epoch") + more());
        }
        if (fit.outcome().ending() == Ending.DIVERGED) {
            notes.add("training diverged in epoch " + (fit.outcome().epochs().size() + 1)
                    + "; a smaller learning rate may help");
        }
    }

    /** Where not even the first epoch was whole. */
    private String more() {
        return fit.outcome().standings().isEmpty() && fit.outcome().epochs().size() == 1
                ? ", which was incomplete; more time may help"
                : "";
    }

    /** Of a regressor. */
    static Report of(Trained fit, Model model, Held held, Residuals residuals, String beyond) {
        Reports writer = new Reports(fit, model, held);
        writer.notes.addAll(beyond.isEmpty() ? List.of() : List.of(beyond));
        Targets goal = (Targets) model.goal();
        if (held.isEmpty()) {
            return writer.report(Report.Quality.UNKNOWN, Unseen.NONE);
        }
        double[] ridge = Yardsticks.heldOut(fit);
        HeldOutCoverage coverage = new HeldOutCoverage(residuals);
        Report.Quality quality = writer.quality(
                "ridge",
                ridge,
                goal.outputs() == 1 ? coverage.of(LEVEL) : Double.NaN,
                goal.outputs() == 1 ? residuals.width(LEVEL) : Double.NaN);
        return writer.report(quality, writer.unseen(goal, coverage));
    }

    /** Of a classifier. */
    static Report of(Trained fit, Model model, Held held) {
        Reports writer = new Reports(fit, model, held);
        Classes goal = (Classes) model.goal();
        goal.seenOnce(fit.data().intake().table())
                .forEach(name -> writer.notes.add("class " + Names.shown(name)
                        + " has only one row: the network that holds it out doesn't know the class, the others do"));
        if (held.isEmpty()) {
            return writer.report(Report.Quality.UNKNOWN, Unseen.NONE);
        }
        double[] linear = Yardsticks.heldOut(fit);
        Report.Quality quality = writer.quality("logistic", linear, Double.NaN, Double.NaN);
        return writer.report(quality, writer.unseen(goal));
    }

    /** Beside a linear model's outputs, of which there may be none. */
    private Report.Quality quality(String yardstick, double[] linear, double coverage, double width) {
        return new Report.Quality(
                scores(model.goal(), held, held.outputs()),
                linear.length == 0 ? "" : yardstick,
                linear.length == 0 ? Map.of() : scores(model.goal(), held, linear),
                difference(linear),
                coverage,
                width);
    }

    /** Of the error of each share of the rows, as of folds; null if there is no yardstick, or it was not asked for, or a share has no error that is finite. */
    private ScoreDifference difference(double... yardstick) {
        if (yardstick.length == 0) {
            String why = Yardsticks.whyNone(fit);
            notes.addAll(why.isEmpty() ? List.of() : List.of("there is no linear model to compare with: " + why));
            return null;
        }
        if (targets().size() > 1) {
            return null;
        }
        Judge judge = new Judge(model.goal(), targets().get(0));
        Evidence evidence = new Evidence(judge, held.shares());
        double[] actual = judge.actual(held.table());
        String metric = judge.ranking().get(0).name();
        double[] own = Spread.array(evidence.parts(actual, judge.predicted(model.goal(), held.outputs()))
                .getOrDefault(metric, List.of()));
        double[] linear = Spread.array(
                evidence.parts(actual, judge.predicted(model.goal(), yardstick)).getOrDefault(metric, List.of()));
        boolean isFinite = DoubleStream.concat(DoubleStream.of(own), DoubleStream.of(linear))
                .allMatch(Double::isFinite);
        return own.length < 2 || !isFinite ? null : ScoreDifference.of(own, linear, 1.0 / (own.length - 1), SURE);
    }

    private Unseen unseen(Targets goal, HeldOutCoverage intervals) {
        double[][] predicted = goal.rows(held.outputs());
        List<Numbers> columns = targets().stream()
                .map(name -> (Numbers) held.table().column(name))
                .toList();
        double[][] actual = IntStream.range(0, predicted.length)
                .mapToObj(i ->
                        columns.stream().mapToDouble(column -> column.value(i)).toArray())
                .toArray(double[][]::new);
        List<Unseen.Numbers> numbers = Evidence.numbers(targets(), actual, predicted);
        if (numbers.size() > 1) {
            return new Unseen(Map.of(), numbers, Unseen.Labels.NONE, Importance.NONE, Unseen.Reasons.NONE);
        }
        Unseen.Numbers only = numbers.get(0);
        Unseen.Numbers covered = new Unseen.Numbers(
                only.target(),
                only.rows(),
                only.actual(),
                only.predicted(),
                only.residuals(),
                Unseen.LEVELS.stream().map(intervals::of).toList(),
                intervals.byThirds(LEVEL));
        return unseen(List.of(covered), Unseen.Labels.NONE);
    }

    private Unseen unseen(Classes goal) {
        int[] actual = goal.strata(held.table());
        note(goal, actual);
        return unseen(List.of(), Evidence.labels(goal.target(), actual, goal.rows(held.outputs())));
    }

    /** Of one target. */
    private Unseen unseen(List<Unseen.Numbers> numbers, Unseen.Labels labels) {
        Judge judge = new Judge(model.goal(), targets().get(0));
        notes.addAll(Dependence.notes(fit, judge));
        if (model.goal() instanceof Targets goal) {
            notes.addAll(LogTargetTrial.notes(fit, goal));
        }
        Importance importance = LeftOutImportance.of(
                model.judges(fit), judge, held, fit.settings().get(EstimatorSetting.SEED));
        double[][] predicted = judge.predicted(model.goal(), held.outputs());
        return new Unseen(
                new Evidence(judge, held.member()).parts(judge.actual(held.table()), predicted),
                numbers,
                labels,
                importance,
                HeldOutReasons.of(fit, model, judge, held, importance));
    }

    /** The goal with the threshold that its rule gives; as it is where held-out rows can't tell. */
    static Classes decided(Classes goal, Trained fit, Held held) {
        String text = fit.settings().get(EstimatorSetting.THRESHOLD);
        if (text == null) {
            return goal;
        }
        ThresholdRule rule = ThresholdRule.of(text);
        int[] all = goal.strata(fit.data().intake().table());
        int positive = rule.place(goal.classes(), Evidence.positive(goal.target(), all));
        if (!rule.isChosen()) {
            return goal.from(positive, rule.first());
        }
        PrecisionRecall curve = curve(goal, held, positive);
        return curve != null && curve.hasBoth() ? goal.from(positive, curve.best(rule)) : goal;
    }

    private static PrecisionRecall curve(Classes goal, Held held, int positive) {
        return held.isEmpty()
                ? null
                : new PrecisionRecall(positive, goal.strata(held.table()), goal.rows(held.outputs()));
    }

    /** What a threshold gives, and what always answering the larger class would. */
    private void note(Classes goal, int... actual) {
        Target.Classes target = goal.target();
        String rule = fit.settings().get(EstimatorSetting.THRESHOLD);
        if (!Double.isNaN(target.threshold())) {
            Unseen.Point at = curve(goal, held, target.positive()).at(target.threshold());
            notes.add(
                    Names.shown(target.classes().get(target.positive())) + " is predicted at a probability of at least "
                            + Figures.short3(target.threshold()) + " (" + rule + "): precision "
                            + Figures.short3(at.precision()) + ", recall " + Figures.short3(at.recall())
                            + " on held-out rows");
        } else if (rule != null) {
            notes.add("no threshold was chosen: the held-out rows have only one class");
        }
        if (Evidence.isUnbalanced(target, actual)) {
            int positive = Evidence.positive(target, actual);
            double share = IntStream.of(actual).filter(k -> k == positive).count() / (double) actual.length;
            int larger = share > 0.5 ? positive : 1 - positive;
            notes.add("always answering " + Names.shown(goal.classes().get(larger)) + " gives accuracy "
                    + Figures.short3(Math.max(share, 1 - share)) + "; averagePrecision "
                    + Figures.short3(share) + " and rocAuc 0.5 would be chance, for "
                    + Names.shown(goal.classes().get(positive)));
        }
    }

    private Report report(Report.Quality quality, Unseen unseen) {
        Outcome outcome = fit.outcome();
        Intake intake = fit.data().intake();
        return new Report(
                targets(),
                new Report.Data(
                        intake.table().rows(),
                        intake.rowsLeftOut(),
                        intake.columns(),
                        TrainingRows.kept(hashes(
                                model, intake.table(), fit.data().learnt().features()))),
                new Report.Training(
                        outcome.losses(),
                        outcome.leftOutLosses(),
                        outcome.bestEpoch(),
                        outcome.epochs(),
                        outcome.ending(),
                        outcome.networks().size(),
                        division()),
                fit.settings().forRows(intake.table().rows()).shown(),
                quality,
                notes,
                fit.elapsed().plus(Duration.ofNanos(System.nanoTime() - start)),
                unseen,
                environment(),
                distributions(),
                provenance(),
                outcome.bestEpoch() == 0 ? Equations.of(fit.straight()) : List.of());
    }

    /** By which rows are recognised. */
    static long[] hashes(Model model, Table table, float... prepared) {
        int width = prepared.length / table.rows();
        List<double[]> targets = model.goal() instanceof Targets goal
                ? goal.all().stream()
                        .map(target -> numbers(table, target.name()))
                        .toList()
                : List.of(IntStream.of(model.goal().strata(table))
                        .asDoubleStream()
                        .toArray());
        return IntStream.range(0, table.rows())
                .mapToLong(row -> TrainingRows.hash(
                        model.preparation().features(),
                        IntStream.range(row * width, (row + 1) * width)
                                .mapToDouble(i -> prepared[i])
                                .toArray(),
                        targets.stream().mapToDouble(target -> target[row]).toArray()))
                .toArray();
    }

    private static double[] numbers(Table table, String target) {
        if (table.column(target) instanceof Numbers numbers) {
            return numbers.values();
        }
        throw new IllegalArgumentException("the target " + Names.shown(target)
                + " must be numbers, but is text in this table; read it with asNumbers");
    }

    private String division() {
        if (fit.division() == null) {
            return "";
        }
        String words = fit.division().words();
        boolean isOfAllRows = fit.isOfAllRows() && fit.without().isEmpty() && !words.isEmpty();
        return words + (isOfAllRows ? "; the model then trained on all rows" : "");
    }

    private Map<String, Report.Distribution> distributions() {
        Map<String, Report.Distribution> all =
                new LinkedHashMap<>(Distributions.of(fit.data().intake().features()));
        if (!held.isEmpty()) {
            all.putAll(Distributions.of(List.of(
                    Distributions.predictions(model, held.outputs(), targets().get(0)))));
        }
        return all;
    }

    private Report.Provenance provenance() {
        Instant ended = Instant.now();
        Table given = fit.data().intake().given();
        return new Report.Provenance(
                model.goal() instanceof Targets ? "regressor" : "classifier",
                given.sha256(),
                given.rows(),
                Objects.requireNonNullElse(given.fileSha256(), ""),
                without(),
                seconds(ended.minus(fit.elapsed()).minusNanos(System.nanoTime() - start)),
                seconds(ended));
    }

    private String without() {
        return fit.settings().get(EstimatorSetting.VALIDATION) != null ? "a validation table" : fit.without();
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("made", seconds(Instant.now()));
        environment.put("flux4j", ModelDocument.version());
        environment.put(
                "Java",
                System.getProperty("java.version")); // a build of one's own has the user's name in its longer one
        environment.put("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
        environment.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        environment.put("BLAS", Machine.BLAS);
        environment.put("processor", Machine.PROCESSOR);
        environment.put("threads", String.valueOf(Threads.limit()));
        return environment;
    }

    /** What stays the same as long as a process runs, and takes a moment to ask. */
    private static final class Machine {
        private static final Backend.NativeLibraries.Blas LIBRARY =
                Backend.report().libraries().blas();
        static final String BLAS = Stream.of(LIBRARY.vendor(), LIBRARY.version(), LIBRARY.kernel())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        static final String PROCESSOR =
                Objects.requireNonNullElse(Backend.environment().cpu().model(), "unknown");
    }

    private List<String> targets() {
        return model.goal().target().names();
    }

    /** How good predictions are by the metric's name; where there are several targets, with the target's name before the metric's. */
    static Map<String, Double> scores(Goal goal, Held held, double... outputs) {
        List<String> targets = goal.target().names();
        double[][] predicted = goal.rows(outputs);
        Map<String, Double> scores = new LinkedHashMap<>();
        for (int k = 0; k < targets.size(); k++) {
            int target = k;
            Judge judge = new Judge(goal, targets.get(k));
            double[] actual = judge.actual(held.table());
            double[][] its = targets.size() == 1
                    ? predicted
                    : Arrays.stream(predicted)
                            .map(row -> new double[] {row[target]})
                            .toArray(double[][]::new);
            String before = targets.size() == 1 ? "" : targets.get(k) + " ";
            judge.usual().forEach(metric -> scores.put(before + metric.name(), judge.score(metric, actual, its)));
        }
        if (goal instanceof Classes classes) {
            addOfUnbalanced(classes, classes.strata(held.table()), predicted, scores);
        }
        return scores;
    }

    private static void addOfUnbalanced(Classes goal, int[] actual, double[][] predicted, Map<String, Double> scores) {
        if (Evidence.isUnbalanced(goal.target(), actual)) {
            int positive = Evidence.positive(goal.target(), actual);
            int[] is = IntStream.of(actual).map(k -> k == positive ? 1 : 0).toArray();
            double[][] of = Arrays.stream(predicted)
                    .map(row -> new double[] {row[1 - positive], row[positive]})
                    .toArray(double[][]::new);
            List.of(Metrics.AVERAGE_PRECISION, Metrics.ROC_AUC)
                    .forEach(metric -> scores.put(metric.name(), metric.of(is, of)));
        }
    }
}
