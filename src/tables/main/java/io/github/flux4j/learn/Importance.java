package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.internal.arrays.SplitMix;
import io.github.flux4j.internal.threads.Tasks;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How much a fitted model's predictions of a table lean on each column; what {@code permutationImportance} gives (Breiman 2001). {@code toString} is
 * a line for each column, for people.
 *
 * @param score the metric as the table is
 * @param columns the most important first
 */
public record Importance(Metric metric, double score, List<OfColumn> columns) {

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
    static final Importance NONE = new Importance(Metrics.RMS, Double.NaN, List.of());

    /** Of columns in any order. */
    static Importance of(Metric metric, double whole, List<OfColumn> columns) {
        return new Importance(
                metric,
                whole,
                columns.stream()
                        .sorted(Comparator.comparingDouble(column -> -column.mean()))
                        .toList());
    }

    /** On so many threads. */
    static Importance of(int threads, Fitted fitted, Table table, Metric metric, int repeats, long seed) {
        Setting.requireAtLeast("repeats", repeats, 1);
        String target = target(Objects.requireNonNull(fitted, "the fitted model is null"));
        Table known = table.rows(FoldFit.known(table, target));
        Model model = fitted.model();
        Judge judge = new Judge(model.goal(), target);
        judge.require(Objects.requireNonNull(metric, "metric is null"));
        double[] actual = judge.actual(known);
        List<String> names = fitted.features();
        double whole = score(judge, metric, actual, model, known);
        List<Double> each = Tasks.all(threads, Math.multiplyExact(names.size(), repeats), i -> {
            int column = i / repeats;
            Table shuffled = shuffled(known, names.get(column), Seed.mix(seed, column, i % repeats));
            return worse(metric, whole, score(judge, metric, actual, model, shuffled));
        });
        return of(
                metric,
                whole,
                IntStream.range(0, names.size())
                        .mapToObj(i -> new OfColumn(names.get(i), each.subList(i * repeats, (i + 1) * repeats)))
                        .toList());
    }

    /** By how much the second score is worse than the first. */
    static double worse(Metric metric, double one, double other) {
        return metric.isLargerBetter() ? one - other : other - one;
    }

    private static String target(Fitted fitted) {
        if (fitted.targets().size() > 1) {
            throw new IllegalArgumentException("importance is by one target, but the model has "
                    + String.join(", ", fitted.targets()) + "; fit one model for each");
        }
        return fitted.targets().get(0);
    }

    private static double score(Judge judge, Metric metric, double[] actual, Model model, Table table) {
        return judge.score(metric, actual, judge.predicted(model.goal(), Ensemble.mean(model.meant(table))));
    }

    /** The table with the values of one column in another order. */
    private static Table shuffled(Table table, String name, long seed) {
        return Table.of(table.columns().stream()
                .map(column -> column.name().equals(name) ? column.rows(order(table.rows(), seed)) : column)
                .toArray(Column[]::new));
    }

    /** By Fisher and Yates. */
    static int[] order(int rows, long seed) {
        SplitMix random = new SplitMix(seed);
        int[] order = IntStream.range(0, rows).toArray();
        for (int i = rows - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }

    @Override
    public String toString() {
        return columns.stream()
                .map(column -> Words.shown(column.name()) + ": " + metric.name() + " worse by "
                        + Spread.text(column.mean(), column.std()))
                .collect(Collectors.joining("\n"));
    }
}
