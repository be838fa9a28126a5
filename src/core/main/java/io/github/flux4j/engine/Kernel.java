package io.github.flux4j.engine;

import java.util.random.RandomGenerator;

/**
 * The mathematics of a layer that is neither a product nor element-wise, on Java arrays, one example a row.
 * An object may be run by several threads at once, and for a prediction once more where its parameters changed meanwhile; what a pass needs between forward and backward is kept in its {@link Pass}.
 */
public interface Kernel {

    /** How many of the flat parameters are this kernel's. */
    default int parameters() {
        return 0;
    }

    /** The lengths of the arrays that these are, one after another. */
    default int[] arrays() {
        return parameters() == 0 ? new int[0] : new int[] {parameters()};
    }

    /**
     * The first values of the parameters; zeros unless a kernel says otherwise.
     *
     * @param random the layer's generator; numbers from elsewhere can't be repeated by {@code seed}
     */
    default double[] start(RandomGenerator random) {
        return new double[parameters()];
    }

    /** How many columns x must have, or 0 if any number will do. */
    default int inputs() {
        return 0;
    }

    /** How many columns y has where x has {@code columns}; as many, unless a kernel says otherwise. */
    default int outputs(int columns) {
        return columns;
    }

    /**
     * Whether, outside of training, each row of y comes from the same row of x alone, by the same numbers whatever the order of calls; then
     * large inputs are predicted some rows at a time, by several threads.
     */
    default boolean rowsAreIndependent() {
        return false;
    }

    /**
     * Takes over for good what forward left of the last run that computed a gradient, such as running statistics: loss and gradient were
     * found to be finite.
     */
    default void commit() {}

    /** Computes y {@code [rows, outputs]} from x {@code [rows, columns]}; both row-major, and not the same array. */
    void forward(Pass pass, double[] x, double[] y);

    /**
     * Backpropagates through the forward pass just made: dx from dy, and, where there are parameters, their gradient.
     *
     * @param dParameters receives the gradient; null without parameters
     */
    void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters);

    /** A run of a kernel over a batch; one object may serve many runs, one after another. */
    final class Pass {

        private double[] parameters;
        private boolean training;
        private int rows;
        private int columns;
        private double[] kept = {};
        private final double[][] rooms = new double[6][0];

        /**
         * Begins a run over {@code [rows, columns]}; arrays may be longer than that.
         *
         * @param parameters the kernel's, null without
         * @param training whether a gradient is being computed
         */
        public Pass begin(double[] parameters, boolean training, int rows, int columns) {
            this.parameters = parameters;
            this.training = training;
            this.rows = rows;
            this.columns = columns;
            return this;
        }

        public double[] parameters() {
            return parameters;
        }

        /** Whether a gradient is being computed; a layer forced into a mode does not care. */
        public boolean training() {
            return training;
        }

        public int rows() {
            return rows;
        }

        public int columns() {
            return columns;
        }

        /** One of six rooms for n numbers, or more, while forward or backward runs; what it holds is undefined. */
        public double[] room(int which, int n) {
            if (rooms[which].length < n) {
                rooms[which] = new double[n];
            }
            return rooms[which];
        }

        /** Room for n numbers that forward leaves for backward; what it holds is undefined. */
        public double[] keep(int n) {
            if (kept.length != n) {
                kept = new double[n];
            }
            return kept;
        }

        /** What forward left. */
        public double[] kept() {
            return kept;
        }
    }
}
