package io.github.flux4j.losses;

import io.github.flux4j.engine.Turn;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.formulas.FormulaGraph;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An expression that SameDiff differentiates. It builds a graph once per batch shape, which costs more than a step, and keeps those of the last few shapes,
 * since the last batch of an epoch is often smaller.
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
                " uses the same loss, which isn't built yet; write it without that loss");
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

        private final FormulaGraph graph = new FormulaGraph();
        private final DataType type;
        private final long[] shape;
        private final String loss;
        private final String gradient;

        Graph(LossFunction.Expression expression, DataType type, long[] shape) {
            this.type = type;
            this.shape = shape;
            SDVariable predictions = graph.input(PREDICTIONS, type, shape);
            SDVariable targets = graph.input(TARGETS, type, shape);
            SDVariable result = expression.of(predictions, targets);
            if (result == null) {
                throw new IllegalArgumentException("a loss must be a single number, but the expression returned null");
            }
            if (!graph.dependsOn(result, List.of(PREDICTIONS))) {
                throw new IllegalArgumentException(
                        "a loss must be computed from the predictions, but SameDiff can't differentiate "
                                + "the expression by them: no operation on floating-point numbers leads from them to the result");
            }
            graph.differentiate(result, null, List.of(PREDICTIONS));
            this.loss = result.name();
            this.gradient = graph.gradient(predictions);
        }

        boolean fits(INDArray predictions) {
            return predictions.dataType() == type && Arrays.equals(predictions.shape(), shape);
        }

        double value(INDArray predictions, INDArray targets) {
            return number(run(predictions, targets, List.of(loss)).get(loss));
        }

        private static double number(INDArray value) {
            if (value.length() != 1) {
                throw new IllegalArgumentException("a loss must be a single number, but the expression has shape "
                        + Tensors.shape(value) + "; end it with mean() or sum()");
            }
            return Tensors.toDoubles(value)[0];
        }

        INDArray gradient(INDArray predictions, INDArray targets) {
            Map<String, INDArray> results = run(predictions, targets, List.of(loss, gradient));
            number(results.get(loss));
            return results.get(gradient);
        }

        private Map<String, INDArray> run(INDArray predictions, INDArray targets, List<String> results) {
            return graph.run(Map.of(PREDICTIONS, predictions, TARGETS, targets), results);
        }
    }
}
