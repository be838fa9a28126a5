package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.internal.arrays.LogSumExp;

/**
 * Softmax of each row, or its logarithm, from differences to the row's maximum, so that nothing overflows. As in NNlib, infinities share the row equally, and a
 * row of −∞ alone gives NaN.
 */
enum Softmax implements Kernel {
    /** {@code yᵢ = exp(xᵢ)/Σ exp(xⱼ)}; dx = y·(dy − Σ y·dy). */
    SOFTMAX {
        @Override
        void row(double[] x, double[] y, int from, int to) {
            double max = LogSumExp.max(x, from, to);
            double sum = 0;
            for (int i = from; i < to; i++) {
                y[i] = Math.exp(LogSumExp.below(max, x[i]));
                sum += y[i];
            }
            for (int i = from; i < to; i++) {
                y[i] /= sum;
            }
        }

        @Override
        void backwardRow(double[] y, double[] dy, double[] dx, int from, int to) {
            double dot = 0;
            for (int i = from; i < to; i++) {
                dot += y[i] * dy[i];
            }
            for (int i = from; i < to; i++) {
                dx[i] = y[i] * (dy[i] - dot);
            }
        }
    },
    /** {@code yᵢ = xᵢ − max − log Σ exp(xⱼ − max)}; dx = dy − exp(y)·Σ dy. */
    LOGSOFTMAX {
        @Override
        void row(double[] x, double[] y, int from, int to) {
            double max = LogSumExp.max(x, from, to);
            double sum = 0;
            for (int i = from; i < to; i++) {
                y[i] = LogSumExp.below(max, x[i]);
                sum += Math.exp(y[i]);
            }
            double log = Math.log(sum);
            for (int i = from; i < to; i++) {
                y[i] -= log;
            }
        }

        @Override
        void backwardRow(double[] y, double[] dy, double[] dx, int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += dy[i];
            }
            for (int i = from; i < to; i++) {
                dx[i] = dy[i] - Math.exp(y[i]) * sum;
            }
        }
    };

    abstract void row(double[] x, double[] y, int from, int to);

    abstract void backwardRow(double[] y, double[] dy, double[] dx, int from, int to);

    @Override
    public boolean rowsAreIndependent() {
        return true;
    }

    @Override
    public void forward(Pass pass, double[] x, double[] y) {
        int columns = pass.columns();
        for (int from = 0; from < pass.rows() * columns; from += columns) {
            row(x, y, from, from + columns);
        }
    }

    @Override
    public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
        int columns = pass.columns();
        for (int from = 0; from < pass.rows() * columns; from += columns) {
            backwardRow(y, dy, dx, from, from + columns);
        }
    }
}
