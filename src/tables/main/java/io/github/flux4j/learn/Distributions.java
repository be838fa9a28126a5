package io.github.flux4j.learn;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.internal.prepare.Targets;
import io.github.flux4j.learn.Fitted.Drift;
import io.github.flux4j.learn.Report.Distribution;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/** How columns are distributed in training, and whether new ones are like that. */
final class Distributions {

    private static final int MOST_COLUMNS = 1000; // so that a file has room for them
    private static final int BINS = 10;
    private static final int LEVELS = 50;
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
        List<Double> edges = column instanceof Numbers numbers ? edges(numbers.values()) : List.of();
        List<String> levels = column instanceof Texts texts ? levels(texts) : List.of();
        return new Distribution(edges, levels, counts(new Distribution(edges, levels, List.of()), column));
    }

    /** The same parts of other values. */
    static Distribution now(Distribution then, Column column) {
        return new Distribution(then.edges(), then.levels(), counts(then, column));
    }

    private static List<Double> edges(double... values) {
        double[] sorted = DoubleStream.of(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return IntStream.range(1, BINS)
                .mapToObj(i -> sorted[Math.max(0, (int) ((long) i * sorted.length / BINS) - 1)])
                .distinct()
                .toList();
    }

    private static List<String> levels(Texts texts) {
        return texts.counts().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(LEVELS)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many values are in each part: up to the first edge, …, above the last; or of each level, and of others; and gaps. */
    private static List<Integer> counts(Distribution parts, Column column) {
        boolean ofNumbers = parts.levels().isEmpty();
        if (ofNumbers && !(column instanceof Numbers)) {
            throw new IllegalArgumentException(Names.shown(column.name())
                    + " was numbers in training, but is text in this table; correct the cells that are none");
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
        return IntStream.of(counts).boxed().toList();
    }

    private static int place(List<Double> edges, double value) {
        int place = 0;
        while (place < edges.size() && value > edges.get(place)) {
            place++;
        }
        return place;
    }

    static Drift drift(Fitted fitted, Table table) {
        Map<String, Distribution> then = fitted.report().distributions();
        if (fitted.features().stream().noneMatch(then::containsKey)) {
            throw new IllegalArgumentException(
                    "a model that keeps its columns' distributions was expected, but this one is of more than "
                            + MOST_COLUMNS + " columns, or of an earlier flux4j; fit it again to fewer");
        }
        boolean[] outside = new boolean[table.rows()];
        List<Drift.OfColumn> columns = new ArrayList<>();
        for (String name : fitted.features()) {
            if (then.containsKey(name)) {
                columns.add(of(fitted, table.column(name), then.get(name), outside));
            }
        }
        String target = fitted.targets().get(0);
        String predictions = then.containsKey(target) ? words(then.get(target), of(predicted(fitted, table))) : "";
        int rows =
                (int) IntStream.range(0, outside.length).filter(i -> outside[i]).count();
        return new Drift(table.rows(), rows, columns, predictions);
    }

    private static Drift.OfColumn of(Fitted fitted, Column column, Distribution then, boolean... outside) {
        int feature = fitted.features().indexOf(column.name());
        int foreign = 0;
        for (int row = 0; row < column.size(); row++) {
            boolean isForeign = !column.isMissing(row)
                    && (column instanceof Numbers numbers && then.levels().isEmpty()
                                    ? fitted.preparation().flag(feature, numbers.value(row))
                                    : fitted.preparation().flag(feature, column.text(row)))
                            != null;
            outside[row] |= isForeign;
            foreign += isForeign ? 1 : 0;
        }
        Distribution now = now(then, column);
        return new Drift.OfColumn(
                column.name(),
                psi(then, now),
                pValue(then, now),
                share(then),
                share(now),
                (double) foreign / column.size(),
                then,
                now);
    }

    /** Of gaps. */
    private static double share(Distribution of) {
        return of.counts().get(of.counts().size() - 1) / sum(of.counts());
    }

    private static double sum(List<Integer> counts) {
        return counts.stream().mapToInt(count -> count).sum();
    }

    /** The population stability index, Σ (q − p)·ln(q/p), with half a row more in each part, so that none is empty. */
    static double psi(Distribution then, Distribution now) {
        int parts = then.counts().size();
        return IntStream.range(0, parts)
                .mapToDouble(i -> {
                    double p = (then.counts().get(i) + 0.5) / (sum(then.counts()) + 0.5 * parts);
                    double q = (now.counts().get(i) + 0.5) / (sum(now.counts()) + 0.5 * parts);
                    return (q - p) * Math.log(q / p);
                })
                .sum();
    }

    /** Pearson's χ² test of two samples, small neighbours taken together: of fewer rows in training, deciles themselves are too uncertain. */
    static double pValue(Distribution then, Distribution now) {
        double before = sum(then.counts());
        double after = sum(now.counts());
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

    private static Column predicted(Fitted fitted, Table table) {
        return predictions(
                fitted.model(),
                Model.mean(fitted.meant(table)),
                fitted.targets().get(0));
    }

    /** What outputs mean, for the first target. */
    static Column predictions(Model model, double[] outputs, String target) {
        return model.goal() instanceof Targets numbers
                ? Numbers.of(
                        target,
                        Arrays.stream(numbers.decoded(outputs))
                                .mapToDouble(row -> row[0])
                                .toArray())
                : Texts.of(target, classes((Classes) model.goal(), outputs));
    }

    private static List<String> classes(Classes goal, double... outputs) {
        return Arrays.stream(goal.rows(outputs))
                .map(row -> goal.classes().get(goal.target().most(row)))
                .toList();
    }

    /** How predictions were distributed, and are. */
    private static String words(Distribution then, Distribution now) {
        if (then.levels().isEmpty()) {
            return "predictions: median " + median(then) + " for held-out rows of training, and " + median(now)
                    + " here";
        }
        return then.levels().stream()
                .sorted(Comparator.naturalOrder())
                .map(level -> Names.shown(level) + " " + percent(then, level) + " of held-out rows, and "
                        + percent(now, level) + " here")
                .collect(Collectors.joining("; ", "predictions: ", ""));
    }

    private static String median(Distribution of) {
        return of.edges().isEmpty()
                ? "none"
                : Figures.short3(of.edges().get(of.edges().size() / 2));
    }

    private static String percent(Distribution of, String level) {
        int place = of.levels().indexOf(level);
        return Math.round(100 * (place < 0 ? 0 : of.counts().get(place)) / sum(of.counts())) + " %";
    }
}
