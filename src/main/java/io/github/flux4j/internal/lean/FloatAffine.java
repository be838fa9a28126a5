package io.github.flux4j.internal.lean;

import io.github.flux4j.arrays.FloatMemory;
import io.github.flux4j.engine.Operation;
import java.util.Arrays;

/**
 * {@code Y = X·Wᵀ + b}, by BLAS, or by plain loops where calling it would cost more than it saves.
 *
 * <p>X {@code [rows, in]}, W {@code [out, in]}, Y {@code [rows, out]}; D are the slopes by Y. Backward: dW = Dᵀ·X, db = Σ rows of D,
 * dX = D·W.
 */
final class FloatAffine implements FloatNode {

    /** Multiplications below which plain loops are faster: a call of BLAS costs as much as some hundreds of them. */
    static final long PLAIN_BELOW = 512;

    private final Operation.Affine affine;
    private final int in;
    private final int out;
    private final boolean bias;
    private final int parameters;
    private final int offset;

    FloatAffine(Operation.Affine affine, int offset) {
        this.affine = affine;
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

    private boolean isPlain(FloatTape tape) {
        return (long) tape.rows() * in * out < PLAIN_BELOW;
    }

    @Override
    public void forward(FloatTape tape, int k) {
        if (isPlain(tape)) {
            plainForward(tape.values(k), weights(tape, k), tape.newValues(k + 1), tape.rows());
        } else {
            blas(tape, k).forward();
        }
    }

    @Override
    public void backward(FloatTape tape, int k, boolean inputs) {
        if (isPlain(tape)) {
            plainBackward(tape, k, inputs);
        } else {
            blas(tape, k).backward(inputs);
        }
    }

    private float[] weights(FloatTape tape, int k) {
        float[] weights = tape.weights(k, 2 * parameters());
        copy(tape.parameters().memory(), weights);
        return weights;
    }

    private void copy(FloatMemory parameters, float[] weights) {
        parameters.read(offset, weights, parameters());
    }

    private void plainForward(float[] x, float[] w, float[] y, int rows) {
        for (int i = 0, j = 0; i < rows * out; i++, j = j + 1 < out ? j + 1 : 0) {
            y[i] = bias ? w[out * in + j] : 0;
        }
        FloatMatrixProduct.multiply(rows, out, in, x, in, 1, w, 1, in, y, 0, out, 1);
    }

    /** The array of weights has room for their gradient behind them. */
    private void plainBackward(FloatTape tape, int k, boolean inputs) {
        int n = parameters();
        int rows = tape.rows();
        float[] w = tape.weights(k, 2 * n);
        float[] d = tape.slopes(k + 1);
        Arrays.fill(w, n, 2 * n, 0);
        FloatMatrixProduct.multiply(out, in, rows, d, 1, out, tape.values(k), in, 1, w, n, in, 1);
        for (int i = 0, j = 0; bias && i < rows * out; i++, j = j + 1 < out ? j + 1 : 0) {
            w[n + out * in + j] += d[i];
        }
        tape.gradient().memory().write(offset, w, n, n);
        if (inputs) {
            float[] dx = tape.slopes(k);
            Arrays.fill(dx, 0, rows * in, 0);
            FloatMatrixProduct.multiply(rows, in, out, d, out, 1, w, in, 1, dx, 0, in, 1);
        }
    }

    private FloatBlas blas(FloatTape tape, int k) {
        FloatBlas blas = (FloatBlas) tape.note(k);
        if (blas == null) {
            blas = new FloatBlas(affine, offset, tape, k);
            tape.note(k, blas);
        }
        return blas;
    }
}
