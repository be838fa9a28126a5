package io.github.flux4j.engine;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One operation of a model, as an immutable value; a model is a list of them in the order of its data's flow. An engine refuses a model with an operation that
 * it doesn't know, see {@link Blueprint#refusal}.
 */
public interface Operation {

    /** Returns the lengths of this operation's arrays in the flat parameters, in order. */
    default int[] arrays() {
        return new int[0];
    }

    /** Returns how many of the flat parameters belong to this operation. */
    default int parameters() {
        int sum = 0;
        for (int length : arrays()) {
            sum += length;
        }
        return sum;
    }

    /** Returns the number of columns of y for {@code columns} of x. */
    default int outputs(int columns) {
        return columns;
    }

    /** Returns the operations within this one, in the order of their parameters. */
    default List<Operation> inner() {
        return List.of();
    }

    /**
     * {@code y = x·Wᵀ + b}: x {@code [n, inputs]}, y {@code [n, outputs]}. The flat parameters hold W {@code [outputs, inputs]}, row by row, then b {@code
     * [outputs]} if there is a bias.
     */
    record Affine(int inputs, int outputs, boolean bias) implements Operation {

        @Override
        public int[] arrays() {
            return bias ? new int[] {outputs * inputs, outputs} : new int[] {outputs * inputs};
        }

        @Override
        public int outputs(int columns) {
            return outputs;
        }
    }

    /**
     * {@code y = f(x)}, element by element; any width.
     *
     * @param name the function; the names of Flux's functions are reserved for them
     * @param loops makes a loop for each thread
     */
    record Pointwise(String name, Supplier<ScalarLoop> loops) implements Operation {}

    /**
     * A layer's own mathematics on whole rows, such as softmax or a normalisation.
     *
     * @param origin what can make it again
     */
    record Rows(Kernel kernel, Origin origin) implements Operation {

        /** Makes an operation without an origin. */
        public Rows(Kernel kernel) {
            this(kernel, Origin.UNKNOWN);
        }

        @Override
        public int[] arrays() {
            return kernel.arrays();
        }

        @Override
        public int outputs(int columns) {
            return kernel.outputs(columns);
        }
    }

    /**
     * Branches that compute on x, and a join of their outputs. The flat parameters hold those of the branches, in order.
     *
     * @param name its kind, for messages
     */
    record Branches(String name, List<Branch> branches, Join join) implements Operation {

        public Branches {
            branches = List.copyOf(branches);
        }

        @Override
        public int[] arrays() {
            return inner().stream()
                    .flatMapToInt(operation -> IntStream.of(operation.arrays()))
                    .toArray();
        }

        @Override
        public int outputs(int columns) {
            return join.outputs(branches.stream()
                    .mapToInt(branch -> branch.outputs(columns))
                    .toArray());
        }

        @Override
        public List<Operation> inner() {
            return branches.stream()
                    .flatMap(branch -> branch.operations().stream())
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Operations in sequence on x's columns {@code from} to {@code to} (exclusive), or on all if {@code to} is 0. Without operations it passes the columns on.
     */
    record Branch(int from, int to, List<Operation> operations) {

        public Branch {
            operations = List.copyOf(operations);
        }

        /** Returns how many of these columns it takes. */
        public int inputs(int columns) {
            return (to == 0 ? columns : to) - from;
        }

        /** Returns the number of output columns for x with these columns. */
        public int outputs(int columns) {
            int width = inputs(columns);
            for (Operation operation : operations) {
                width = operation.outputs(width);
            }
            return width;
        }
    }
}
