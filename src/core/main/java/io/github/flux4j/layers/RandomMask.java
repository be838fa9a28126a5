package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.SplitMix;

/**
 * Keeps or drops at random in training, as dropout and its kin do: {@code y = factor·x + kept} with probability 1 − p, else
 * {@code y = dropped}. The choice is made for each element, or once for all elements of a row or of a column.
 */
final class RandomMask implements Kernel {

    /** In place of a dimension: every element is chosen for itself. */
    static final int ALL = -1;

    private final int dimension;
    private final double p;
    private final double factor;
    private final double kept;
    private final double dropped;
    private final SplitMix random = Randomness.next();
    private volatile Mode mode = Mode.AUTO;

    /**
     * Chooses as often as the array is long in a dimension.
     *
     * @param dimension 0 for each row, 1 for each column, or {@link #ALL}
     */
    RandomMask(int dimension, double p, double factor, double kept, double dropped) {
        this.dimension = dimension;
        this.p = p;
        this.factor = factor;
        this.kept = kept;
        this.dropped = dropped;
    }

    static void probability(String layer, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(layer + " expects 0 ≤ p ≤ 1, but p was " + p);
        }
    }

    void setMode(Mode mode) {
        this.mode = mode;
    }

    Mode mode() {
        return mode;
    }

    SplitMix generator() {
        return random;
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
        double[] mask = pass.keep(dimension == ALL ? n : dimension == 0 ? pass.rows() : pass.columns());
        draw(mask);
        for (int i = 0; i < n; i++) {
            y[i] = mask[choice(i, pass.columns())] == 0 ? dropped : factor * x[i] + kept;
        }
    }

    /** Which choice is that for element i. */
    private int choice(int i, int columns) {
        return dimension == ALL ? i : dimension == 0 ? i / columns : i % columns;
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
        double slope = mask.length == 0 ? 1 : factor;
        for (int i = 0; i < pass.rows() * pass.columns(); i++) {
            boolean through = mask.length == 0 || mask[choice(i, pass.columns())] != 0;
            dx[i] = through ? slope * dy[i] : 0;
        }
    }
}
