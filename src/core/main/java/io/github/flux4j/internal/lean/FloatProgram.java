package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operand;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Turn;
import io.github.flux4j.internal.arrays.FloatMemory;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.threads.BlasThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model as a list of nodes, each with a forward and a backward piece. Predictions may be computed by many threads at once, since each
 * has a tape of its own; gradients are computed one at a time.
 */
final class FloatProgram extends LeanProgram {

    /** Multiplications of a prediction that are worth a thread. */
    private static final long WORTH_A_THREAD = 1 << 17;

    /** What computes each kind of operation; there is none for others. */
    static final Map<Class<? extends Operation>, Maker> NODES = Map.of(
            Operation.Affine.class, (operation, offset) -> new FloatAffine((Operation.Affine) operation, null, offset),
            Operation.Pointwise.class, (operation, offset) -> new FloatPointwise((Operation.Pointwise) operation),
            Operation.Rows.class, (operation, offset) -> new FloatKernelNode((Operation.Rows) operation, offset));

    /** Makes a node whose parameters begin at an offset. */
    interface Maker {
        FloatNode of(Operation operation, int offset);
    }

    private final FloatNode[] nodes;
    private final int parameterCount;
    private final FloatParameters parameters;
    private final FloatTapes tapes;
    private final FloatLoss loss = new FloatLoss();
    private final Turn turn;
    private FloatTape training;
    private FloatRowParallel rowParallel;

    /** A model ready to run on the blueprint's memory. */
    FloatProgram(Blueprint model) {
        turn = Turn.ofGradients(model.name());
        nodes = nodes(model.operations());
        parameters = model.parameters() == null ? null : new FloatParameters(model.parameters());
        parameterCount = parameterCount(nodes);
        tapes = new FloatTapes(nodes, parameters);
        makeRoom();
    }

    private static int parameterCount(FloatNode[] nodes) {
        int count = 0;
        for (FloatNode node : nodes) {
            count += node.parameters();
        }
        return count;
    }

    /** For training, of no size yet. */
    private void makeRoom() {
        training = new FloatTape(nodes, parameters);
        rowParallel = new FloatRowParallel(nodes, parameterCount, parameters, loss);
    }

    /** An affine operation and the element-wise one that follows it are one node. */
    private static FloatNode[] nodes(List<Operation> operations) {
        List<FloatNode> nodes = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < operations.size(); i++) {
            FloatNode node;
            if (operations.get(i) instanceof Operation.Affine affine
                    && i + 1 < operations.size()
                    && operations.get(i + 1) instanceof Operation.Pointwise pointwise) {
                node = new FloatAffine(affine, pointwise.loops(), offset);
                i++;
            } else {
                node = NODES.get(operations.get(i).getClass()).of(operations.get(i), offset);
            }
            offset += node.parameters();
            nodes.add(node);
        }
        return nodes.toArray(FloatNode[]::new);
    }

    @Override
    public INDArray predict(INDArray x) {
        int rows = x.rows();
        INDArray predictions = Tensors.zeros(FloatTape.TYPE, rows, outputs(x.columns()));
        FloatMemory into = FloatMemory.of(predictions);
        int size = rowsAtOnce(rows, x.columns());
        if (size < rows) {
            FloatView features = FloatView.of(Tensors.rowMajor(x, FloatTape.TYPE));
            inBlocks(
                    rows,
                    size,
                    (tape, first, count) -> tape.begin(features, first, count),
                    (tape, first) ->
                            into.write(first * tape.outputs(), tape.predictions(), tape.rows() * tape.outputs()));
            return predictions;
        }
        FloatTape tape = tapes.take();
        try {
            tape.begin(tape.readable(new Operand(x)), false);
            forward(tape);
            into.write(0, tape.predictions(), rows * tape.outputs());
        } finally {
            tapes.give(tape);
        }
        return predictions;
    }

    @Override
    public void predict(float[] x, int rows, float[] y) {
        int columns = x.length / rows;
        int size = rowsAtOnce(rows, columns);
        if (size < rows) {
            inBlocks(
                    rows,
                    size,
                    (tape, first, count) -> tape.begin(x, columns, first, count),
                    (tape, first) -> System.arraycopy(
                            tape.predictions(), 0, y, first * tape.outputs(), tape.rows() * tape.outputs()));
            return;
        }
        FloatTape tape = tapes.take();
        try {
            tape.begin(x, columns, 0, rows);
            forward(tape);
            System.arraycopy(tape.predictions(), 0, y, 0, y.length);
        } finally {
            tapes.give(tape);
        }
    }

    private int outputs(int columns) {
        int width = columns;
        for (FloatNode node : nodes) {
            width = node.outputs(width);
        }
        return width;
    }

    /** All of them, unless they are many and independent of each other. */
    private int rowsAtOnce(int rows, int columns) {
        if (rows == 1 || !rowsAreIndependent()) {
            return rows;
        }
        return FloatBlocks.size(numbers(columns));
    }

    private boolean rowsAreIndependent() {
        for (FloatNode node : nodes) {
            if (!node.rowsAreIndependent()) {
                return false;
            }
        }
        return true;
    }

    /** Between the nodes for a row. */
    private long numbers(int columns) {
        int width = columns;
        long numbers = columns;
        for (FloatNode node : nodes) {
            numbers += node.numbers(width);
            width = node.outputs(width);
        }
        return numbers;
    }

    private void inBlocks(int rows, int size, FloatBlocks.Input input, FloatBlocks.Output output) {
        BlasThreads.enter();
        try {
            int threads = BlasThreads.forParts((long) rows * parameterCount / WORTH_A_THREAD);
            FloatBlocks.predict(tapes, rows, size, threads, input, output);
        } finally {
            BlasThreads.leave();
        }
    }

    @Override
    public double gradient(Operand x, Operand y, double[] weights, Objective objective, INDArray gradient) {
        turn.begin();
        try {
            FloatView features = training.readable(x);
            if (!isLarge(features.rows())) {
                return gradient(features, y, weights, objective, gradient);
            }
            BlasThreads.enter();
            try {
                return rowParallel.isWorthIt(features)
                        ? rowParallel.gradient(features, y, weights, objective, gradient)
                        : gradient(features, y, weights, objective, gradient);
            } finally {
                BlasThreads.leave();
            }
        } catch (OutOfMemoryError tooLarge) {
            makeRoom(); // what has grown for this batch would be kept for the next
            throw tooLarge;
        } finally {
            turn.end();
        }
    }

    private void forward(FloatTape tape) {
        if (!isLarge(tape.rows())) {
            tape.forward();
            return;
        }
        BlasThreads.enter();
        try {
            tape.forward();
        } finally {
            BlasThreads.leave();
        }
    }

    private boolean isLarge(int rows) {
        for (FloatNode node : nodes) {
            if (node.isLarge(rows)) {
                return true;
            }
        }
        return false;
    }

    private double gradient(FloatView x, Operand y, double[] weights, Objective objective, INDArray gradient) {
        training.begin(x, true);
        training.forward();
        float[] slopes = training.predictionSlopes();
        double value = loss.evaluate(
                objective, training.predictions(), y, weights, training.rows(), training.outputs(), slopes);
        if (gradient != null) {
            training.backward(gradient);
        }
        return value;
    }
}
