package io.github.flux4j.internal.judge;

import io.github.flux4j.evaluate.Unseen.Curve;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How predictions depend on one column, the others being as they are: of some rows each, and their mean. */
public final class PartialDependence {

    private static final int VALUES = 13;
    private static final int FEW_ROWS = 10;
    private static final int MOST_NUMBERS = 1_000_000;
    private static final int SHOWN = 20;

    private PartialDependence() {}

    /**
     * For rows of a table, as far apart as they can be.
     *
     * @param most how many, about
     * @param output the number of the target or class
     * @param name what that is called
     */
    public static Curve of(Model model, Table table, int most, String column, int output, String name) {
        List<Feature> features = model.preparation().features().list();
        int place = model.preparation().names().indexOf(column);
        int at = features.subList(0, place).stream().mapToInt(Feature::width).sum();
        Numbers numbers = features.get(place) instanceof NumberFeature && table.column(column) instanceof Numbers known
                ? known
                : null;
        List<Object> values = numbers == null ? frequent(table.column(column)) : quantiles(numbers);
        int count = Math.max(
                FEW_ROWS, Math.min(most, MOST_NUMBERS / model.preparation().width()));
        double[][] rows = model.prepared(table.rows(Examples.spread(table.rows(), Math.min(count, table.rows()))));
        double[][] curves = new double[values.size()][];
        for (int k = 0; k < curves.length; k++) {
            for (double[] row : rows) {
                features.get(place).write(values.get(k), row, at);
            }
            curves[k] = Arrays.stream(model.predicted(rows))
                    .mapToDouble(all -> all[output])
                    .toArray();
        }
        return new Curve(
                column,
                name,
                values.stream().map(String::valueOf).toList(),
                numbers == null
                        ? List.of()
                        : values.stream().map(Double.class::cast).toList(),
                rounded(Arrays.stream(curves).map(all -> Arrays.stream(all).sum() / all.length)),
                IntStream.range(0, Math.min(SHOWN, rows.length))
                        .mapToObj(row -> rounded(Arrays.stream(curves).map(all -> all[row])))
                        .toList());
    }

    /** Since files keep them. */
    private static List<Double> rounded(Stream<Double> values) {
        return values.map(value -> Double.valueOf(Figures.short4(value))).toList();
    }

    private static List<Object> quantiles(Numbers column) {
        double[] sorted = Examples.sorted(column);
        return IntStream.range(0, sorted.length == 0 ? 0 : VALUES)
                .<Object>mapToObj(k -> sorted[(int) ((long) k * (sorted.length - 1) / (VALUES - 1))])
                .distinct()
                .toList();
    }

    private static List<Object> frequent(Column column) {
        Map<String, Long> counts = IntStream.range(0, column.size())
                .filter(row -> !column.isMissing(row))
                .mapToObj(column::text)
                .collect(Collectors.groupingBy(text -> text, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(VALUES)
                .<Object>map(Map.Entry::getKey)
                .toList();
    }
}
