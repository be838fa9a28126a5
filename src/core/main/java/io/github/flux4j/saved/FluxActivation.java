package io.github.flux4j.saved;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.ScalarLoop;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.values.Call;
import java.util.function.Supplier;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Any element-wise function as a DL4J activation, for those that DL4J lacks or gets wrong. JSON holds its text. */
public class FluxActivation extends BaseActivationFunction {

    private static final long serialVersionUID = 1;

    private final transient String name;
    private final transient Supplier<ScalarLoop> loops;

    FluxActivation(String name, Supplier<ScalarLoop> loops) {
        this.name = name;
        this.loops = loops;
    }

    /** Reads it from a file. */
    @JsonCreator
    protected FluxActivation(@JsonProperty("activation") String text) {
        this(PartText.operation(Activation.parse(text), Operation.Pointwise.class));
    }

    /** Makes it from an operation. */
    public FluxActivation(Operation.Pointwise operation) {
        this(operation.name(), operation.loops());
    }

    /** Returns its text, in which the library's functions have their usual names. */
    @JsonProperty("activation")
    String text() {
        return PartText.of(name, () -> Call.parse(name).toString());
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        INDArray x = dense(in);
        if (x.dataType() == DataType.DOUBLE) {
            DoubleLoops.values(loops.get(), x);
        } else {
            FloatLoops.values(loops.get(), x);
        }
        return x == in ? in : in.assign(x);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        INDArray x = dense(in);
        INDArray dx = epsilon.dup(Tensors.isRowMajor(x) ? 'c' : 'f');
        if (x.dataType() == DataType.DOUBLE) {
            DoubleLoops.derivatives(loops.get(), x, dx);
        } else {
            FloatLoops.derivatives(loops.get(), x, dx);
        }
        return Pair.of(dx, null);
    }

    /** Returns the array itself if its elements are contiguous, else a copy that is. */
    private static INDArray dense(INDArray array) {
        return Tensors.isRowMajor(array) || Tensors.isColumnMajor(array) ? array : array.dup('c');
    }

    @Override
    public String toString() {
        return name;
    }
}
