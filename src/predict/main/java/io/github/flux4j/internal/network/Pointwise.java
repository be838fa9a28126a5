package io.github.flux4j.internal.network;

import java.util.function.DoubleUnaryOperator;

/** A function applied to every element of a row, which is overwritten. */
public interface Pointwise {

    /** Of Float64. */
    void apply(double[] row);

    /** Of Float32, computed in Float64. */
    default void apply(float[] row) {
        double[] wide = Rows.wide(row);
        apply(wide);
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) wide[i];
        }
    }

    /** One by one. */
    static Pointwise of(DoubleUnaryOperator function) {
        return row -> {
            for (int i = 0; i < row.length; i++) {
                row[i] = function.applyAsDouble(row[i]);
            }
        };
    }

    /** max(0, x), by a loop that the JIT vectorises. */
    final class Relu implements Pointwise {
        @Override
        public void apply(float[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.max(0, row[i]);
            }
        }

        @Override
        public void apply(double[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] = row[i] < 0 ? 0 : row[i];
            }
        }
    }

    /**
     * tanh; of Float32 by a loop that the JIT vectorises: the convergent a(945 + 105a² + a⁴)/(945 + 420a² + 15a⁴) of Lambert's continued
     * fraction at a = x/8, doubled three times with tanh 2a = 2t/(1 + t²), within 6 units in the last place.
     */
    final class Tanh implements Pointwise {
        /** From here on tanh is 1 in Float32. */
        private static final float SATURATED = 9.02f;

        @Override
        public void apply(float[] row) {
            for (int i = 0; i < row.length; i++) {
                float a = Math.max(-SATURATED, Math.min(SATURATED, row[i])) * 0.125f;
                float a2 = a * a;
                float t = a * (945 + a2 * (105 + a2)) / (945 + a2 * (420 + a2 * 15));
                t = 2 * t / (1 + t * t);
                t = 2 * t / (1 + t * t);
                row[i] = 2 * t / (1 + t * t);
            }
        }

        @Override
        public void apply(double[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] = StrictMath.tanh(row[i]);
            }
        }
    }

    /** {@code exp(xᵢ)/Σ exp(xⱼ)}; infinities share the row among them, as in NNlib. */
    static void softmax(double[] row) {
        double sum = 0;
        double max = max(row);
        for (int i = 0; i < row.length; i++) {
            row[i] = Math.exp(below(max, row[i]));
            sum += row[i];
        }
        for (int i = 0; i < row.length; i++) {
            row[i] /= sum;
        }
    }

    /** The logarithm of {@link #softmax}. */
    static void logsoftmax(double[] row) {
        double sum = 0;
        double max = max(row);
        for (int i = 0; i < row.length; i++) {
            row[i] = below(max, row[i]);
            sum += Math.exp(row[i]);
        }
        double log = Math.log(sum);
        for (int i = 0; i < row.length; i++) {
            row[i] -= log;
        }
    }

    private static double max(double[] row) {
        double max = Double.NEGATIVE_INFINITY;
        for (double x : row) {
            max = Math.max(max, x);
        }
        return max;
    }

    private static double below(double max, double x) {
        if (max == Double.POSITIVE_INFINITY) {
            return x == max ? 0 : Double.NEGATIVE_INFINITY;
        }
        return x - max;
    }
}
