package io.github.flux4j.learn;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Intake;
import io.github.flux4j.learn.Fitted.Drift;
import io.github.flux4j.learn.Report.Distribution;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/** How columns are distributed in training, and whether new ones are like that. */
final class Distributions {

    private static final int MOST_COLUMNS = 1000; // so that a file has room for them
    private static final int BINS = 10;
    private static final int LEAST_SEEN = 20;
    private static final double LEAST_EXPECTED = 5; // of a cell, for the χ² distribution to be near

    private Distributions() {}

    static Map<String, Distribution> of(List<Column> columns) {
        Map<String, Distribution> all = new LinkedHashMap<>();
        if (columns.size() <= MOST_COLUMNS) {
            columns.forEach(column -> all.put(column.name(), of(column)));
        }
        return all;
    }

    /** Deciles, each of them once, or the most frequent texts. */
    private static Distribution of(Column column) {
        List<Double> edges = column instanceof Numbers numbers ? edges(Examples.sorted(numbers)) : List.of();
        List<String> levels = column instanceof Texts texts ? Intake.Derived.frequent(texts, 0) : List.of();
        return now(new Distribution(edges, levels, List.of()), column);
    }

    private static List<Double> edges(double... sorted) {
        return IntStream.range(1, BINS)
                .mapToObj(i -> sorted[Math.max(0, (int) ((long) i * sorted.length / BINS) - 1)])
                .distinct()
                .toList();
    }

    /** The same parts of other values: how many are up to the first edge, …, above the last; or of each level, and of others; and gaps. */
    static Distribution now(Distribution parts, Column column) {
        boolean ofNumbers = parts.levels().isEmpty();
        if (ofNumbers && !(column instanceof Numbers)) {
            throw new IllegalArgumentException(Names.shown(column.name())
                    + " was numeric in training, but is text in this table; correct the cells that aren't numbers");
        }
        int others = ofNumbers ? parts.edges().size() : parts.levels().size();
        int[] counts = new int[others + 2];
        for (int row = 0; row < column.size(); row++) {
            int place = column.isMissing(row)
                    ? others + 1
                    : ofNumbers
                            ? place(parts.edges(), ((Numbers) column).value(row))
                            : parts.levels().indexOf(column.text(row));
            counts[place < 0 ? others : place]++;
        }
        return new Distribution(
                parts.edges(), parts.levels(), IntStream.of(counts).boxed().toList());
    }

    private static int place(List<Double> edges, double value) {
        int found = Collections.binarySearch(edges, value);
        return found < 0 ? -found - 1 : found;
    }

    static Drift drift(Fitted fitted, Table table) {
        Map<String, Distribution> then = fitted.report().distributions();
        if (table.rows() == 0) {
            throw new IllegalArgumentException("expected a table with rows, but this one has none");
        }
        if (fitted.features().stream().noneMatch(then::containsKey)) {
            throw new IllegalArgumentException(
                    "expected a model that stores its columns' distributions, but this one has more than "
                            + MOST_COLUMNS + " columns, or comes from an early flux4j; fit it again, to fewer columns");
        }
        boolean[] foreign = new boolean[table.rows()];
        List<Drift.OfColumn> columns = fitted.features().stream()
                .filter(then::containsKey)
                .map(name -> of(fitted, table.column(name), then.get(name), foreign))
                .toList();
        String target = fitted.targets().get(0);
        Column predicted = predictions(fitted.model(), Model.mean(fitted.meant(table)), target);
        int rows = Math.toIntExact(
                IntStream.range(0, foreign.length).filter(row -> foreign[row]).count());
        return new Drift(
                table.rows(), rows, columns, then.containsKey(target) ? words(then.get(target), predicted) : "");
    }

    private static Drift.OfColumn of(Fitted fitted, Column column, Distribution then, boolean... foreign) {
        Distribution now = now(then, column);
        int feature = fitted.features().indexOf(column.name());
        int count = 0;
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)
                    && (then.levels().isEmpty()
                                    ? fitted.preparation().flag(feature, ((Numbers) column).value(row))
                                    : fitted.preparation().flag(feature, column.text(row)))
                            != null) {
                foreign[row] = true;
                count++;
            }
        }
        return new Drift.OfColumn(
                column.name(), psi(then, now), pValue(then, now), (double) count / column.size(), then, now);
    }

    /** The population stability index, Σ (q − p)·ln(q/p), with half a row more in each part, so that none is empty. */
    static double psi(Distribution then, Distribution now) {
        int parts = then.counts().size();
        return IntStream.range(0, parts)
                .mapToDouble(i -> {
                    double p = (then.counts().get(i) + 0.5) / (then.rows() + 0.5 * parts);
                    double q = (now.counts().get(i) + 0.5) / (now.rows() + 0.5 * parts);
                    return (q - p) * Math.log(q / p);
                })
                .sum();
    }

    /** Pearson's χ² test of two samples, small neighbours taken together: of fewer rows in training, deciles themselves are too uncertain. */
    static double pValue(Distribution then, Distribution now) {
        double before = then.rows();
        double after = now.rows();
        double smaller = Math.min(before, after) / (before + after);
        List<double[]> cells = new ArrayList<>();
        double[] open = new double[2];
        for (int i = 0; i < then.counts().size(); i++) {
            open[0] += then.counts().get(i);
            open[1] += now.counts().get(i);
            if (open[0] >= LEAST_SEEN && (open[0] + open[1]) * smaller >= LEAST_EXPECTED) {
                cells.add(open);
                open = new double[2];
            }
        }
        if (cells.size() < 2) {
            return 1;
        }
        cells.get(cells.size() - 1)[0] += open[0];
        cells.get(cells.size() - 1)[1] += open[1];
        double square = cells.stream()
                .mapToDouble(
                        cell -> before * after / (cell[0] + cell[1]) * Math.pow(cell[0] / before - cell[1] / after, 2))
                .sum();
        return 1 - new ChiSquaredDistribution(null, cells.size() - 1.0).cumulativeProbability(square);
    }

    /** What outputs mean, for the first target. */
    static Column predictions(Model model, double[] outputs, String target) {
        return model.goal() instanceof Classes classes
                ? Texts.of(
                        target,
                        Arrays.stream(classes.rows(outputs)).map(classes::most).toList())
                : Numbers.of(
                        target,
                        Arrays.stream(model.goal().rows(outputs))
                                .mapToDouble(row -> row[0])
                                .toArray());
    }

    /** How predictions were distributed, and are. */
    private static String words(Distribution then, Column predicted) {
        if (then.levels().isEmpty()) {
            return "predictions: median " + median(then) + " for held-out rows of training, and "
                    + median(of(predicted)) + " here";
        }
        Distribution now = now(then, predicted);
        return IntStream.range(0, then.levels().size())
                .mapToObj(i -> Names.shown(then.levels().get(i)) + " " + percent(then, i) + " of held-out rows, and "
                        + percent(now, i) + " here")
                .sorted()
                .collect(Collectors.joining("; ", "predictions: ", ""));
    }

    private static String median(Distribution of) {
        return of.edges().isEmpty()
                ? "none"
                : Figures.short3(of.edges().get(of.edges().size() / 2));
    }

    private static String percent(Distribution of, int level) {
        return Math.round(100.0 * of.counts().get(level) / of.rows()) + " %";
    }
}
