package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.ScalarLoop;
import io.github.flux4j.internal.arrays.FloatMemory;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * {@code Y = f(S)} with {@code S = X·Wᵀ + b}, by BLAS, or by plain loops where calling it would cost more than it saves; f may be absent.
 *
 * <p>X {@code [rows, in]}, W {@code [out, in]}, S and Y {@code [rows, out]}; D are the slopes by S. Backward: D = f′(S)·dY, dW = Dᵀ·X,
 * db = Σ rows of D, dX = D·W.
 */
final class FloatAffine implements FloatNode {

    /** Multiplications below which plain loops are faster: a call of BLAS costs as much as some hundreds of them. */
    static final long PLAIN_BELOW = 512;

    /** Multiplications up to which OpenBLAS uses one thread anyway: by half of its own limit for products of matrices. */
    private static final long SMALL_PRODUCT = 1 << 17;

    /** The same of a matrix and a vector. */
    private static final long SMALL_VECTOR_PRODUCT = 1 << 13;

    private final Operation.Affine affine;
    private final Supplier<ScalarLoop> activation;
    private final int in;
    private final int out;
    private final boolean bias;
    private final int parameters;
    private final int offset;

    /**
     * A node whose parameters begin at an offset.
     *
     * @param activation gives a loop of f for each thread; null if there is none
     */
    FloatAffine(Operation.Affine affine, Supplier<ScalarLoop> activation, int offset) {
        this.affine = affine;
        this.activation = activation;
        this.in = affine.inputs();
        this.out = affine.outputs();
        this.bias = affine.bias();
        this.parameters = affine.parameters();
        this.offset = offset;
    }

    @Override
    public int parameters() {
        return parameters;
    }

    @Override
    public int outputs(int inputs) {
        return out;
    }

    @Override
    public int numbers(int inputs) {
        return activation == null ? out : 2 * out;
    }

    @Override
    public boolean isByBlas(int rows) {
        return (long) rows * in * out >= PLAIN_BELOW;
    }

    @Override
    public boolean isLarge(int rows) {
        return rows == 1
                ? (long) in * out > SMALL_VECTOR_PRODUCT
                : (long) rows * in * out > SMALL_PRODUCT || (long) rows * out > SMALL_VECTOR_PRODUCT;
    }

    @Override
    public void forward(FloatTape tape, int k) {
        if (isByBlas(tape.rows())) {
            blas(tape, k).forward();
            return;
        }
        float[] y = tape.newValues(k + 1);
        float[] s = activation == null ? y : tape.sums(k + 1);
        plainForward(tape.values(k), weights(tape, k), s, tape.rows());
        if (activation != null) {
            blas(tape, k).activation().values(s, y, 0, tape.rows() * out);
        }
    }

    @Override
    public void backward(FloatTape tape, int k, boolean inputs) {
        if (isByBlas(tape.rows())) {
            blas(tape, k).backward(inputs);
            return;
        }
        if (activation != null) {
            float[] d = tape.slopes(k + 1);
            int n = tape.rows() * out;
            blas(tape, k).activation().derivatives(tape.sums(k + 1), tape.values(k + 1), d, d, 0, n);
        }
        plainBackward(tape, k, inputs);
    }

    private float[] weights(FloatTape tape, int k) {
        float[] weights = tape.weights(k, 2 * parameters());
        copy(tape.parameters().memory(), weights);
        return weights;
    }

    private void copy(FloatMemory parameters, float[] weights) {
        parameters.read(offset, weights, parameters());
    }

    private void plainForward(float[] x, float[] w, float[] s, int rows) {
        for (int i = 0, j = 0; i < rows * out; i++, j = j + 1 < out ? j + 1 : 0) {
            s[i] = bias ? w[out * in + j] : 0;
        }
        FloatMatrices.multiply(false, true, rows, out, in, x, w, s, 0);
    }

    /** The array of weights has room for their gradient behind them. */
    private void plainBackward(FloatTape tape, int k, boolean inputs) {
        int n = parameters();
        int rows = tape.rows();
        float[] w = tape.weights(k, 2 * n);
        float[] d = tape.slopes(k + 1);
        Arrays.fill(w, n, 2 * n, 0);
        FloatMatrices.multiply(true, false, out, in, rows, d, tape.values(k), w, n);
        for (int i = 0, j = 0; bias && i < rows * out; i++, j = j + 1 < out ? j + 1 : 0) {
            w[n + out * in + j] += d[i];
        }
        tape.gradient().memory().write(offset, w, n, n);
        if (inputs) {
            float[] dx = tape.slopes(k);
            Arrays.fill(dx, 0, rows * in, 0);
            FloatMatrices.multiply(false, false, rows, in, out, d, w, dx, 0);
        }
    }

    private FloatBlas blas(FloatTape tape, int k) {
        FloatBlas blas = (FloatBlas) tape.note(k);
        if (blas == null) {
            blas = new FloatBlas(affine, activation, offset, tape, k);
            tape.note(k, blas);
        }
        return blas;
    }
}
