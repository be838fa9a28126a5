package io.github.flux4j.evaluate;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How much a model relies on each column (Breiman 2001); made by {@code permutationImportance}. {@code toString} prints a line per column.
 *
 * @param score the metric on the unshuffled table
 * @param rows that were shuffled; 0 if unknown
 * @param columns the most important first
 */
public record Importance(Metric metric, double score, int rows, List<OfColumn> columns) {

    /**
     * One column.
     *
     * @param worse how much each shuffle of the column worsened the metric; about 0 if the model does not need the column
     */
    public record OfColumn(String name, List<Double> worse) {

        public OfColumn {
            worse = List.copyOf(worse);
        }

        /** The mean over shuffles. */
        public double mean() {
            return Spread.mean(Spread.array(worse));
        }

        /** The standard deviation over shuffles; NaN for one. */
        public double std() {
            return Spread.std(Spread.array(worse));
        }
    }

    public Importance {
        columns = List.copyOf(columns);
    }

    /** Not measured. */
    public static final Importance NONE = new Importance(Metrics.RMS, Double.NaN, 0, List.of());

    /** Sorts the columns, the most important first. */
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
