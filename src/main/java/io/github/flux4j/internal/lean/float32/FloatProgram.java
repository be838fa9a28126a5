package io.github.flux4j.internal.lean.float32;

import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operand;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Tensors;
import io.github.flux4j.engine.float32.FloatMemory;
import io.github.flux4j.internal.lean.LeanProgram;
import io.github.flux4j.internal.natives.BlasThreads;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model as a list of nodes, each with a forward and a backward piece. Predictions may be computed by many threads at once, since each
 * has a tape of its own; gradients are computed one at a time.
 */
public final class FloatProgram extends LeanProgram {

    /** Multiplications below which OpenBLAS uses one thread anyway. */
    private static final int LARGE = 1 << 13;

    private final FloatNode[] nodes;
    private final int parameterCount;
    private final FloatParameters parameters;
    private final ThreadLocal<FloatTape> tapes;
    private final FloatTape training;
    private final FloatLoss loss = new FloatLoss();
    private final FloatCrew crew;

    /** A lock that costs half of a monitor's, which a small step would feel. */
    private final AtomicBoolean busy = new AtomicBoolean();

    /** A model ready to run on the blueprint's memory. */
    public FloatProgram(Blueprint model) {
        List<Operation> operations = model.operations();
        nodes = new FloatNode[operations.size()];
        parameters = model.parameters() == null ? null : new FloatParameters(model.parameters());
        int offset = 0;
        for (int k = 0; k < nodes.length; k++) {
            nodes[k] = node(operations.get(k), offset);
            offset += nodes[k].parameters();
        }
        parameterCount = offset;
        tapes = ThreadLocal.withInitial(() -> new FloatTape(nodes, parameters));
        training = new FloatTape(nodes, parameters);
        crew = new FloatCrew(nodes, parameterCount, parameters, loss);
    }

    private static FloatNode node(Operation operation, int offset) {
        if (operation instanceof Operation.Affine affine) {
            return new FloatAffine(affine, offset);
        }
        if (operation instanceof Operation.Pointwise pointwise) {
            return new FloatPointwise(pointwise.loop());
        }
        return new FloatRows(((Operation.Rows) operation).kernel(), offset);
    }

    @Override
    public INDArray predict(INDArray x) {
        FloatTape tape = tapes.get();
        tape.begin(tape.readable(new Operand(x)), false);
        forward(tape);
        INDArray predictions = Tensors.zeros(FloatTape.TYPE, tape.rows(), tape.outputs());
        FloatMemory.of(predictions).write(0, tape.predictions(), tape.rows() * tape.outputs());
        return predictions;
    }

    @Override
    public void predict(float[] x, int rows, float[] y) {
        FloatTape tape = tapes.get();
        tape.begin(x, rows);
        forward(tape);
        System.arraycopy(tape.predictions(), 0, y, 0, y.length);
    }

    @Override
    public double gradient(Operand x, Operand y, double[] weights, Objective objective, INDArray gradient) {
        while (!busy.compareAndSet(false, true)) {
            Thread.yield();
        }
        try {
            FloatView features = training.readable(x);
            if (!isLarge(features.rows())) {
                return gradient(features, y, weights, objective, gradient);
            }
            BlasThreads.enter();
            try {
                return crew.isWorthIt(features)
                        ? crew.gradient(features, y, weights, objective, gradient)
                        : gradient(features, y, weights, objective, gradient);
            } finally {
                BlasThreads.leave();
            }
        } finally {
            busy.setRelease(false);
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
        return (long) rows * parameterCount >= LARGE;
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
