package io.github.flux4j.engine;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The mathematics of a layer that is neither a product nor element-wise, on Java arrays with one example per row.
 *
 * <p>Several threads may run an object at once, and an engine repeats a prediction if its parameters changed meanwhile. What a run needs between forward and
 * backward belongs into its {@link Pass}.
 */
public interface Kernel {

    /** Returns how many of the flat parameters belong to this kernel; 0 by default. */
    default int parameters() {
        return 0;
    }

    /** Returns the lengths of its parameter arrays, in order. */
    default int[] arrays() {
        return parameters() == 0 ? new int[0] : new int[] {parameters()};
    }

    /**
     * Returns the first values of the parameters; zeros by default.
     *
     * @param random the layer's generator; {@code seed} can't repeat numbers from elsewhere
     */
    default double[] start(RandomGenerator random) {
        return new double[parameters()];
    }

    /** Returns the number of columns that x must have, or 0, the default, if any number will do. */
    default int inputs() {
        return 0;
    }

    /** Returns the number of columns of y for {@code columns} of x; the same by default. */
    default int outputs(int columns) {
        return columns;
    }

    /**
     * Whether, outside of training, each row of y depends on the same row of x alone, whatever the order of calls; false by default. If so, several threads
     * share the rows of a large input.
     */
    default boolean rowsAreIndependent() {
        return false;
    }

    /** Adopts what forward left in the last gradient's run, such as running statistics, once loss and gradient were found finite. */
    default void commit() {}

    /** Computes y {@code [rows, outputs]} from x {@code [rows, columns]}; both are row-major, and not the same array. */
    void forward(Pass pass, double[] x, double[] y);

    /**
     * Backpropagates through the last forward pass: computes dx from dy and, if there are parameters, their gradient.
     *
     * @param dParameters receives the gradient; null without parameters
     */
    void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double @Nullable [] dParameters);

    /** A run of a kernel over a batch; one object may serve many runs, one after another. */
    final class Pass {

        private double @Nullable [] parameters;
        private boolean training;
        private int rows;
        private int columns;
        private double[] kept = {};
        private final double[][] rooms = new double[6][0];

        /**
         * Begins a run over {@code [rows, columns]}; arrays may be longer than that.
         *
         * @param parameters the kernel's, null without
         * @param training whether the run computes a gradient
         */
        public Pass begin(double @Nullable [] parameters, boolean training, int rows, int columns) {
            this.parameters = parameters;
            this.training = training;
            this.rows = rows;
            this.columns = columns;
            return this;
        }

        public double @Nullable [] parameters() {
            return parameters;
        }

        /** Whether the run computes a gradient; a layer with a fixed mode ignores it. */
        public boolean training() {
            return training;
        }

        public int rows() {
            return rows;
        }

        public int columns() {
            return columns;
        }

        /** Returns one of six scratch arrays of at least n numbers, valid during forward or backward, with undefined contents. */
        public double[] room(int which, int n) {
            if (rooms[which].length < n) {
                rooms[which] = new double[n];
            }
            return rooms[which];
        }

        /** Returns an array of n numbers that forward fills for backward, with undefined contents. */
        public double[] keep(int n) {
            if (kept.length != n) {
                kept = new double[n];
            }
            return kept;
        }

        /** Returns the array that forward filled. */
        public double[] kept() {
            return kept;
        }
    }
}
