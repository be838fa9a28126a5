package io.github.flux4j.learn;

import io.github.flux4j.format.Target;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.table.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes the report of a fit. */
final class Reports {

    private static final double LEVEL = 0.9;

    private final Fit fit;
    private final Model model;
    private final Held held;
    private final long start = System.nanoTime();
    private final List<String> notes = new ArrayList<>();

    private Reports(Fit fit, Model model, Held held) {
        this.fit = fit;
        this.model = model;
        this.held = held;
        note();
    }

    private void note() {
        if (fit.restarted() != null) {
            notes.add("started again: " + fit.restarted());
        }
        if (fit.outcome().ending() == Ending.INTERRUPTED) {
            notes.add("training was interrupted after "
                    + Words.count(fit.outcome().epochs().size(), "epoch"));
        }
        if (fit.outcome().ending() == Ending.DIVERGED) {
            notes.add("training diverged in epoch " + (fit.outcome().epochs().size() + 1)
                    + "; a smaller learning rate may do better");
        }
    }

    /** Of a regressor. */
    static Report of(Fit fit, Model model, Held held, Residuals residuals) {
        Reports writer = new Reports(fit, model, held);
        Targets goal = (Targets) model.goal();
        if (held.isEmpty()) {
            return writer.report(Map.of(), "", Map.of(), Double.NaN, Double.NaN, Unseen.NONE);
        }
        double[] ridge = Yardsticks.ridge(fit);
        return writer.report(
                Scores.of(goal, held, held.outputs()),
                ridge.length == 0 ? "" : "ridge",
                ridge.length == 0 ? Map.of() : Scores.of(goal, held, ridge),
                goal.outputs() == 1 ? residuals.coverage(LEVEL) : Double.NaN,
                goal.outputs() == 1 ? residuals.width(LEVEL) : Double.NaN,
                writer.unseen(goal, held, residuals));
    }

    /** Of a classifier. */
    static Report of(Fit fit, Model model, Held held) {
        Reports writer = new Reports(fit, model, held);
        Classes goal = (Classes) model.goal();
        goal.seenOnce(fit.data().intake().table())
                .forEach(name -> writer.notes.add("class " + Words.shown(name)
                        + " has one row only: the network that leaves it out doesn't know it, the others do"));
        if (held.isEmpty()) {
            return writer.report(Map.of(), "", Map.of(), Double.NaN, Double.NaN, Unseen.NONE);
        }
        double[] linear = Yardsticks.logistic(fit);
        return writer.report(
                Scores.of(goal, held, held.outputs()),
                linear.length == 0 ? "" : "logistic",
                linear.length == 0 ? Map.of() : Scores.of(goal, held, linear),
                Double.NaN,
                Double.NaN,
                writer.unseen(goal, held));
    }

    private Unseen unseen(Targets goal, Held held, Residuals residuals) {
        List<String> names = goal.all().stream().map(Target.Scaled::name).toList();
        double[][] predicted = goal.decoded(held.outputs());
        List<Numbers> columns =
                names.stream().map(name -> (Numbers) held.table().column(name)).toList();
        double[][] actual = IntStream.range(0, predicted.length)
                .mapToObj(i ->
                        columns.stream().mapToDouble(column -> column.value(i)).toArray())
                .toArray(double[][]::new);
        List<Unseen.Numbers> numbers = Evidence.numbers(names, actual, predicted);
        if (names.size() > 1) {
            return new Unseen(Map.of(), numbers, Unseen.Labels.NONE, Importance.NONE);
        }
        double[] first = columns.get(0).values();
        List<Double> coverage = Unseen.LEVELS.stream().map(residuals::coverage).toList();
        Unseen.Numbers only = numbers.get(0);
        Judge judge = new Judge(goal, names.get(0));
        return new Unseen(
                new Evidence(judge, held.member()).parts(first, predicted),
                List.of(new Unseen.Numbers(
                        only.target(), only.rows(), only.actual(), only.predicted(), only.residuals(), coverage)),
                Unseen.Labels.NONE,
                importance(judge, held));
    }

    private Unseen unseen(Classes goal, Held held) {
        int[] actual = goal.strata(held.table());
        double[][] probabilities = goal.rows(held.outputs());
        Judge judge = new Judge(goal, goal.name());
        return new Unseen(
                new Evidence(judge, held.member())
                        .parts(IntStream.of(actual).asDoubleStream().toArray(), probabilities),
                List.of(),
                Evidence.labels(goal.classes(), actual, probabilities),
                importance(judge, held));
    }

    private Importance importance(Judge judge, Held held) {
        return LeftOutImportance.of(model, judge, held, fit.settings().seed);
    }

    private Report report(
            Map<String, Double> scores,
            String yardstick,
            Map<String, Double> yardsticks,
            double coverage,
            double width,
            Unseen unseen) {
        Outcome outcome = fit.outcome();
        Intake intake = fit.data().intake();
        return new Report(
                targets(),
                outcome.losses(),
                outcome.leftOutLosses(),
                outcome.bestEpoch(),
                outcome.epochs(),
                outcome.ending(),
                intake.table().rows(),
                outcome.networks().size(),
                intake.rowsLeftOut(),
                intake.columns(),
                SettingWords.shown(fit.settings()),
                scores,
                yardstick,
                yardsticks,
                coverage,
                width,
                notes,
                fit.elapsed().plus(Duration.ofNanos(System.nanoTime() - start)),
                unseen,
                environment());
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("made", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        environment.put("flux4j", ModelDocument.version());
        environment.put("Java", System.getProperty("java.runtime.version"));
        environment.put("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
        environment.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        return environment;
    }

    private List<String> targets() {
        return model.goal() instanceof Targets targets
                ? targets.all().stream().map(Target.Scaled::name).toList()
                : List.of(((Classes) model.goal()).name());
    }
}
