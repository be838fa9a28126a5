package io.github.flux4j.learn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
            return writer.report(Map.of(), "", Map.of(), Double.NaN, Double.NaN);
        }
        double[] ridge = Yardsticks.ridge(fit);
        return writer.report(
                Scores.of(goal, held, held.outputs()),
                ridge.length == 0 ? "" : "ridge",
                ridge.length == 0 ? Map.of() : Scores.of(goal, held, ridge),
                goal.outputs() == 1 ? residuals.coverage(LEVEL) : Double.NaN,
                goal.outputs() == 1 ? residuals.width(LEVEL) : Double.NaN);
    }

    /** Of a classifier. */
    static Report of(Fit fit, Model model, Held held) {
        Reports writer = new Reports(fit, model, held);
        Classes goal = (Classes) model.goal();
        goal.seenOnce(fit.data().intake().table())
                .forEach(name -> writer.notes.add("class " + Words.shown(name)
                        + " has one row only: the network that leaves it out doesn't know it, the others do"));
        if (held.isEmpty()) {
            return writer.report(Map.of(), "", Map.of(), Double.NaN, Double.NaN);
        }
        double[] linear = Yardsticks.logistic(fit);
        return writer.report(
                Scores.of(goal, held, held.outputs()),
                linear.length == 0 ? "" : "logistic",
                linear.length == 0 ? Map.of() : Scores.of(goal, held, linear),
                Double.NaN,
                Double.NaN);
    }

    private Report report(
            Map<String, Double> scores,
            String yardstick,
            Map<String, Double> yardsticks,
            double coverage,
            double width) {
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
                fit.elapsed().plus(Duration.ofNanos(System.nanoTime() - start)));
    }

    private List<String> targets() {
        return model.goal() instanceof Targets targets
                ? targets.all().stream().map(Targets.Target::name).toList()
                : List.of(((Classes) model.goal()).target());
    }
}
