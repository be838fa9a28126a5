package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.formulas.FormulaGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A user's own {@code y = f(x, p)} in Float64, with SameDiff for forward and backward. It builds a graph once for each batch shape, and keeps a few that no
 * thread is running. Thread-safe.
 */
final class FormulaKernel implements Kernel {

    private static final int KEPT = 4;
    private static final String X = "x";
    private static final String SLOPES = "slopes";

    private final String name;
    private final BiFunction<SDVariable, Map<String, SDVariable>, SDVariable> formula;
    private final List<Layer.Initial> initials;
    private final Map<Integer, Integer> widths = new ConcurrentHashMap<>();
    private final Deque<Graph> waiting = new ConcurrentLinkedDeque<>();

    FormulaKernel(
            String name,
            BiFunction<SDVariable, Map<String, SDVariable>, SDVariable> formula,
            List<Layer.Initial> initials) {
        this.name = name;
        this.formula = formula;
        this.initials = List.copyOf(initials);
        if (initials.stream().map(Layer.Initial::name).distinct().count() < initials.size()) {
            throw new IllegalArgumentException("the parameters of " + name + " must have different names, but are "
                    + initials.stream().map(Layer.Initial::name).toList());
        }
    }

    @Override
    public int[] arrays() {
        return initials.stream().mapToInt(Layer.Initial::length).toArray();
    }

    @Override
    public int parameters() {
        return Arrays.stream(arrays()).sum();
    }

    @Override
    public double[] start(RandomGenerator random) {
        return initials.stream()
                .flatMapToDouble(initial -> Arrays.stream(initial.values(random)))
                .toArray();
    }

    /** The parameters as the layer's own arrays. */
    List<Parameter> trainables(INDArray values) {
        List<Parameter> all = new ArrayList<>();
        int at = 0;
        for (Layer.Initial initial : initials) {
            INDArray array = Tensors.slice(values, at, initial.length()).reshape('c', initial.shape());
            all.add(new Parameter(initial.name(), array, at));
            at += initial.length();
        }
        return all;
    }

    @Override
    public int outputs(int columns) {
        return widths.computeIfAbsent(columns, this::widthOf);
    }

    /** Determined from one row, since only the formula knows. */
    private int widthOf(int columns) {
        double[] zeros = new double[Math.max(parameters(), columns)];
        INDArray y = use(new Graph(1, columns, 0), graph -> graph.ofOneRow(zeros));
        if (y.rank() != 2 || y.rows() != 1) {
            throw new IllegalArgumentException(name + " must return a row for each row of x, but for x [1, " + columns
                    + "] its formula returns " + Tensors.shape(y));
        }
        return y.columns();
    }

    @Override
    public void forward(Pass pass, double[] x, double[] y) {
        INDArray result =
                with(pass, graph -> graph.run(x, pass.parameters(), null).get(graph.y));
        if (result.length() != (long) pass.rows() * outputs(pass.columns())) {
            throw new IllegalArgumentException(name + " must return [" + pass.rows() + ", " + outputs(pass.columns())
                    + "] for " + pass.rows() + " rows, but its formula returns " + Tensors.shape(result));
        }
        copy(result, y, 0);
    }

