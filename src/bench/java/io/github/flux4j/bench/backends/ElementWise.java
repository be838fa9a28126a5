package io.github.flux4j.bench.backends;

import java.util.Arrays;
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

    private boolean isSum() {
        return operation.equals("add");
    }

    private float[] left() {
        return Product.values(length, 1);
    }

    private float[] right() {
        return Product.values(length, 2);
    }

    @Override
    public double[] expected() {
        float[] left = left();
        float[] right = right();
        return Arrays.stream(Workloads.sample(length))
                .mapToDouble(i -> isSum() ? (double) left[i] + right[i] : Math.tanh(left[i]))
                .toArray();
    }

    @Override
    public Job start(DataType type) {
        INDArray left = Nd4j.createFromArray(left()).castTo(type);
        INDArray right = Nd4j.createFromArray(right()).castTo(type);
        INDArray result = left.like();
        return new Job() {
            @Override
            public void run() {
                if (isSum()) {
                    left.addi(right, result);
                } else {
                    Nd4j.exec(new Tanh(left, result));
                }
            }

            @Override
            public double[] results() {
                run();
                return Arrays.stream(Workloads.sample(length))
                        .mapToDouble(result::getDouble)
                        .toArray();
            }
        };
    }
}
