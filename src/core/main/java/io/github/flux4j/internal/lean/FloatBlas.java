package io.github.flux4j.internal.lean;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;

import io.github.flux4j.backend.Environment.Cpu;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.ScalarLoop;
import io.github.flux4j.internal.arrays.OneDnn;
import io.github.flux4j.internal.arrays.Pieces;
import io.github.flux4j.internal.threads.BlasThreads;
import io.github.flux4j.internal.threads.ParallelLoop;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;

/**
 * An affine node on one tape, by BLAS; letters as in {@link FloatAffine}. Large products are divided among threads, which compute some
 * columns of Y and of dX each, as blocks of their own, some rows of D and of dW. Element-wise work is done in strips that stay in a cache,
 * on the way between BLAS's memory and Java's.
 */
final class FloatBlas {

    /** Multiplications that are worth a thread; fewer are done sooner than handed over. */
    private static final int WORTH_A_THREAD = 1 << 19;

    /** Few rows: BLAS computes Yᵀ and dXᵀ of them sooner than Y and dX, turning included, where weights are {@link #WIDE}; dW isn't divided by row. */
    private static final int FEW = 32;

    private static final int WIDE = 128 * 128;

    /** Rows up to which oneDNN computes Y sooner than Yᵀ. */
    private static final int VERY_FEW = 8;

    /** Multiplications up to which OpenBLAS's code for AVX-512 does without arranging matrices first. */
    private static final int UNARRANGED = 1_000_000;

    /** Elements of Y above which it arranges them for X·Wᵀ nevertheless, and takes twice as long; never for (Xᵀ)ᵀ·Wᵀ. */
    private static final int ARRANGED_ABOVE = 1200;

    /** Numbers of a strip. */
    private static final int STRIP = 1 << 12;

    /** Strips from which on threads share the element-wise work too. */
    private static final int SHARED_FROM = 8;

    private static final float[] ONE = {1};

    private final FloatTape tape;
    private final int k;
    private final int in;
    private final int out;
    private final boolean hasBias;
    private final Supplier<ScalarLoop> activation;
    private final int offset;
    private final FloatPointer weight;
    private final float[] bias;
    private final FloatStaging result = new FloatStaging();
    private final FloatStaging ones = new FloatStaging();
    private final FloatStaging transposedX = new FloatStaging();
    // a loop for each, so that the JIT compiles each by itself, and sooner
    private final ParallelLoop forward = new ParallelLoop((i, n, thread) -> forward(i, n));
    private final ParallelLoop transposedForward = new ParallelLoop((i, n, thread) -> transposedForward(i, n));
    private final ParallelLoop forwardOfOneRow = new ParallelLoop((i, n, thread) -> forwardOfOneRow(i, n));
    private final ParallelLoop slopesOfSums = new ParallelLoop((i, n, thread) -> slopesOfSums(i, n));
    private final ParallelLoop backward = new ParallelLoop((i, n, thread) -> backward(i, n));
    private Part[] parts = {};
    private float[] transposedValues = {};
    private FloatParameters gradient;
    private FloatPointer weightGradient;
    private FloatPointer biasGradient;
    private int rows;
    private boolean isByOneDnn;
    private FloatPointer x;
    private float[] s;
    private float[] y;
    private FloatStaging next;
    private FloatStaging slopes;
    private FloatPointer d;
    private int order;
    private int stride;
    private boolean inputs;

    /** Where a part's operands begin, each for one use, or it would be made anew each time; and its thread's loop. */
    private static final class Part {
        private final FloatPart rowsOfW = new FloatPart();
        private final FloatPart block = new FloatPart();
        private final FloatPart slopesOrFeatures = new FloatPart();
        private final FloatPart dw = new FloatPart();
        private final FloatPart db = new FloatPart();
        private final FloatPart columnsOfW = new FloatPart();
        private final FloatPart dx = new FloatPart();
        private final Pieces strips = new Pieces();
        private final ScalarLoop activation;

        Part(ScalarLoop activation) {
            this.activation = activation;
        }
    }

    FloatBlas(Operation.Affine affine, Supplier<ScalarLoop> activation, int offset, FloatTape tape, int k) {
        this.tape = tape;
        this.k = k;
        this.in = affine.inputs();
        this.out = affine.outputs();
        this.hasBias = affine.bias();
        this.activation = activation;
        this.offset = offset;
        this.weight = tape.parameters().from(offset);
        this.bias = new float[out];
    }

    void forward() {
        begin();
        result.room(rows * out);
        y = tape.newValues(k + 1);
        s = activation == null ? y : tape.sums(k + 1);
        next = tape.stage(k + 1);
        if (hasBias) {
            tape.parameters().memory().read(offset + out * in, bias, out);
        }
        if (rows == 1) {
            run(forwardOfOneRow);
        } else if (isFasterWithTransposedX()) {
            turnX();
            forwardAndActivate();
        } else if (isYTransposed()) {
            makeRoomToTurn(rows * out);
            run(transposedForward);
            activate();
        } else {
            forwardAndActivate();
        }
    }

    private void forwardAndActivate() {
        run(forward);
        if (!isElementWiseShared()) {
            activate();
        }
    }

