package io.github.flux4j.losses;

import io.github.flux4j.engine.Turn;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An expression differentiated by SameDiff. The graph is built once for each shape of a batch, which costs more than a step; those of the last
 * few shapes are kept, since the last batch of an epoch is often smaller.
 */
final class ExpressionGraphs {

    private static final int KEPT = 4;

    private final LossFunction.Expression expression;
    private final Turn turn;
    private final Deque<Graph> kept = new ArrayDeque<>();

    ExpressionGraphs(String name, LossFunction.Expression expression) {
        this.expression = expression;
        this.turn = new Turn(
                "an evaluation of ",
                name,
                "the expression of ",
                " asks for that very loss, which is not written down yet; write it without");
    }

    double value(INDArray predictions, INDArray targets) {
        turn.begin();
        try {
            return graph(predictions).value(predictions, targets);
        } finally {
            turn.end();
        }
    }

    INDArray gradient(INDArray predictions, INDArray targets) {
        turn.begin();
        try {
            return graph(predictions).gradient(predictions, targets);
        } finally {
            turn.end();
        }
    }

    private Graph graph(INDArray predictions) {
        for (Graph graph : kept) {
            if (graph.fits(predictions)) {
                return graph;
            }
        }
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.addLast(new Graph(expression, predictions.dataType(), predictions.shape()));
        return kept.getLast();
    }

    private static final class Graph {

        private static final String PREDICTIONS = "predictions";
        private static final String TARGETS = "targets";

        /** Runs after which SameDiff's session is replaced, which remembers every array that it has freed. */
        private static final int RUNS = 1000;

        private final SameDiff graph = SameDiff.create();
        private final DataType type;
        private final long[] shape;
        private final String loss;
        private final String gradient;
        private InferenceSession session;
        private int runs;

        Graph(LossFunction.Expression expression, DataType type, long[] shape) {
            this.type = type;
            this.shape = shape;
            SDVariable predictions = graph.placeHolder(PREDICTIONS, type, shape);
            SDVariable targets = graph.placeHolder(TARGETS, type, shape);
            SDVariable result = expression.of(predictions, targets);
            if (result == null) {
                throw new IllegalArgumentException("a loss must be a single number, but the expression gives null");
            }
            this.loss = result.name();
            this.gradient = differentiate(result, predictions).name();
        }

        /**
         * Backward through SameDiff's operations, each by its own derivative. SameDiff's createGradFunction does the same but prints a line
         * for each operation, straight to the standard output.
         */
        private SDVariable differentiate(SDVariable result, SDVariable predictions) {
            DifferentialFunction[] operations = graph.ops(); // an operation's inputs come before it
            Set<String> dependent = dependentOnPredictions(operations);
            if (!dependent.contains(loss)) {
                throw new IllegalArgumentException(
                        "a loss must be computed from the predictions, but SameDiff can't differentiate "
                                + "the expression by them: no operation on floating-point numbers leads from them to the result");
            }
            graph.setGradientForVariableName(loss, graph.onesLike(result));
            for (int i = operations.length - 1; i >= 0; i--) {
                List<SDVariable> outputs = List.of(graph.getOutputVariablesForOp(operations[i]));
                if (outputs.stream().anyMatch(output -> dependent.contains(output.name()) && output.hasGradient())) {
                    operations[i].diff(gradients(outputs));
                }
            }
            return predictions.gradient();
        }

        private Set<String> dependentOnPredictions(DifferentialFunction[] operations) {
            Set<String> dependent = new HashSet<>(Set.of(PREDICTIONS));
            for (DifferentialFunction operation : operations) {
                if (Stream.of(operation.argNames()).anyMatch(dependent::contains)) {
                    Stream.of(graph.getOutputVariablesForOp(operation))
                            .filter(output -> output.dataType().isFPType())
                            .forEach(output -> dependent.add(output.name()));
                }
            }
            return dependent;
        }

        /** Null for integers, zeros for outputs that the loss doesn't depend on. */
        private List<SDVariable> gradients(List<SDVariable> outputs) {
            List<SDVariable> gradients = new ArrayList<>();
            for (SDVariable output : outputs) {
                boolean isNumber = output.dataType().isFPType();
                SDVariable gradient = isNumber ? output.gradient() : null;
                gradients.add(isNumber && gradient == null ? graph.zerosLike(output) : gradient);
            }
            return gradients;
        }

        boolean fits(INDArray predictions) {
            return predictions.dataType() == type && Arrays.equals(predictions.shape(), shape);
        }

        double value(INDArray predictions, INDArray targets) {
            return number(run(predictions, targets, List.of(loss)).get(loss));
        }

        private static double number(INDArray value) {
            if (value.length() != 1) {
                throw new IllegalArgumentException("a loss must be a single number, but the expression gives shape "
                        + Tensors.shape(value) + "; end it with mean() or sum()");
            }
            return Tensors.toDoubles(value)[0];
        }

        INDArray gradient(INDArray predictions, INDArray targets) {
            Map<String, INDArray> results = run(predictions, targets, List.of(loss, gradient));
            number(results.get(loss));
            return results.get(gradient);
        }

        /** By a session of its own: SameDiff would keep one for each thread that ever asked. */
        private Map<String, INDArray> run(INDArray predictions, INDArray targets, List<String> results) {
            if (runs++ % RUNS == 0) {
                session = new InferenceSession(graph);
                session.setMmgr(new RowMajorMemory());
            }
            Map<String, INDArray> inputs = Map.of(PREDICTIONS, predictions, TARGETS, targets);
            return session.output(results, inputs, null, List.of(), List.of(), At.defaultAt(Operation.INFERENCE));
        }
    }

    /**
     * Memory of a SameDiff session, given back at once. SameDiff's own keeps arrays and hands them out again in another order than they have,
     * where ND4J's new arrays are column-major ({@code -Dndarray.order=f}): the numbers are wrong then.
     */
    static final class RowMajorMemory extends AbstractMemoryMgr {

        @Override
        public INDArray allocate(boolean detached, DataType type, long... shape) {
            return Tensors.uninitialised(type, shape);
        }

        @Override
        public INDArray allocate(boolean detached, LongShapeDescriptor array) {
            return array.isEmpty() ? Nd4j.create(array) : Tensors.uninitialised(array.dataType(), array.getShape());
        }

        @Override
        public void release(INDArray array) {
            if (array.closeable()) {
                array.close();
            }
        }

        @Override
        public void close() {}
    }
}
