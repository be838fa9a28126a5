package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.ScalarFunction;
import io.github.flux4j.internal.arrays.Randomness;

/**
 * {@code y = x > 0 ? x : a·x}, with a drawn uniformly from low to high for each element. It is a kernel and not an element-wise function, since backward must
 * use the slopes that forward drew, and engines may compute a function of one number twice.
 */
record RandomSlope(double low, double high) implements Kernel {

    /** f(x), with a slope drawn for it, which is y/x. */
    ScalarFunction function() {
        return ScalarFormulas.of(x -> slope(x) * x, (x, y) -> x > 0 ? 1 : x == 0 ? low : y / x);
    }

    private double slope(double x) {
        return x > 0 ? 1 : low + (high - low) * Randomness.uniform();
    }

    @Override
    public void forward(Pass pass, double[] x, double[] y) {
        int n = pass.rows() * pass.columns();
        double[] slopes = pass.keep(n);
        for (int i = 0; i < n; i++) {
            slopes[i] = slope(x[i]);
            y[i] = slopes[i] * x[i];
        }
    }

    @Override
    public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
        double[] slopes = pass.kept();
        for (int i = 0; i < pass.rows() * pass.columns(); i++) {
            dx[i] = x[i] != x[i] ? x[i] : slopes[i] * dy[i];
        }
    }
}