    void backward(boolean wantInputs) {
        begin();
        inputs = wantInputs;
        slopes = tape.slopeStage(k + 1);
        d = slopes.pointer();
        if (gradient != tape.gradient()) {
            gradient = tape.gradient();
            weightGradient = gradient.from(offset);
            biasGradient = hasBias ? gradient.from(offset + out * in) : null;
        }
        if (hasBias) {
            ones.room(rows);
            ones.repeat(ONE, 0, 1, 0, rows);
        }
        if (inputs) {
            result.room(rows * in);
            tape.slopes(k);
            if (isDxTransposed()) {
                makeRoomToTurn(rows * in);
            }
        }
        if (isElementWiseShared()) {
            run(slopesOfSums);
        } else {
            slopesOfSums(0, 1);
        }
        run(backward);
    }

    private void begin() {
        rows = tape.rows();
        isByOneDnn = OneDnn.isFor(weight, (long) rows * in * out);
        x = tape.staged(k);
        boolean transposed = tape.isTransposed(k);
        order = transposed ? CblasTrans : CblasNoTrans;
        stride = transposed ? rows : in;
    }

    private boolean isYTransposed() {
        return isByOneDnn ? rows > VERY_FEW && isFewAndWide(4 * WIDE) : isFewAndWide(WIDE);
    }

    private boolean isDxTransposed() {
        return !isByOneDnn && isFewAndWide(WIDE) && (long) rows * in * out > UNARRANGED;
    }

    private boolean isFewAndWide(int wide) {
        return rows <= FEW && out * in >= wide;
    }

    private boolean isFasterWithTransposedX() {
        return !isByOneDnn
                && rows <= FEW
                && in >= FEW
                && rows * out > ARRANGED_ABOVE
                && (long) rows * in * out <= UNARRANGED
                && order == CblasNoTrans
                && Cpu.hasAvx512();
    }

    private void turnX() {
        makeRoomToTurn(rows * in);
        FloatMatrices.transpose(rows, in, tape.values(k), 0, transposedValues, 0, rows);
        x = transposedX.room(rows * in);
        transposedX.put(transposedValues, 0, rows * in);
        order = CblasTrans;
        stride = rows;
    }

    private void makeRoomToTurn(int n) {
        if (transposedValues.length < n) {
            transposedValues = new float[n];
        }
    }

    private boolean isElementWiseShared() {
        return rows * out >= SHARED_FROM * STRIP;
    }

    private void run(ParallelLoop task) {
        int n = tape.isOnOneThread() ? 1 : BlasThreads.forParts((long) rows * in * out / WORTH_A_THREAD);
        require(n);
        task.run(n, n);
    }

    private void require(int n) {
        if (parts.length < n) {
            Part[] more = new Part[n];
            for (int i = 0; i < n; i++) {
                more[i] = new Part(activation == null ? null : activation.get());
            }
            parts = more;
        }
    }

    /** The activation's loop, for the caller's thread. */
    ScalarLoop activation() {
        require(1);
        return parts[0].activation;
    }

    /** Some rows of D. */
    private void slopesOfSums(int i, int n) {
        int to = ParallelLoop.start(rows, i + 1, n) * out;
        int strip = parts[i].strips.of(rows * out, STRIP);
        float[] dy = tape.slopes(k + 1);
        for (int at = ParallelLoop.start(rows, i, n) * out; at < to; at += strip) {
            int end = Math.min(to, at + strip);
            if (activation != null) {
                parts[i].activation.derivatives(s, y, dy, dy, at, end);
            }
            slopes.put(dy, at, end);
        }
    }

    /** S is there: now Y. */
    private void activate() {
        require(1);
        int n = rows * out;
        int strip = parts[0].strips.of(n, STRIP);
        for (int at = 0; at < n; at += strip) {
            activate(0, at, Math.min(n, at + strip));
        }
    }

    /** Elements {@code from} to {@code to} of S are there: now those of Y. */
    private void activate(int i, int from, int to) {
        if (activation != null) {
            parts[i].activation.values(s, y, from, to);
        }
        if (next != null) {
            next.put(y, from, to);
        }
    }

    /** Columns {@code from} to {@code from + width} of S are there, as a block: now those of Y. */
    private void activateBlock(int i, int from, int width) {
        int height = width == out ? Math.max(1, STRIP / out) : 1;
        for (int r = 0; r < rows; r += height) {
            int begin = r * out + from;
            int end = begin + Math.min(height, rows - r) * width;
            result.fetch(from * rows + r * width, s, begin, end);
            activate(i, begin, end);
        }
    }

    /** Some columns of Y. */
    private void forward(int i, int n) {
        int from = ParallelLoop.start(out, i, n);
        int width = ParallelLoop.start(out, i + 1, n) - from;
        FloatPointer w = parts[i].rowsOfW.of(weight, (long) from * in);
        FloatPointer block = parts[i].block.of(result.pointer(), (long) from * rows);
        if (hasBias) {
            result.repeat(bias, from, width, from * rows, rows);
        }
        float keep = hasBias ? 1 : 0;
        multiply(order, CblasTrans, rows, width, in, x, stride, w, in, keep, block, width);
        if (isElementWiseShared()) {
            activateBlock(i, from, width);
        } else {
            result.fetch(from * rows, width, s, from, out, rows);
        }
    }

