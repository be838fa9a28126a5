package io.github.flux4j.engine;

/**
 * A kernel that treats each element in one of two ways, chosen at random in training: {@code y = f·x + s}, where f and s are those of the choice.
 * Without a choice, y = x. An engine may compute that itself, in its own type.
 */
public interface RandomChoice extends Kernel {

    /** f of either choice. */
    double[] factors();

    /** s of either choice. */
    double[] summands();

    /**
     * Chooses for each element of {@code [rows, columns]}, 0 or 1.
     *
     * @param training whether a gradient is being computed
     * @return false, and nothing is written, if y = x
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
    default void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
        double[] slopes = pass.kept();
        for (int i = 0; i < pass.rows() * pass.columns(); i++) {
            dx[i] = slopes.length == 0 ? dy[i] : slopes[i] * dy[i];
        }
    }
}
