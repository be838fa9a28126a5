package io.github.flux4j.evaluate;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How much a fitted model's predictions of a table lean on each column; what {@code permutationImportance} gives (Breiman 2001). {@code toString} is
 * a line for each column, for people.
 *
 * @param score the metric as the table is
 * @param rows whose values were shuffled; 0 if that isn't known
 * @param columns the most important first
 */
public record Importance(Metric metric, double score, int rows, List<OfColumn> columns) {

    /**
     * Of one column.
     *
     * @param worse by how much the metric is worse when the column's values are shuffled, each time; about 0 if the model doesn't need it
     */
    public record OfColumn(String name, List<Double> worse) {

        public OfColumn {
            worse = List.copyOf(worse);
        }

        /** The mean. */
        public double mean() {
            return Spread.mean(numbers());
        }

        /** The standard deviation; NaN of one. */
        public double std() {
            return Spread.std(numbers());
        }

        private double[] numbers() {
            return worse.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    public Importance {
        columns = List.copyOf(columns);
    }

    /** Of a model whose columns were not shuffled. */
    public static final Importance NONE = new Importance(Metrics.RMS, Double.NaN, 0, List.of());

    /** Of columns in any order: the most important one comes first. */
    public static Importance of(Metric metric, double whole, int rows, List<OfColumn> columns) {
        return new Importance(
                metric,
                whole,
                rows,
                columns.stream()
                        .sorted(Comparator.comparingDouble(column -> -column.mean()))
                        .toList());
    }

    @Override
    public String toString() {
        return columns.stream()
                .map(column -> Names.shown(column.name()) + ": " + metric.name() + " worse by "
                        + Spread.text(column.mean(), column.std()))
                .collect(Collectors.joining("\n"));
    }
}
