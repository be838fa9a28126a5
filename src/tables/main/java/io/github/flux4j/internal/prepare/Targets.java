package io.github.flux4j.internal.prepare;

import io.github.flux4j.format.Target;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Numbers to be predicted, of mean 0 and standard deviation 1 for the network; predictions stay within the range that was seen. */
public record Targets(List<Target.Scaled> all) implements Goal {

    /** Between these, a deviation and its square are exact to the last bits. */
    private static final double LEAST = 1e-150;

    private static final double MOST = 1e150;

    /**
     * Of these columns, which have no gaps.
     *
     * @throws IllegalArgumentException if one is text, or always the same
     */
    public static Targets of(Table table, boolean scaled, String... names) {
        return new Targets(Arrays.stream(names)
                .map(name -> target(numbers(table, name), scaled))
                .toList());
    }

    /** The same, with room for what a table has beyond it. */
    @Override
    public Targets again(Table table, EstimatorSettings settings) {
        return new Targets(all.stream()
                .map(target -> {
                    double[] values = numbers(table, target.name()).values();
                    double low = DoubleStream.of(values).min().orElse(target.low());
                    double high = DoubleStream.of(values).max().orElse(target.high());
                    return new Target.Scaled(
                            target.name(),
                            target.mean(),
                            target.std(),
                            Math.min(low, target.low()),
                            Math.max(high, target.high()),
                            target.format());
                })
                .toList());
    }

    private static Numbers numbers(Table table, String name) {
        Column column = table.column(name);
        if (column instanceof Numbers numbers) {
            return numbers;
        }
        throw new IllegalArgumentException("a regressor predicts numbers, but " + Names.shown(name) + " is text of "
                + Words.count(column.different(), "level") + ", such as " + Names.shown(column.text(0))
                + "; use classifier(), or read it as numbers: Table.asNumbers");
    }

    private static Target.Scaled target(Numbers column, boolean scaled) {
        double[] values = column.values();
        double mean = DoubleStream.of(values).average().orElseThrow();
        double variance = DoubleStream.of(values)
                .map(y -> (y - mean) * (y - mean))
                .average()
                .orElseThrow();
        double low = DoubleStream.of(values).min().orElseThrow();
        double high = DoubleStream.of(values).max().orElseThrow();
        if (low == high) {
            throw new IllegalArgumentException("the target " + Names.shown(column.name()) + " is " + column.text(0)
                    + " in every row, so there is nothing to learn; choose another column");
        }
        double deviation = Math.sqrt(variance);
        if (scaled && !(deviation >= LEAST && deviation <= MOST)) {
            throw new IllegalArgumentException("the target " + Names.shown(column.name()) + ", from " + low + " to "
                    + high + ", is beyond what can be scaled; take it in another unit");
        }
        return scaled
                ? new Target.Scaled(column.name(), mean, deviation, low, high, column.format())
                : new Target.Scaled(
                        column.name(), 0, 1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, column.format());
    }

    @Override
    public int outputs() {
        return all.size();
    }

    @Override
    public float[] learnt(Table table) {
        float[] numbers = new float[Examples.numbers(table.rows(), outputs())];
        for (int k = 0; k < outputs(); k++) {
            Target.Scaled target = all.get(k);
            Numbers column = numbers(table, target.name());
            for (int row = 0; row < table.rows(); row++) {
                numbers[row * outputs() + k] = (float) ((column.value(row) - target.mean()) / target.std());
            }
        }
        return numbers;
    }

    @Override
    public float[] judged(Table table) {
        return learnt(table);
    }

    @Override
    public int[] strata(Table table) {
        return null;
    }

    @Override
    public double[] weights(Table table) {
        return null;
    }

    @Override
    public double[] meant(double[] outputs) {
        return outputs;
    }

    @Override
    public Target target() {
        return new Target.Numbers(all);
    }

    /** In the targets' units, a row each. */
    public double[][] decoded(double[] outputs) {
        double[][] rows = new double[outputs.length / outputs()][outputs()];
        for (int i = 0; i < outputs.length; i++) {
            rows[i / outputs()][i % outputs()] = all.get(i % outputs()).of(outputs[i]);
        }
        return rows;
    }

    @Override
    public Targets ofLogits() {
        return this;
    }
}