    @Override
    public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
        with(pass, graph -> {
            Map<String, INDArray> results = graph.run(x, pass.parameters(), dy);
            copy(results, graph.slopes.get(X), dx, 0, pass.rows() * pass.columns());
            int at = 0;
            for (Layer.Initial initial : initials) {
                copy(results, graph.slopes.get(place(initial)), dParameters, at, initial.length());
                at += initial.length();
            }
            return null;
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FormulaKernel kernel
                && formula.equals(kernel.formula)
                && initials.equals(kernel.initials);
    }

    @Override
    public int hashCode() {
        return formula.hashCode() + initials.hashCode();
    }

    /** Zeros where the result doesn't depend on it. */
    private static void copy(Map<String, INDArray> results, String gradient, double[] into, int at, int length) {
        if (gradient == null) {
            Arrays.fill(into, at, at + length, 0);
        } else {
            copy(results.get(gradient), into, at);
        }
    }

    private static void copy(INDArray from, double[] into, int at) {
        double[] numbers = Tensors.toDoubles(from);
        System.arraycopy(numbers, 0, into, at, numbers.length);
    }

    /** A name that SameDiff uses for no other input. */
    private static String place(Layer.Initial initial) {
        return "p_" + initial.name();
    }

    private interface Use<T> {
        T of(Graph graph);
    }

    private <T> T with(Pass pass, Use<T> use) {
        Graph known = waiting.stream()
                .filter(graph -> graph.rows == pass.rows() && graph.columns == pass.columns())
                .filter(waiting::remove)
                .findFirst()
                .orElse(null);
        Graph ready = known == null ? new Graph(pass.rows(), pass.columns(), outputs(pass.columns())) : known;
        T result = use(ready, use);
        waiting.addFirst(ready);
        if (waiting.size() > KEPT) {
            waiting.pollLast();
        }
        return result;
    }

    /** Leaves DL4J's workspaces, in which an engine may be: they would reuse memory that a result keeps. */
    @SuppressWarnings("try") // the scope is entered, not used
    private <T> T use(Graph graph, Use<T> use) {
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return use.of(graph);
        }
    }

    /** The formula for batches of one shape, with its derivatives unless there are no outputs to differentiate. */
    private final class Graph {

        private final FormulaGraph graph = new FormulaGraph();
        private final int rows;
        private final int columns;
        private final int outputs;
        private final String y;
        private final Map<String, String> slopes = new LinkedHashMap<>();

        Graph(int rows, int columns, int outputs) {
            this.rows = rows;
            this.columns = columns;
            this.outputs = outputs;
            Map<String, SDVariable> inputs = new LinkedHashMap<>();
            Map<String, SDVariable> parameters = new LinkedHashMap<>();
            inputs.put(X, graph.input(X, DataType.DOUBLE, rows, columns));
            for (Layer.Initial initial : initials) {
                SDVariable parameter = graph.input(place(initial), DataType.DOUBLE, initial.shape());
                inputs.put(place(initial), parameter);
                parameters.put(initial.name(), parameter);
            }
            SDVariable result = formula.apply(inputs.get(X), parameters);
            if (result == null) {
                throw new IllegalArgumentException("the formula of " + name + " returned null; it must return y");
            }
            y = result.name();
            if (outputs > 0) {
                graph.differentiate(result, graph.input(SLOPES, DataType.DOUBLE, rows, outputs), inputs.keySet());
                inputs.forEach((key, input) -> slopes.put(key, graph.gradient(input)));
            }
        }

        /** Computes y of zeros; only now does ND4J find out that the formula doesn't fit. */
        private INDArray ofOneRow(double... zeros) {
            try {
                return run(zeros, zeros, null).get(y);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                        "the formula of " + name + " can't take rows of " + columns
                                + " columns; give the layer the number of inputs that its parameters fit",
                        e);
            }
        }

        /** Computes y, or the gradients if dy is given. */
        Map<String, INDArray> run(double[] values, double[] parameters, double[] dy) {
            Map<String, INDArray> inputs = new LinkedHashMap<>();
            inputs.put(X, array(values, 0, rows, columns));
            int at = 0;
            for (Layer.Initial initial : initials) {
                long[] shape = initial.shape();
                inputs.put(place(initial), array(parameters, at, shape));
                at += initial.length();
            }
            if (dy == null) {
                return graph.run(inputs, List.of(y));
            }
            inputs.put(SLOPES, array(dy, 0, rows, outputs));
            return graph.run(
                    inputs, slopes.values().stream().filter(key -> key != null).toList());
        }

        private static INDArray array(double[] values, int at, long... shape) {
            int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            return Nd4j.createFromArray(Arrays.copyOfRange(values, at, at + length))
                    .reshape('c', shape);
        }
    }
}
