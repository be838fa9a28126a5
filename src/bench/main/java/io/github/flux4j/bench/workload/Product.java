package io.github.flux4j.bench.workload;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.github.flux4j.bench.contender.Contenders;
import java.util.Arrays;
import java.util.Map;
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

    @Override
    public String about() {
        return "product of two " + size + " × " + size + " matrices by BLAS";
    }

    @Override
    public boolean suits(Contenders contender) {
        return contender == Contenders.FLUX4J;
    }

    private float[] left() {
        return values(size * size, 1);
    }

    private float[] right() {
        return values(size * size, 2);
    }

    @Override
    public Map<Integer, double[]> expected(double mostFlop) {
        float[] left = left();
        float[] right = right();
        return Map.of(
                1,
                Arrays.stream(Workloads.sample(size * size))
                        .mapToDouble(at -> element(left, right, at / size, at % size))
                        .toArray());
    }

    private double element(float[] left, float[] right, int row, int column) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
            sum += (double) left[row * size + k] * right[k * size + column];
        }
        return sum;
    }

    @Override
    public double error(int runs, double[] actual, double[] expected) {
        return Workload.relative(actual, expected);
    }

    @Override
    public double tolerance(int runs, Contenders contender, DataType type) {
        return Workload.rounding(type);
    }

    @Override
    public double flop() {
        return 2.0 * size * size * size;
    }

    @Override
    public Job start(Contenders contender, DataType type) {
        return switch (type) {
            case FLOAT -> inFloat(new FloatPointer(left()), new FloatPointer(right()), new FloatPointer(left()));
            case DOUBLE ->
                inDouble(
                        new DoublePointer(Workload.widened(left())),
                        new DoublePointer(Workload.widened(right())),
                        new DoublePointer(Workload.widened(left())));
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
        return new Sampled(product, result, size * size);
    }
}
