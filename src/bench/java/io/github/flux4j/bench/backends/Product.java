package io.github.flux4j.bench.backends;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A product of two square matrices: BLAS's own, without ND4J, which has it for half precision. */
record Product(String name, int size) implements Workload {

    static float[] values(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    private float[] left() {
        return values(size * size, 1);
    }

    private float[] right() {
        return values(size * size, 2);
    }

    @Override
    public double[] expected() {
        float[] left = left();
        float[] right = right();
        return sampled(at -> {
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += (double) left[at / size * size + k] * right[k * size + at % size];
            }
            return sum;
        });
    }

    private double[] sampled(IntToDoubleFunction result) {
        return Arrays.stream(Workloads.sample(size * size)).mapToDouble(result).toArray();
    }

    @Override
    public double flop() {
        return 2.0 * size * size * size;
    }

    @Override
    public Job start(DataType type) {
        return switch (type) {
            case FLOAT -> inFloat(new FloatPointer(left()), new FloatPointer(right()), new FloatPointer(left()));
            case DOUBLE ->
                inDouble(
                        new DoublePointer(widened(left())),
                        new DoublePointer(widened(right())),
                        new DoublePointer(widened(left())));
            default -> inNd4j(array(left(), type), array(right(), type), array(left(), type));
        };
    }

    private INDArray array(float[] values, DataType type) {
        return Nd4j.createFromArray(values).castTo(type).reshape('c', size, size);
    }

    private Job inFloat(FloatPointer a, FloatPointer b, FloatPointer c) {
        return job(
                () -> cblas_sgemm(
                        CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1, a, size, b, size, 0, c, size),
                at -> c.get(at));
    }

    private Job inDouble(DoublePointer a, DoublePointer b, DoublePointer c) {
        return job(
                () -> cblas_dgemm(
                        CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1, a, size, b, size, 0, c, size),
                at -> c.get(at));
    }

    private Job inNd4j(INDArray a, INDArray b, INDArray c) {
        return job(() -> a.mmuli(b, c), at -> c.getDouble(at / size, at % size));
    }

    private Job job(Runnable product, IntToDoubleFunction result) {
        return new Job() {
            @Override
            public void run() {
                product.run();
            }

            @Override
            public double[] results() {
                product.run();
                return sampled(result);
            }
        };
    }
}
