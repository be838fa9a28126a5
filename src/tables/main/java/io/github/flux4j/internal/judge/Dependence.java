package io.github.flux4j.internal.judge;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.fit.Outcome;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Intake;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether rows held out by chance resemble those that were trained on more than new rows will: of columns whose values repeat, and of dates, the one of
 * each kind that looks worst by {@link Neighbours} is tried as the fit's division. That takes three or five networks, for as many epochs as were best:
 * less than the fit itself, and nothing where no column looks so.
 */
public final class Dependence {

    private static final int FEWEST_ROWS = 50;
    private static final int FEWEST_VALUES = 10;
    private static final int MOST_COLUMNS = 50;
    private static final int MANY_ROWS = 2000;
    private static final int NETWORKS = 5;
    private static final int NETWORKS_OF_MANY_ROWS = 3;
    /** So that one side of it is 0.9. */
    private static final double LEVEL = 0.8;

    /** Blocks of time are few, and no two are judged by the same rows. */
    private static final double UNCORRECTED = 1e-9;

    private final Trained fit;
    private final Judge judge;
    private final Metric metric;
    private final int rows;

    private Dependence(Trained fit, Judge judge) {
        this.fit = fit;
        this.judge = judge;
        this.metric = judge.ranking().get(0);
        this.rows = fit.data().learnt().count();
    }

    /** A line for each division by which the error is worse, as sure as the 80 % interval over what its networks held out, with the word to say. */
    public static List<String> notes(Trained fit, Judge judge) {
        return fit.mayBeTriedAgain() && fit.data().learnt().count() >= FEWEST_ROWS
                ? new Dependence(fit, judge).notes()
                : List.of();
    }

    private List<String> notes() {
        List<Column> groups = fit.data().intake().offered().stream()
                .filter(column -> !isDate(column) && hasGroups(column))
                .sorted(Comparator.comparing(
                        column -> !(column instanceof Texts))) // an id rather than what depends on it
                .limit(MOST_COLUMNS)
                .toList();
        List<Column> times =
                fit.data().intake().offered().stream().filter(this::isTime).toList();
        if (groups.isEmpty() && times.isEmpty()) {
            return List.of();
        }
        Neighbours neighbours = new Neighbours(fit.data().plain().learnt(), groups.size() + times.size());
        return Stream.of(note(neighbours.worst(groups, false), false), note(neighbours.worst(times, true), true))
                .flatMap(List::stream)
                .toList();
    }

    private boolean hasGroups(Column column) {
        int different = column.different();
        return different >= FEWEST_VALUES && different <= rows / 2;
    }

    private static boolean isDate(Column column) {
        return column instanceof Numbers numbers && numbers.kind() == Numbers.Kind.DATE;
    }

    /** A date, or a number that rises with the rows, as a day's. */
    private boolean isTime(Column column) {
        if (!(column instanceof Numbers numbers) || column.different() < FEWEST_VALUES) {
            return false;
        }
        return isDate(column)
                || column.different() > rows / 2
                        && IntStream.range(1, rows).allMatch(row -> numbers.value(row) >= numbers.value(row - 1));
    }

    private List<String> note(Column column, boolean inTime) {
        if (column == null) {
            return List.of();
        }
        EstimatorSettings divided = fit.settings()
                .forRows(rows)
                .with(inTime ? EstimatorSetting.TIME : EstimatorSetting.GROUPS, column.name())
                .with(EstimatorSetting.EPOCHS, Math.max(1, fit.outcome().bestEpoch()));
        try {
            return note(column, divided, inTime);
        } catch (ArithmeticException | IllegalArgumentException diverged) { // or a part lacks what a metric needs
            return List.of();
        }
    }

    private List<String> note(Column column, EstimatorSettings divided, boolean inTime) {
        Table table = fit.data().intake().table();
        int[] known =
                IntStream.range(0, rows).filter(row -> !column.isMissing(row)).toArray();
        Table rest = table.rows(known);
        Prepared data =
                Prepared.of(Intake.of(rest, divided, judge.target()), fit.data().goal(), divided);
        Outcome tried = fit.tried(divided, data, rows < MANY_ROWS ? NETWORKS : NETWORKS_OF_MANY_ROWS);
        if (tried == null || tried.heldOutRows().size() < 2) {
            return List.of();
        }
        double[] actual = judge.actual(rest);
        double[][] before = predicted(fit.outcome(), rows);
        double[][] usual = IntStream.of(known).mapToObj(row -> before[row]).toArray(double[][]::new);
        double[][] other = predicted(tried, known.length);
        ScoreDifference worse = ScoreDifference.of(
                scores(tried, actual, metric.isLargerBetter() ? usual : other),
                scores(tried, actual, metric.isLargerBetter() ? other : usual),
                inTime ? UNCORRECTED : 1.0 / fit.division().splits().size(),
                LEVEL);
        int[] all = tried.heldOutRows().stream().flatMapToInt(Arrays::stream).toArray();
        return worse.low() > 0
                ? List.of(text(
                        column,
                        judge.score(metric, all, actual, other),
                        judge.score(metric, all, actual, usual),
                        inTime))
                : List.of();
    }

    private double[][] predicted(Outcome outcome, int count) {
        return judge.predicted(
                fit.data().goal(),
                fit.data().goal().meant(outcome.heldOut(count, fit.data().goal().outputs())));
    }

    private double[] scores(Outcome tried, double[] actual, double[]... predicted) {
        return tried.heldOutRows().stream()
                .mapToDouble(held -> judge.score(metric, held, actual, predicted))
                .toArray();
    }

    private String text(Column column, double other, double usual, boolean inTime) {
        String name = Names.shown(column.name());
        return (inTime ? "rows near each other in " : "rows of one ") + name + " are alike: " + metric.name() + " is "
                + Figures.short3(other) + (inTime ? " for later rows" : " where " + name + " is new") + ", and "
                + Figures.short3(usual) + " for the same rows held out at random; if "
                + (inTime ? "you predict later ones, use orderedBy(\"" : "you predict new ones, use groupedBy(\"")
                + name + (inTime ? "\"), or --time " : "\"), or --group ") + name;
    }
}
