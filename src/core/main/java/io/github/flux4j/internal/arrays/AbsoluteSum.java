package io.github.flux4j.internal.arrays;

import static org.bytedeco.openblas.global.openblas.cblas_dasum;
import static org.bytedeco.openblas.global.openblas.cblas_sasum;

import io.github.flux4j.internal.threads.BlasThreads;
import io.github.flux4j.internal.threads.ParallelLoop;
import java.util.function.DoubleSupplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Σ|x| of a dense vector, by BLAS: a third of the time of a loop in Java, which the JIT doesn't vectorise. Threads share a large one, which is
 * read from memory.
 */
public final class AbsoluteSum implements DoubleSupplier {

    /** Elements from which on OpenBLAS would use threads of its own. */
    private static final int LARGE = 10_000;

    /** Elements that are worth a thread. */
    private static final int WORTH_A_THREAD = 1 << 17;

    @SuppressWarnings({"unused", "FieldCanBeLocal"}) // keeps the memory alive
    private final INDArray vector;

    private final int length;
    private final Pointer whole;
    private ParallelLoop loop;
    private Pointer[] parts = {};
    private double[] sums = {};

    /** Of a vector as it is whenever it is asked for. */
    public AbsoluteSum(INDArray vector) {
        this.vector = vector;
        this.length = (int) vector.length();
        this.whole = vector.dataType() == DataType.DOUBLE
                ? new DoublePointer(vector.data().pointer()).getPointer(vector.offset())
                : new FloatPointer(vector.data().pointer()).getPointer(vector.offset());
    }

    @Override
    public double getAsDouble() {
        if (length < LARGE) {
            return sum(length, whole);
        }
        BlasThreads.enter();
        try {
            int n = BlasThreads.forParts(length / WORTH_A_THREAD);
            return n == 1 ? sum(length, whole) : shared(n);
        } finally {
            BlasThreads.leave();
        }
    }

    private double shared(int n) {
        if (parts.length != n) {
            parts = new Pointer[n];
            for (int i = 0; i < n; i++) {
                int from = ParallelLoop.start(length, i, n);
                parts[i] = whole instanceof FloatPointer floats
                        ? floats.getPointer(from)
                        : ((DoublePointer) whole).getPointer(from);
            }
            sums = new double[n];
            loop = new ParallelLoop((part, of, thread) -> sumOfPart(part, of));
        }
        loop.run(n, n);
        double sum = 0;
        for (double part : sums) {
            sum += part;
        }
        return sum;
    }

    private void sumOfPart(int i, int n) {
        int count = ParallelLoop.start(length, i + 1, n) - ParallelLoop.start(length, i, n);
        sums[i] = sum(count, parts[i]);
    }

    private static double sum(int count, Pointer from) {
        return from instanceof FloatPointer floats
                ? cblas_sasum(count, floats, 1)
                : cblas_dasum(count, (DoublePointer) from, 1);
    }
}
