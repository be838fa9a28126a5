package io.github.flux4j.layers;

import io.github.flux4j.arrays.Tensors;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Element-wise {@code y = activation(scale ∘ x + bias)}: x {@code [n, size]}, scale and bias {@code [size]}, at first ones and zeros. */
public final class Scale extends Layer {

    private final int size;
    private final Activation activation;
    private final boolean hasBias;
    private INDArray scale;
    private INDArray bias;

    private Scale(int size, Activation activation, boolean hasBias, DataType type, double[] values) {
        this.size = size;
        this.activation = Objects.requireNonNull(activation, "activation is null; use IDENTITY for none");
        this.hasBias = hasBias;
        initialise(type, values);
    }

    /**
     * A scaling of rows of this size.
     *
     * @throws IllegalArgumentException if the size is below 1
     */
    public static Scale of(int size, Activation activation) {
        if (size < 1) {
            throw new IllegalArgumentException("scale(" + size + "): the size must be at least 1");
        }
        requireRoom("scale(" + size + ")", 2L * size, DataType.FLOAT);
        return new Scale(size, activation, true, DataType.FLOAT, onesThenZeros(size));
    }

    static double[] onesThenZeros(int size) {
        double[] values = new double[2 * size];
        Arrays.fill(values, 0, size, 1);
        return values;
    }

    /** A layer of the same factors, copied, without bias. */
    public Scale withoutBias() {
        return new Scale(size, activation, false, dataType(), Tensors.toDoubles(scale));
    }

    /**
     * A layer of the same factors, copied, with this bias, which is copied too.
     *
     * @param bias {@code [size]}
     * @throws IllegalArgumentException if it has another length, or a value is NaN or infinite
     */
    public Scale withBias(INDArray bias) {
        Objects.requireNonNull(bias, "bias is null; use withoutBias() for none");
        if (bias.length() != size) {
            throw new IllegalArgumentException(describe() + " needs a bias of " + size
                    + (size == 1 ? " element" : " elements") + ", but the shape is " + Tensors.shape(bias));
        }
        Tensors.requireFinite(bias, "bias", "Take the bias from a training that did not diverge");
        return joined(Tensors.toDoubles(scale), Tensors.toDoubles(bias));
    }

    /**
     * A layer of the same bias, copied, its factors started in another way.
     *
     * @param init asked for {@code [size, 1]}: fan_in is 1, fan_out the size, as in Flux
     */
    public Scale withInit(Initialiser init) {
        double[] factors = Initialisers.vector(size, init);
        return hasBias
                ? joined(factors, Tensors.toDoubles(bias))
                : new Scale(size, activation, false, dataType(), factors);
    }

    private Scale joined(double[] factors, double[] summands) {
        double[] values = Arrays.copyOf(factors, 2 * size);
        System.arraycopy(summands, 0, values, size, size);
        return new Scale(size, activation, true, dataType(), values);
    }

    /** The factors {@code [size]}, live. */
    public INDArray scale() {
        return scale;
    }

    /** The summands {@code [size]}, live; null if the layer has none. */
    public INDArray bias() {
        return bias;
    }

    @Override
    void attach(INDArray flat) {
        scale = Tensors.slice(flat, 0, size);
        bias = hasBias ? Tensors.slice(flat, size, size) : null;
    }

    @Override
    public List<Parameter> trainables() {
        Parameter s = new Parameter("scale", scale, 0);
        return hasBias ? List.of(s, new Parameter("bias", bias, size)) : List.of(s);
    }

    @Override
    public int inputs() {
        return size;
    }

    @Override
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        operations.add(new Operation.Rows(new Affine(size, hasBias)));
        operations.addAll(activation.operations());
        return operations;
    }

    @Override
    Scale copy(DataType type) {
        return new Scale(size, activation, hasBias, type, Tensors.toDoubles(flatParameters()));
    }

    @Override
    String describe() {
        return "Scale(" + size + (activation.isIdentity() ? "" : ", " + activation.describe())
                + (hasBias ? ")" : "; bias=false)");
    }

    /** {@code y = s ∘ x + b} on rows; parameters s, then b if there is one. */
    record Affine(int size, boolean hasBias) implements Kernel {

        @Override
        public int parameters() {
            return hasBias ? 2 * size : size;
        }

        @Override
        public int[] arrays() {
            return hasBias ? new int[] {size, size} : new int[] {size};
        }

        @Override
        public boolean rowsAreIndependent() {
            return true;
        }

        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            double[] p = pass.parameters();
            for (int i = 0; i < pass.rows() * size; i++) {
                y[i] = p[i % size] * x[i] + (hasBias ? p[size + i % size] : 0);
            }
        }

        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            double[] p = pass.parameters();
            Arrays.fill(dParameters, 0);
            for (int i = 0; i < pass.rows() * size; i++) {
                dx[i] = p[i % size] * dy[i];
                dParameters[i % size] += x[i] * dy[i];
                if (hasBias) {
                    dParameters[size + i % size] += dy[i];
                }
            }
        }
    }
}
