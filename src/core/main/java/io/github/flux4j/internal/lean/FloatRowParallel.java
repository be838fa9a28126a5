package io.github.flux4j.internal.lean;

import static org.bytedeco.openblas.global.openblas.cblas_saxpy;

import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operand;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.threads.BlasThreads;
import io.github.flux4j.internal.threads.ParallelLoop;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Threads that share the rows of a large batch: each goes forward and backward through the whole model with its own, calling BLAS for
 * itself, and the gradients are added up. So what lies between the products is shared, too, and stays in a processor's own cache.
 */
final class FloatRowParallel implements ParallelLoop.Work {

    /** Multiplications of a forward pass from which on it pays. */
    private static final long WORTH_SHARING = 1 << 20;

    /** Numbers computed between products, from which on it pays, over parameters, whose gradients are added up. */
    private static final long RATIO = 3;

    private final FloatNode[] nodes;
    private final FloatParameters parameters;
    private final FloatLoss loss;
    private final int parameterCount;
    private final boolean rowsAreIndependent;
    private final ParallelLoop shares = new ParallelLoop(this);
    private FloatTape[] tapes = {};
    private FloatParameters[] gradients = {};
    private FloatView features;
    private float[] predictions = {};
    private float[] slopes = {};
    private INDArray gradient;
    private boolean backward;

    FloatRowParallel(FloatNode[] nodes, int parameterCount, FloatParameters parameters, FloatLoss loss) {
        this.nodes = nodes;
        this.parameters = parameters;
        this.loss = loss;
        this.parameterCount = parameterCount;
        this.rowsAreIndependent = Stream.of(nodes).allMatch(FloatNode::mayShareRows);
    }

    /** Whether sharing saves more than adding up the gradients costs. */
    boolean isWorthIt(FloatView x) {
        return (long) x.rows() * parameterCount >= WORTH_SHARING
                && rowsAreIndependent
                && !x.isTransposed()
                && x.rows() * FloatNodes.numbers(nodes, x.columns()) >= RATIO * parameterCount
                && BlasThreads.forParts(2) > 1;
    }

    /** The loss of a batch and its gradient; between {@link BlasThreads#enter} and {@link BlasThreads#leave}. */
    double gradient(FloatView x, Operand y, double[] weights, Objective objective, INDArray into) {
        int n = BlasThreads.forParts(Integer.MAX_VALUE);
        prepare(x, n, into);
        shares.run(n, n);
        double value = loss.evaluate(objective, predictions, y, weights, x.rows(), tapes[0].outputs(), slopes);
        backward = true;
        shares.run(n, n);
        addUp(n);
        return value;
    }

    private void prepare(FloatView x, int n, INDArray into) {
        if (tapes.length < n) {
            FloatTape[] more = new FloatTape[n];
            FloatParameters[] others = new FloatParameters[n];
            for (int i = 0; i < n; i++) {
                more[i] = new FloatTape(nodes, parameters);
                more[i].stayOnOneThread();
                others[i] = i == 0 ? null : new FloatParameters(Tensors.zeros(FloatTape.TYPE, parameterCount));
            }
            gradients = others;
            tapes = more;
        }
        int count = tapes[0].predictions(x.rows(), x.columns());
        for (int i = 0; i < n; i++) {
            tapes[i].begin(x.share(i, n), true);
        }
        predictions = room(predictions, count);
        slopes = room(slopes, count);
        features = x;
        gradient = into;
        backward = false;
    }

    private static float[] room(float[] array, int n) {
        return array.length < n ? new float[n] : array;
    }

    @Override
    public void run(int i, int n, int thread) {
        FloatTape tape = tapes[i];
        int from = ParallelLoop.start(features.rows(), i, n) * tape.outputs();
        int count = tape.rows() * tape.outputs();
        if (backward) {
            System.arraycopy(slopes, from, tape.predictionSlopes(), 0, count);
            tape.backward(i == 0 ? gradient : gradients[i].array());
        } else {
            tape.forward();
            System.arraycopy(tape.predictions(), 0, predictions, from, count);
        }
    }

    private void addUp(int n) {
        for (int i = 1; i < n; i++) {
            cblas_saxpy(
                    parameterCount,
                    1,
                    gradients[i].pointer(),
                    1,
                    tapes[0].gradient().pointer(),
                    1);
        }
    }
}
