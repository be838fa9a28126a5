package io.github.flux4j.losses;

import io.github.flux4j.engine.Tensors;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A user's loss, given as an expression and differentiated by SameDiff. The graph is built once for each shape of a batch, which costs
 * more than a step; those of the last few shapes are kept, since the last batch of an epoch is often smaller.
 */
final class ExpressionLoss extends ArrayLoss {

    ExpressionLoss(String name, LossExpression expression) {
        this(name, new Graphs(Objects.requireNonNull(expression, "expression is null")));
    }

    private ExpressionLoss(String name, Graphs graphs) {
        super(name, graphs::value, graphs::gradient);
    }

    private static final class Graphs {

        private static final int KEPT = 4;

        private final LossExpression expression;
        private final Deque<Graph> kept = new ArrayDeque<>();

        Graphs(LossExpression expression) {
            this.expression = expression;
        }

        synchronized double value(INDArray predictions, INDArray targets) {
            return graph(predictions).value(predictions, targets);
        }

        synchronized INDArray gradient(INDArray predictions, INDArray targets) {
            return graph(predictions).gradient(predictions, targets);
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
    }

    private static final class Graph {

        private static final String PREDICTIONS = "predictions";
        private static final String TARGETS = "targets";

        private final SameDiff graph = SameDiff.create();
        private final DataType type;
        private final long[] shape;
        private final String loss;

        Graph(LossExpression expression, DataType type, long[] shape) {
            this.type = type;
            this.shape = shape;
            SDVariable predictions = graph.placeHolder(PREDICTIONS, type, shape);
            SDVariable targets = graph.placeHolder(TARGETS, type, shape);
            SDVariable result = expression.of(predictions, targets);
            this.loss = result.name();
            graph.setLossVariables(loss);
            differentiateQuietly();
        }

        /** SameDiff prints a line for every operation that it differentiates, straight to the standard output. */
        private void differentiateQuietly() {
            PrintStream out = System.out;
            System.setOut(new PrintStream(OutputStream.nullOutputStream()));
            try {
                graph.createGradFunction(PREDICTIONS);
            } catch (IllegalStateException refused) {
                throw new IllegalArgumentException(
                        "a loss must be made of the predictions, but SameDiff can't differentiate the expression by them: "
                                + refused.getMessage(),
                        refused);
            } finally {
                System.setOut(out);
            }
        }

        boolean fits(INDArray predictions) {
            return predictions.dataType() == type && java.util.Arrays.equals(predictions.shape(), shape);
        }

        double value(INDArray predictions, INDArray targets) {
            INDArray value = graph.output(Map.of(PREDICTIONS, predictions, TARGETS, targets), loss)
                    .get(loss);
            if (value.length() != 1) {
                throw new IllegalArgumentException("a loss must be a single number, but the expression gives shape "
                        + Tensors.shape(value) + "; end it with mean() or sum()");
            }
            return Tensors.toDoubles(value)[0];
        }

        INDArray gradient(INDArray predictions, INDArray targets) {
            value(predictions, targets);
            return graph.calculateGradients(Map.of(PREDICTIONS, predictions, TARGETS, targets), List.of(PREDICTIONS))
                    .get(PREDICTIONS);
        }
    }
}
