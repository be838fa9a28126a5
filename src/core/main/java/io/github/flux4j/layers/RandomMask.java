package io.github.flux4j.layers;

import io.github.flux4j.engine.RandomChoice;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.SplitMix;

/**
 * Keeps or drops at random in training, for dropout and similar layers: {@code y = factor·x + kept} with probability 1 − p, else {@code y = dropped}. It
 * chooses for each element, or once for a whole row or column.
 */
final class RandomMask implements RandomChoice {

    /** In place of a dimension: choose for each element. */
    static final int ALL = -1;

    /** The bits of a random double. */
    private static final int BITS = 53;

    private final int dimension;
    private final double[] factors;
    private final double[] summands;
    private final long threshold;
    private final SplitMix random = Randomness.next();
    private volatile Mode mode = Mode.AUTO;

    /**
     * Makes a mask that chooses along a dimension.
     *
     * @param dimension 0 for each row, 1 for each column, or {@link #ALL}
     */
    RandomMask(int dimension, double p, double factor, double kept, double dropped) {
        this.dimension = dimension;
        this.factors = new double[] {factor, 0};
        this.summands = new double[] {kept, dropped};
        this.threshold = (long) Math.ceil(p * (1L << BITS));
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
    public double[] factors() {
        return factors;
    }

    @Override
    public double[] summands() {
        return summands;
    }

    @Override
    public boolean choose(boolean training, int rows, int columns, byte[] into) {
        if (threshold == 0 || !mode.isTraining(training)) {
            return false;
        }
        synchronized (random) {
            if (dimension == ALL) {
                draw(into, rows * columns);
            } else {
                byte[] each = new byte[dimension == 0 ? rows : columns];
                draw(each, each.length);
                for (int i = 0; i < rows * columns; i++) {
                    into[i] = each[dimension == 0 ? i / columns : i % columns];
                }
            }
        }
        return true;
    }

    /** Decides {@code nextDouble() < p} without a branch, which a processor would often mispredict. */
    private void draw(byte[] into, int n) {
        for (int i = 0; i < n; i++) {
            into[i] = (byte) ((random.nextLong() >>> Long.SIZE - BITS) - threshold >>> Long.SIZE - 1);
        }
    }
}