    /** Some columns of Y, as rows of Yᵀ = W·Xᵀ, transposed on the way back. */
    private void transposedForward(int i, int n) {
        int from = ParallelLoop.start(out, i, n);
        int to = ParallelLoop.start(out, i + 1, n);
        int height = to - from;
        FloatPointer w = parts[i].rowsOfW.of(weight, (long) from * in);
        FloatPointer block = parts[i].block.of(result.pointer(), (long) from * rows);
        int other = order == CblasTrans ? CblasNoTrans : CblasTrans;
        multiply(CblasNoTrans, other, height, rows, in, w, in, x, stride, 0, block, rows);
        transposeBack(s, out, from, to);
        for (int r = 0; hasBias && r < rows; r++) {
            for (int j = from; j < to; j++) {
                s[r * out + j] += bias[j];
            }
        }
    }

    /** Some elements of the one row of Y. */
    private void forwardOfOneRow(int i, int n) {
        int from = ParallelLoop.start(out, i, n);
        int to = ParallelLoop.start(out, i + 1, n);
        FloatPointer w = parts[i].rowsOfW.of(weight, (long) from * in);
        FloatPointer block = parts[i].block.of(result.pointer(), from);
        if (hasBias) {
            result.put(bias, from, to);
        }
        cblas_sgemv(CblasRowMajor, CblasNoTrans, to - from, in, 1, w, in, x, 1, hasBias ? 1 : 0, block, 1);
        result.fetch(s, from, to);
        activate(i, from, to);
    }

    private void backward(int i, int n) {
        weightGradient(i, n);
        if (inputs) {
            inputSlopes(i, n);
        }
    }

    /** A part of the rows of dW and db; or of the columns of dW, where there are few rows. */
    private void weightGradient(int i, int n) {
        if (out < Math.min(in, FEW)) {
            int from = ParallelLoop.start(in, i, n);
            int width = ParallelLoop.start(in, i + 1, n) - from;
            FloatPointer features = parts[i].slopesOrFeatures.of(x, order == CblasTrans ? (long) from * rows : from);
            FloatPointer dw = parts[i].dw.of(weightGradient, from);
            multiply(CblasTrans, order, out, width, rows, d, out, features, stride, 0, dw, in);
            if (i == 0) {
                biasGradient(i, d, 0, out);
            }
        } else {
            int from = ParallelLoop.start(out, i, n);
            int height = ParallelLoop.start(out, i + 1, n) - from;
            FloatPointer rowsOfD = parts[i].slopesOrFeatures.of(d, from);
            FloatPointer dw = parts[i].dw.of(weightGradient, (long) from * in);
            multiply(CblasTrans, order, height, in, rows, rowsOfD, out, x, stride, 0, dw, in);
            biasGradient(i, rowsOfD, from, height);
        }
    }

    private void biasGradient(int i, FloatPointer columnsOfD, int from, int count) {
        if (hasBias) {
            FloatPointer db = parts[i].db.of(biasGradient, from);
            cblas_sgemv(CblasRowMajor, CblasTrans, rows, count, 1, columnsOfD, out, ones.pointer(), 1, 0, db, 1);
        }
    }

    /** Some columns of dX. */
    private void inputSlopes(int i, int n) {
        int from = ParallelLoop.start(in, i, n);
        int width = ParallelLoop.start(in, i + 1, n) - from;
        FloatPointer w = parts[i].columnsOfW.of(weight, from);
        FloatPointer dx = parts[i].dx.of(result.pointer(), (long) from * rows);
        if (isDxTransposed()) {
            multiply(CblasTrans, CblasTrans, width, rows, out, w, in, d, out, 0, dx, rows);
            transposeBack(tape.slopes(k), in, from, from + width);
            return;
        }
        multiply(CblasNoTrans, CblasNoTrans, rows, width, out, d, out, w, in, 0, dx, width);
        result.fetch(from * rows, width, tape.slopes(k), from, in, rows);
    }

    private void multiply(
            int orderA,
            int orderB,
            int m,
            int n,
            int common,
            FloatPointer a,
            int lda,
            FloatPointer b,
            int ldb,
            float keep,
            FloatPointer c,
            int ldc) {
        if (isByOneDnn) {
            OneDnn.multiply(orderA == CblasTrans, orderB == CblasTrans, m, n, common, a, lda, b, ldb, keep, c, ldc);
        } else {
            cblas_sgemm(CblasRowMajor, orderA, orderB, m, n, common, 1, a, lda, b, ldb, keep, c, ldc);
        }
    }

    /** Fetches columns {@code from} to {@code to} of a matrix, which are rows of what BLAS computed. */
    private void transposeBack(float[] matrix, int columns, int from, int to) {
        result.fetch(transposedValues, from * rows, to * rows);
        FloatMatrices.transpose(to - from, rows, transposedValues, from * rows, matrix, from, columns);
    }
}
