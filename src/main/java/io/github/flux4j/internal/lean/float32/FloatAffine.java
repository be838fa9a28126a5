package io.github.flux4j.internal.lean.float32;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.float32.FloatMemory;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * {@code Y = X·Wᵀ + b}, by BLAS, or by plain loops where calling it would cost more than it saves.
 *
 * <p>X {@code [rows, in]}, W {@code [out, in]}, Y {@code [rows, out]}; D are the slopes by Y. Backward: dW = Dᵀ·X, db = Σ rows of D,
 * dX = D·W.
 */
final class FloatAffine implements FloatNode {

    /** Multiplications below which plain loops are faster: a call of BLAS costs as much as some hundreds of them. */
    static final long PLAIN_BELOW = 512;

    /** Rows up to which BLAS computes Yᵀ sooner than Y, turning it included, where weights are {@link #WIDE}. */
    private static final int FEW_ROWS = 32;

    private static final int WIDE = 128 * 128;

    private static final float[] ONE = {1};

    private final int in;
    private final int out;
    private final boolean bias;
    private final int offset;

    FloatAffine(Operation.Affine affine, int offset) {
        this.in = affine.inputs();
        this.out = affine.outputs();
        this.bias = affine.bias();
        this.offset = offset;
    }

    @Override
    public int parameters() {
        return out * in + (bias ? out : 0);
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
            blasForward(tape, k);
        }
    }

    @Override
    public void backward(FloatTape tape, int k, boolean inputs) {
        if (isPlain(tape)) {
            plainBackward(tape, k, inputs);
        } else {
            blasBackward(tape, k, inputs);
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
        FloatPlain.multiply(rows, out, in, x, in, 1, w, 1, in, y, 0, out, 1);
    }

    /** The array of weights has room for their gradient behind them. */
    private void plainBackward(FloatTape tape, int k, boolean inputs) {
        int n = parameters();
        int rows = tape.rows();
        float[] w = tape.weights(k, 2 * n);
        float[] d = tape.slopes(k + 1);
        Arrays.fill(w, n, 2 * n, 0);
        FloatPlain.multiply(out, in, rows, d, 1, out, tape.values(k), in, 1, w, n, in, 1);
        for (int i = 0, j = 0; bias && i < rows * out; i++, j = j + 1 < out ? j + 1 : 0) {
            w[n + out * in + j] += d[i];
        }
        tape.gradient().memory().write(offset, w, n, n);
        if (inputs) {
            float[] dx = tape.slopes(k);
            Arrays.fill(dx, 0, rows * in, 0);
            FloatPlain.multiply(rows, in, out, d, out, 1, w, in, 1, dx, 0, in, 1);
        }
    }

    private void blasForward(FloatTape tape, int k) {
        int rows = tape.rows();
        FloatBlas blas = blas(tape, k);
        if (bias) {
            tape.parameters().memory().read(offset + out * in, blas.bias, out);
        }
        if (rows > 1 && rows <= FEW_ROWS && out * in >= WIDE) {
            turnedForward(tape, k, blas);
            return;
        }
        FloatPointer y = bias ? blas.output.repeat(blas.bias, out, rows) : blas.output.room(rows * out);
        multiply(tape.staged(k), tape.isTransposed(k), blas.weight, y, rows);
        blas.output.fetch(tape.newValues(k + 1), rows * out);
    }

    private void multiply(FloatPointer x, boolean transposed, FloatPointer w, FloatPointer y, int rows) {
        float keep = bias ? 1 : 0;
        if (rows == 1) {
            cblas_sgemv(CblasRowMajor, CblasNoTrans, out, in, 1, w, in, x, 1, keep, y, 1);
        } else {
            int order = transposed ? CblasTrans : CblasNoTrans;
            int stride = transposed ? rows : in;
            cblas_sgemm(CblasRowMajor, order, CblasTrans, rows, out, in, 1, x, stride, w, in, keep, y, out);
        }
    }

    /** Yᵀ = W·Xᵀ, turned on the way back. */
    private void turnedForward(FloatTape tape, int k, FloatBlas blas) {
        int rows = tape.rows();
        FloatPointer y = blas.output.room(rows * out);
        int order = tape.isTransposed(k) ? CblasNoTrans : CblasTrans;
        int stride = tape.isTransposed(k) ? rows : in;
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                order,
                out,
                rows,
                in,
                1,
                blas.weight,
                in,
                tape.staged(k),
                stride,
                0,
                y,
                rows);
        float[] turned = blas.turned(rows * out);
        blas.output.fetch(turned, rows * out);
        float[] values = tape.newValues(k + 1);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < out; j++) {
                values[i * out + j] = turned[j * rows + i] + blas.bias[j];
            }
        }
    }

    private void blasBackward(FloatTape tape, int k, boolean inputs) {
        int rows = tape.rows();
        FloatBlas blas = blas(tape, k);
        FloatPointer d = tape.stagedSlopes(k + 1);
        FloatPointer dw = blas.weightGradient(tape.gradient());
        boolean transposed = tape.isTransposed(k);
        int order = transposed ? CblasTrans : CblasNoTrans;
        int stride = transposed ? rows : in;
        cblas_sgemm(CblasRowMajor, CblasTrans, order, out, in, rows, 1, d, out, tape.staged(k), stride, 0, dw, in);
        if (bias) {
            FloatPointer ones = blas.ones.repeat(ONE, 1, rows);
            cblas_sgemv(CblasRowMajor, CblasTrans, rows, out, 1, d, out, ones, 1, 0, blas.biasGradient, 1);
        }
        if (inputs) {
            FloatPointer dx = blas.output.room(rows * in);
            cblas_sgemm(
                    CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, in, out, 1, d, out, blas.weight, in, 0, dx, in);
            blas.output.fetch(tape.slopes(k), rows * in);
        }
    }

    private FloatBlas blas(FloatTape tape, int k) {
        FloatBlas blas = (FloatBlas) tape.note(k);
        if (blas == null) {
            blas = new FloatBlas(tape.parameters().from(offset), new float[out]);
            tape.note(k, blas);
        }
        return blas;
    }

    /** What this node keeps on a tape for BLAS. */
    private final class FloatBlas {

        private final FloatPointer weight;
        private final float[] bias;
        private final FloatStage output = new FloatStage();
        private FloatParameters gradient;
        private FloatPointer weightGradient;
        private FloatPointer biasGradient;
        private final FloatStage ones = new FloatStage();
        private float[] turned = {};

        FloatBlas(FloatPointer weight, float[] bias) {
            this.weight = weight;
            this.bias = bias;
        }

        float[] turned(int n) {
            if (turned.length < n) {
                turned = new float[n];
            }
            return turned;
        }

        FloatPointer weightGradient(FloatParameters current) {
            if (gradient != current) {
                gradient = current;
                weightGradient = current.from(offset);
                biasGradient = current.from(offset + out * in);
            }
            return weightGradient;
        }
    }
}
