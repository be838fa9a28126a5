package io.github.flux4j.io.onnx;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Numbers of a file: a stored tensor, or an attribute.
 *
 * @param shape none for a single number
 * @param isDouble whether they are Float64
 */
record Constant(double[] values, List<Long> shape, boolean isDouble) {

    /** Relative; numbers of a formula may have gone through Float32. */
    private static final double SAME = 1e-6;

    static Constant of(double value) {
        return new Constant(new double[] {value}, List.of(), false);
    }

    static Constant of(double[] values) {
        return new Constant(values, List.of((long) values.length), false);
    }

    /** Whether it is a single number, which any row can be combined with. */
    boolean isNumber() {
        return values.length == 1 && shape.size() <= 2;
    }

    boolean is(double number) {
        return isNumber() && Math.abs(values[0] - number) <= SAME * Math.abs(number);
    }

    /** The only number, as it was written before it went through Float32. */
    double number(String what) throws IOException {
        if (!isNumber() || !isFinite()) {
            throw new IOException("expected " + what + " to be one finite number, but its shape is " + this);
        }
        return isDouble ? values[0] : Double.parseDouble(Float.toString((float) values[0]));
    }

    boolean isMatrix() {
        return shape.size() == 2 && values.length > 0;
    }

    int rows() {
        return shape.get(0).intValue();
    }

    int columns() {
        return shape.get(1).intValue();
    }

    /** A function of each number. */
    Constant each(DoubleUnaryOperator function) {
        return new Constant(DoubleStream.of(values).map(function).toArray(), shape, isDouble);
    }

    /** Of a matrix: rows and columns exchanged. */
    Constant transposed() {
        double[] exchanged = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            exchanged[i % columns() * rows() + i / columns()] = values[i];
        }
        return new Constant(exchanged, List.of((long) columns(), (long) rows()), isDouble);
    }

    /** As one number for each column. */
    double[] row(int columns, String what) throws IOException {
        if (!isFinite()) {
            throw new IOException("expected finite " + what + ", but one is NaN or infinite");
        }
        boolean isRow = shape.size() == 1 || shape.size() == 2 && shape.get(0) == 1;
        if (isNumber()) {
            double[] spread = new double[columns];
            Arrays.fill(spread, values[0]);
            return spread;
        }
        if (!isRow || values.length != columns) {
            throw new IOException(
                    "expected " + what + " of shape [" + columns + "], one for each column, but the shape is " + this);
        }
        return values;
    }

    private boolean isFinite() {
        return DoubleStream.of(values).allMatch(Double::isFinite);
    }

    static String text(LongStream shape) {
        return shape.mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public String toString() {
        return text(shape.stream().mapToLong(Long::longValue));
    }
}
