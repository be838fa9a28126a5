package io.github.flux4j.layers;

import io.github.flux4j.data.Randomness;
import io.github.flux4j.engine.Kernel;
import java.util.SplittableRandom;

/**
 * Keeps or drops each element at random in training, as dropout and its kin do: {@code y = factor·x + kept} with probability 1 − p, else
 * {@code y = dropped}.
 */
final class RandomMask implements Kernel {

    private final double p;
    private final double factor;
    private final double kept;
    private final double dropped;
    private final SplittableRandom random = Randomness.next();
    private volatile Mode mode = Mode.AUTO;

    RandomMask(double p, double factor, double kept, double dropped) {
        this.p = p;
        this.factor = factor;
        this.kept = kept;
        this.dropped = dropped;
    }

    /** The probability, checked. */
    static double probability(String layer, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(layer + " expects 0 ≤ p ≤ 1, but p was " + p);
        }
        return p;
    }

    void setMode(Mode mode) {
        this.mode = mode;
    }

    Mode mode() {
        return mode;
    }

    @Override
    public boolean rowsAreIndependent() {
        return !mode.isTraining(false);
    }

    @Override
    public void forward(Pass pass, double[] x, double[] y) {
        int n = pass.rows() * pass.columns();
        if (p == 0 || !mode.isTraining(pass.training())) {
            pass.keep(0);
            System.arraycopy(x, 0, y, 0, n);
            return;
        }
        double[] mask = pass.keep(n);
        draw(mask);
        for (int i = 0; i < n; i++) {
            y[i] = mask[i] == 0 ? dropped : factor * x[i] + kept;
        }
    }

    private void draw(double[] mask) {
        synchronized (random) {
            for (int i = 0; i < mask.length; i++) {
                mask[i] = random.nextDouble() < p ? 0 : 1;
            }
        }
    }

    @Override
    public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
        double[] mask = pass.kept();
        for (int i = 0; i < pass.rows() * pass.columns(); i++) {
            dx[i] = mask.length == 0 ? dy[i] : mask[i] == 0 ? 0 : factor * dy[i];
        }
    }
}
