package io.github.flux4j.bench.workload;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Problem;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A product of two square matrices: BLAS's own, without ND4J, which has it for half precision. */
record SquareProduct(String name, int size) implements Workload {

    @Override
    public String about() {
        return "product of two " + size + " × " + size + " matrices by BLAS";
    }

    private float[] left() {
        return Workloads.uniform(size * size, 1);
    }

    private float[] right() {
        return Workloads.uniform(size * size, 2);
    }

    @Override
    public Map<Integer, double[]> expected(double mostFlop, RandomGenerator random) {
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
    public double flop() {
        return 2.0 * size * size * size;
    }

    @Override
    public ReadyWorkload start(Contenders contender, DataType type) {
        return switch (type) {
            case FLOAT -> inFloat(new FloatPointer(left()), new FloatPointer(right()), new FloatPointer(left()));
            case DOUBLE ->
                inDouble(
                        new DoublePointer(Problem.widened(left())),
                        new DoublePointer(Problem.widened(right())),
                        new DoublePointer(Problem.widened(left())));
            default -> inNd4j(array(left(), type), array(right(), type), array(left(), type));
        };
    }

    private INDArray array(float[] values, DataType type) {
        return Nd4j.createFromArray(values).castTo(type).reshape('c', size, size);
    }

    private ReadyWorkload inFloat(FloatPointer a, FloatPointer b, FloatPointer c) {
        return ReadyWorkload.of(
                () -> cblas_sgemm(
                        CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1, a, size, b, size, 0, c, size),
                c::get,
                size * size);
    }

    private ReadyWorkload inDouble(DoublePointer a, DoublePointer b, DoublePointer c) {
        return ReadyWorkload.of(
                () -> cblas_dgemm(
                        CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1, a, size, b, size, 0, c, size),
                c::get,
                size * size);
    }

    private ReadyWorkload inNd4j(INDArray a, INDArray b, INDArray c) {
        return ReadyWorkload.of(() -> a.mmuli(b, c), at -> c.getDouble(at / size, at % size), size * size);
    }
}
