package io.github.flux4j.internal.prepare;

import io.github.flux4j.format.Target;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Numbers to be predicted, or their logarithms, of mean 0 and standard deviation 1 for the network; predictions stay within the range that was seen, unless they go on along a line. */
public record Targets(List<Target.Scaled> all) implements Goal {

    /** Between these, a deviation and its square are exact to the last bits. */
    private static final double LEAST = 1e-150;

    private static final double MOST = 1e150;

    /**
     * Of these columns, which have no gaps.
     *
     * @throws IllegalArgumentException if one is text, or always the same, or has no logarithm that is wanted
     */
    public static Targets of(Table table, EstimatorSettings settings, String... names) {
        return new Targets(Arrays.stream(names)
                .map(name -> target(numbers(table, name), settings))
                .toList());
    }

    /** The same, with room for what a table has beyond it. */
    @Override
    public Targets again(Table table, EstimatorSettings settings) {
        return new Targets(all.stream()
                .map(target -> widened(target, numbers(table, target.name())))
                .toList());
    }

    private static Target.Scaled widened(Target.Scaled target, Numbers column) {
        DoubleSummaryStatistics values = DoubleStream.of(column.values()).summaryStatistics();
        requireLog(target.isLog(), target.name(), values.getMin());
        double low = Math.min(values.getMin(), target.low());
        double high = Math.max(values.getMax(), target.high());
        return with(target, target.mean(), low, high);
    }

    private static Target.Scaled with(Target.Scaled target, double mean, double low, double high) {
        return new Target.Scaled(target.name(), mean, target.std(), low, high, target.format(), target.isLog());
    }

    /** The same, whose predictions may leave the range that was seen. */
    public Targets unbounded() {
        return new Targets(all.stream()
                .map(target -> with(target, target.mean(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                .toList());
    }

    private static void requireLog(boolean isLog, String name, double low) {
        if (isLog && low < 0) {
            throw new IllegalArgumentException("logTarget needs a target of at least 0, but " + Names.shown(name)
                    + " is as low as " + low + "; omit logTarget");
        }
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

    private static Target.Scaled target(Numbers column, EstimatorSettings settings) {
        boolean scaled = settings.get(EstimatorSetting.SCALE);
        boolean isLog = settings.get(EstimatorSetting.LOG_TARGET);
        double[] values = column.values();
        double[] taught =
                DoubleStream.of(values).map(y -> isLog ? Math.log1p(y) : y).toArray();
        double mean = DoubleStream.of(taught).average().orElseThrow();
        double variance = DoubleStream.of(taught)
                .map(y -> (y - mean) * (y - mean))
                .average()
                .orElseThrow();
        double low = DoubleStream.of(values).min().orElseThrow();
        double high = DoubleStream.of(values).max().orElseThrow();
        if (low == high) {
            throw new IllegalArgumentException("the target " + Names.shown(column.name()) + " is " + column.text(0)
                    + " in every row, so there is nothing to learn; choose another column");
        }
        requireLog(isLog, column.name(), low);
        double deviation = Math.sqrt(variance);
        if (scaled && !(deviation >= LEAST && deviation <= MOST)) {
            throw new IllegalArgumentException("the target " + Names.shown(column.name()) + ", from " + low + " to "
                    + high + ", is too wide to scale; use another unit");
        }
        return new Target.Scaled(
                column.name(),
                scaled ? mean : 0,
                scaled ? deviation : 1,
                scaled ? low : Double.NEGATIVE_INFINITY,
                scaled ? high : Double.POSITIVE_INFINITY,
                column.format(),
                isLog);
    }

    /**
     * The same, of logarithms, where predictions are means: the exponential of the mean of logarithms is below the mean, by a factor that
     * held-out rows tell, the mean of their exp(actual − predicted) (Duan 1983, "smearing").
     *
     * @param outputs for rows that weren't trained on
     */
    public Targets smeared(Table table, double... outputs) {
        if (outputs.length == 0 || all.stream().noneMatch(Target.Scaled::isLog)) { // all are, or none is
            return this;
        }
        float[] actual = learnt(table);
        return new Targets(IntStream.range(0, all.size())
                .mapToObj(k -> smeared(k, actual, outputs))
                .toList());
    }

    private Target.Scaled smeared(int k, float[] actual, double... outputs) {
        Target.Scaled target = all.get(k);
        double factor = IntStream.range(0, outputs.length)
                .filter(i -> i % outputs() == k)
                .mapToDouble(i -> Math.exp((actual[i] - outputs[i]) * target.std()))
                .average()
                .orElseThrow();
        return with(target, target.mean() + Math.log(factor), target.low(), target.high());
    }

    @Override
    public int outputs() {
        return all.size();
    }

    @Override
    public float[] learnt(Table table) {
        double[][] scaled = scaled(table);
        float[] numbers = new float[Examples.numbers(table.rows(), outputs())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) scaled[i % outputs()][i / outputs()];
        }
        return numbers;
    }

    /** The same to all digits, target by target. */
    @Override
    public double[][] scaled(Table table) {
        return all.stream()
                .map(target -> DoubleStream.of(numbers(table, target.name()).values())
                        .map(value -> (taught(target, value) - target.mean()) / target.std())
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double taught(Target.Scaled target, double value) {
        return target.isLog() ? Math.log1p(value) : value;
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

    @Override
    public Targets ofLogits() {
        return this;
    }
}
