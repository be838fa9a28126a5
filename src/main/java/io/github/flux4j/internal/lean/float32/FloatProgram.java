package io.github.flux4j.internal.lean.float32;

import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operand;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Tensors;
import io.github.flux4j.engine.float32.FloatMemory;
import io.github.flux4j.internal.lean.LeanProgram;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model as a list of nodes, each with a forward and a backward piece. Predictions may be computed by many threads at once, since each
 * has a tape of its own; gradients are computed one at a time.
 */
public final class FloatProgram extends LeanProgram {

    private final FloatNode[] nodes;
    private final FloatParameters parameters;
    private final ThreadLocal<FloatTape> tapes;
    private final FloatTape training;

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
        tapes = ThreadLocal.withInitial(() -> new FloatTape(nodes, parameters));
        training = new FloatTape(nodes, parameters);
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
        tape.begin(new Operand(x), false);
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
    public double gradient(Operand x, Operand y, double[] weights, Objective loss, INDArray gradient) {
        while (!busy.compareAndSet(false, true)) {
            Thread.yield();
        }
        try {
            training.begin(x, true);
            forward(training);
            double value = training.loss(y, weights, loss);
            backward(gradient);
            return value;
        } finally {
            busy.setRelease(false);
        }
    }

    private void forward(FloatTape tape) {
        for (int k = 0; k < nodes.length; k++) {
            nodes[k].forward(tape, k);
        }
    }

    /** Down to the first node that has parameters; nobody wants the gradient by the features. */
    private void backward(INDArray gradient) {
        if (gradient == null) {
            return;
        }
        training.collectInto(gradient);
        int first = 0;
        while (nodes[first].parameters() == 0) {
            first++;
        }
        for (int k = nodes.length - 1; k >= first; k--) {
            nodes[k].backward(training, k, k > first);
        }
    }
}
