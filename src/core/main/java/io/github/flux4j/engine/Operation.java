package io.github.flux4j.engine;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One operation of a model as a plain value; a model is a list of them, in the order in which data flows. An engine refuses a model that has
 * one it doesn't know, see {@link Blueprint#refusal}.
 */
public interface Operation {

    /** The lengths of the arrays in the flat parameters that are this operation's, one after another. */
    default int[] arrays() {
        return new int[0];
    }

    /** How many of the flat parameters are this operation's. */
    default int parameters() {
        int sum = 0;
        for (int length : arrays()) {
            sum += length;
        }
        return sum;
    }

    /** How many columns y has where x has {@code columns}. */
    default int outputs(int columns) {
        return columns;
    }

    /** The operations that this one is built of, in the order of their parameters. */
    default List<Operation> inner() {
        return List.of();
    }

    /**
     * {@code y = x·Wᵀ + b}: x {@code [n, inputs]}, y {@code [n, outputs]}. In the flat parameters: W {@code [outputs, inputs]},
     * row by row, then b {@code [outputs]} where there is a bias.
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
     * @param name the function; the names of Flux's own functions mean those and no others
     * @param loops gives a loop for each thread
     */
    record Pointwise(String name, Supplier<ScalarLoop> loops) implements Operation {}

    /**
     * A layer's own mathematics on whole rows, such as softmax or a normalisation.
     *
     * @param origin what it can be made again of
     */
    record Rows(Kernel kernel, Origin origin) implements Operation {

        /** One of which nothing is known but what it computes. */
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
     * Each branch computes on x, and y joins what they give. In the flat parameters: those of the branches, one after another.
     *
     * @param name what it is, for messages
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
     * Operations one after another on some of x's columns, from {@code from} to before {@code to}; on all if {@code to} is 0. Without operations
     * the columns are handed on.
     */
    record Branch(int from, int to, List<Operation> operations) {

        public Branch {
            operations = List.copyOf(operations);
        }

        /** How many columns it takes of so many. */
        public int inputs(int columns) {
            return (to == 0 ? columns : to) - from;
        }

        /** How many columns it gives for x of so many. */
        public int outputs(int columns) {
            int width = inputs(columns);
            for (Operation operation : operations) {
                width = operation.outputs(width);
            }
            return width;
        }
    }
}
