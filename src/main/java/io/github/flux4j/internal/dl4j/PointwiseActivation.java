package io.github.flux4j.internal.dl4j;

import io.github.flux4j.engine.ScalarLoop;
import io.github.flux4j.engine.Tensors;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Any element-wise function as an activation of DL4J's, for those that DL4J lacks or has wrong. */
final class PointwiseActivation extends BaseActivationFunction {

    private static final long serialVersionUID = 1;

    private final String name;
    private final transient ScalarLoop loop;

    PointwiseActivation(String name, ScalarLoop loop) {
        this.name = name;
        this.loop = loop;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        double[] values = Tensors.toDoubles(in);
        loop.values(values, values, values.length);
        return in.assign(Tensors.of(in.dataType(), values, in.shape()));
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        double[] x = Tensors.toDoubles(in);
        double[] y = new double[x.length];
        double[] dx = Tensors.toDoubles(epsilon);
        loop.values(x, y, x.length);
        loop.derivatives(x, y, dx, dx, x.length);
        return Pair.of(Tensors.of(in.dataType(), dx, in.shape()), null);
    }

    @Override
    public String toString() {
        return name;
    }
}
