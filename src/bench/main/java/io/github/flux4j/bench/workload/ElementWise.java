package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.contender.Contenders;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One of ND4J's operations on vectors, into another vector.
 *
 * @param operation add or tanh
 */
record ElementWise(String name, String operation, int length) implements Workload {

    @Override
    public String about() {
        return operation + " of " + length + " elements by ND4J";
    }

    private boolean isSum() {
        return operation.equals("add");
    }

    @Override
    public Map<Integer, double[]> expected(double mostFlop, RandomGenerator random) {
        float[] left = Workloads.uniform(length, 1);
        float[] right = Workloads.uniform(length, 2);
        return Map.of(
                1,
                Arrays.stream(Workloads.sample(length))
                        .mapToDouble(i -> isSum() ? (double) left[i] + right[i] : Math.tanh(left[i]))
                        .toArray());
    }

    @Override
    public ReadyWorkload start(Contenders contender, DataType type) {
        INDArray left = Nd4j.createFromArray(Workloads.uniform(length, 1)).castTo(type);
        INDArray right = Nd4j.createFromArray(Workloads.uniform(length, 2)).castTo(type);
        INDArray result = left.like();
        Runnable operation = isSum() ? () -> left.addi(right, result) : () -> Nd4j.exec(new Tanh(left, result));
        return ReadyWorkload.of(operation, result::getDouble, length);
    }
}
