package io.github.flux4j.engine;

import org.jspecify.annotations.Nullable;

/**
 * A kernel that in training picks one of two treatments for each element at random: {@code y = f·x + s} with the choice's f and s. Without a choice, y = x. An
 * engine may compute it itself, in its own type.
 */
public interface RandomChoice extends Kernel {

    /** Returns f of both choices. */
    double[] factors();

    /** Returns s of both choices. */
    double[] summands();

    /**
     * Chooses 0 or 1 for each element of {@code [rows, columns]}.
     *
     * @param training whether the run computes a gradient
     * @return false, with nothing written, if y = x
     */
    boolean choose(boolean training, int rows, int columns, byte[] into);

    @Override
    default void forward(Pass pass, double[] x, double[] y) {
        int n = pass.rows() * pass.columns();
        byte[] choice = new byte[n];
        if (!choose(pass.training(), pass.rows(), pass.columns(), choice)) {
            pass.keep(0);
            System.arraycopy(x, 0, y, 0, n);
            return;
        }
        double[] slopes = pass.keep(n);
        for (int i = 0; i < n; i++) {
            slopes[i] = factors()[choice[i]];
            y[i] = slopes[i] * x[i] + summands()[choice[i]];
        }
    }

    @Override
    default void backward(
            Pass pass, double[] x, double[] y, double[] dy, double[] dx, double @Nullable [] dParameters) {
        double[] slopes = pass.kept();
        for (int i = 0; i < pass.rows() * pass.columns(); i++) {
            dx[i] = slopes.length == 0 ? dy[i] : slopes[i] * dy[i];
        }
    }
}
