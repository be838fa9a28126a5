package io.github.flux4j.internal.network;

import java.util.function.UnaryOperator;

/**
 * {@code y = x·Wᵀ + b}, W {@code [out, in]}. Of many outputs as sums of Wᵀ's rows, of few as inner products: the JIT makes vector
 * instructions of loops where every array is indexed by the loop variable itself.
 */
final class FloatProduct implements UnaryOperator<float[][]> {

    /** Fewer outputs than fill a vector. */
    private static final int FEW = 8;

    private final int in;
    private final int out;
    private final float[] bias;
    private final float[][] weights;

    private FloatProduct(int in, int out, float[] bias, float[][] weights) {
        this.in = in;
        this.out = out;
        this.bias = bias;
        this.weights = weights;
    }

    /** A bias of zeros stands for none. */
    static FloatProduct of(int in, int out, float[] weight, float[] bias) {
        return new FloatProduct(in, out, bias, out < FEW ? rows(in, out, weight) : columns(in, out, weight));
    }

    private static float[][] rows(int in, int out, float[] weight) {
        float[][] rows = new float[out][in];
        for (int o = 0; o < out; o++) {
            System.arraycopy(weight, o * in, rows[o], 0, in);
        }
        return rows;
    }

    private static float[][] columns(int in, int out, float[] weight) {
        float[][] columns = new float[in][out];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                columns[i][o] = weight[o * in + i];
            }
        }
        return columns;
    }

    @Override
    public float[][] apply(float[][] rows) {
        float[][] results = new float[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            results[r] = bias.clone();
        }
        if (out < FEW) {
            addInnerProducts(rows, results);
        } else {
            addColumns(rows, results);
        }
        return results;
    }

    private void addInnerProducts(float[][] rows, float[][] results) {
        for (int r = 0; r < rows.length; r++) {
            for (int o = 0; o < out; o++) {
                results[r][o] += Fma.IS_FAST ? fusedDot(rows[r], weights[o]) : dot(rows[r], weights[o]);
            }
        }
    }

    /** Σ x·w; four sums, since one would wait for each addition to end. */
    private static float fusedDot(float[] x, float[] w) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= x.length; i += 4) {
            s0 = Math.fma(x[i], w[i], s0);
            s1 = Math.fma(x[i + 1], w[i + 1], s1);
            s2 = Math.fma(x[i + 2], w[i + 2], s2);
            s3 = Math.fma(x[i + 3], w[i + 3], s3);
        }
        for (; i < x.length; i++) {
            s0 = Math.fma(x[i], w[i], s0);
        }
        return s0 + s1 + (s2 + s3);
    }

    private static float dot(float[] x, float[] w) {
        float even = 0;
        float odd = 0;
        int i = 0;
        for (; i + 2 <= x.length; i += 2) {
            even += x[i] * w[i];
            odd += x[i + 1] * w[i + 1];
        }
        return i < x.length ? even + odd + x[i] * w[i] : even + odd;
    }

    /** Four columns for all rows, then the next four: a column is loaded once. */
    private void addColumns(float[][] rows, float[][] results) {
        int i = 0;
        for (; Fma.IS_FAST && i + 4 <= in; i += 4) {
            for (int r = 0; r < rows.length; r++) {
                add4(results[r], i, rows[r]);
            }
        }
        for (; i < in; i++) {
            for (int r = 0; r < rows.length; r++) {
                add(results[r], weights[i], rows[r][i]);
            }
        }
    }

    private void add4(float[] y, int i, float[] x) {
        float[] w0 = weights[i];
        float[] w1 = weights[i + 1];
        float[] w2 = weights[i + 2];
        float[] w3 = weights[i + 3];
        float x0 = x[i];
        float x1 = x[i + 1];
        float x2 = x[i + 2];
        float x3 = x[i + 3];
        for (int j = 0; j < y.length; j++) {
            y[j] = Math.fma(x0, w0[j], Math.fma(x1, w1[j], Math.fma(x2, w2[j], Math.fma(x3, w3[j], y[j]))));
        }
    }

    private static void add(float[] y, float[] w, float x) {
        for (int j = 0; j < y.length; j++) {
            y[j] += x * w[j];
        }
    }
}
