package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operand;
import io.github.flux4j.engine.Turn;
import io.github.flux4j.internal.arrays.FloatMemory;
import io.github.flux4j.internal.arrays.OneDnn;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.threads.BlasThreads;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model as a list of nodes, each with a forward and a backward piece. Predictions may be computed by many threads at once, since each
 * has a tape of its own; gradients are computed one at a time.
 */
final class FloatProgram extends LeanProgram {

    /** Multiplications of a prediction that are worth a thread. */
    private static final long WORTH_A_THREAD = 1 << 17;

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
        nodes = FloatNodes.of(model.operations(), 0);
        parameters = model.parameters() == null ? null : new FloatParameters(model.parameters());
        parameterCount = FloatNodes.parameters(nodes);
        tapes = new FloatTapes(nodes, parameters);
        makeRoom();
    }

    /** For training, of no size yet. */
    private void makeRoom() {
        training = new FloatTape(nodes, parameters);
        rowParallel = new FloatRowParallel(nodes, parameterCount, parameters, loss);
    }

    @Override
    public INDArray predict(INDArray x) {
        int rows = x.rows();
        INDArray predictions = Tensors.zeros(FloatTape.TYPE, rows, FloatNodes.outputs(nodes, x.columns()));
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

    /** All of them, unless they are many and independent of each other. */
    private int rowsAtOnce(int rows, int columns) {
        if (rows == 1 || !FloatNodes.rowsAreIndependent(nodes)) {
            return rows;
        }
        return FloatBlocks.size(columns + FloatNodes.numbers(nodes, columns));
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
    public String remark() {
        return OneDnn.isFor(parameters.pointer(), Long.MAX_VALUE) ? "; large products by oneDNN" : "";
    }

    @Override
    public double gradient(Operand x, Operand y, double[] weights, Objective objective, INDArray gradient) {
        turn.begin();
        try {
            FloatView features = training.readable(x);
            if (!FloatNodes.isLarge(nodes, features.rows())) {
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

    @Override
    public Recording record(INDArray x) {
        FloatTape tape = new FloatTape(nodes, parameters);
        turn.begin();
        try {
            tape.begin(FloatView.of(Tensors.rowMajor(x, FloatTape.TYPE)), true);
            forward(tape);
        } finally {
            turn.end();
        }
        return new Recording() {
            @Override
            public INDArray predictions() {
                return array(tape.predictions(), tape.rows(), tape.outputs());
            }

            @Override
            public INDArray backward(INDArray slopes, INDArray gradient) {
                turn.begin();
                try {
                    FloatMemory.of(Tensors.rowMajor(slopes, FloatTape.TYPE))
                            .read(0, tape.predictionSlopes(), tape.rows() * tape.outputs());
                    tape.backward(gradient == null ? null : new FloatParameters(gradient), true);
                } finally {
                    turn.end();
                }
                return array(tape.slopes(0), tape.rows(), tape.columns(0));
            }
        };
    }

    private static INDArray array(float[] values, int rows, int columns) {
        INDArray array = Tensors.zeros(FloatTape.TYPE, rows, columns);
        FloatMemory.of(array).write(0, values, rows * columns);
        return array;
    }

    private void forward(FloatTape tape) {
        if (!FloatNodes.isLarge(nodes, tape.rows())) {
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
