package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An element-wise layer, {@code y = activation(scale ∘ x + bias)}; the default activation is the identity.
 *
 * <p>x is {@code [n, size]}, scale and bias {@code [size]}; scale starts at 1, bias at 0. For threads see {@link Layer}.
 */
public final class Scale extends Layer {

    private final Settings settings;
    private INDArray scale;
    private INDArray bias;

    private Scale(Settings settings, DataType type, double[] values) {
        this.settings = settings;
        memory().start(this, type, values);
    }

    /**
     * The layer's settings.
     *
     * @param bias whether it has a bias
     */
    public record Settings(int size, Activation activation, boolean bias) implements Sized {

        public Settings {
            if (size < 1) {
                throw new IllegalArgumentException("scale(" + size + "): the size must be at least 1");
            }
            Objects.requireNonNull(activation, "activation is null; use IDENTITY for none");
        }

        @Override
        public Scale build() {
            return ParameterMemory.making("scale(" + size + ")", 2L * size, DataType.FLOAT, () -> {
                double[] values = onesThenZeros(size);
                return new Scale(this, DataType.FLOAT, bias ? values : Arrays.copyOf(values, size));
            });
        }

        @Override
        public long numbers() {
            return (bias ? 2L : 1L) * size;
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    /**
     * Makes a layer for rows of this size.
     *
     * @throws IllegalArgumentException if the size is below 1
     */
    public static Scale of(int size, Activation activation) {
        return new Settings(size, activation, true).build();
    }

    static double[] onesThenZeros(int size) {
        double[] values = new double[2 * size];
        Arrays.fill(values, 0, size, 1);
        return values;
    }

    /** Copies this layer without its bias. */
    public Scale withoutBias() {
        return new Scale(withBias(false), dataType(), Tensors.toDoubles(scale));
    }

    /**
     * Copies this layer with a copy of this bias.
     *
     * @param bias {@code [size]}
     * @throws IllegalArgumentException if it has another length, or a value is NaN or infinite
     */
    public Scale withBias(INDArray bias) {
        Objects.requireNonNull(bias, "bias is null; use withoutBias() for none");
        if (bias.length() != settings.size) {
            throw new IllegalArgumentException(inOneLine() + " needs a bias of " + settings.size
                    + (settings.size == 1 ? " element" : " elements") + ", but the shape is " + Tensors.shape(bias));
        }
        Tensors.requireFinite(bias, "bias", "Use the bias of a training run that did not diverge");
        return joined(Tensors.toDoubles(scale), Tensors.toDoubles(bias));
    }

    /**
     * Copies this layer with newly initialised factors; the bias stays.
     *
     * @param init called for {@code [size, 1]}: fan_in is 1, fan_out the size, as in Flux
     */
    public Scale withInit(Initialiser init) {
        double[] factors = Initialisers.vector(settings.size, init);
        return settings.bias ? joined(factors, Tensors.toDoubles(bias)) : new Scale(settings, dataType(), factors);
    }

    private Scale joined(double[] factors, double[] summands) {
        double[] values = Arrays.copyOf(factors, factors.length + summands.length);
        System.arraycopy(summands, 0, values, factors.length, summands.length);
        return new Scale(withBias(true), dataType(), values);
    }

    private Settings withBias(boolean bias) {
        return new Settings(settings.size, settings.activation, bias);
    }

    /** Returns the scale {@code [size]}, live. */
    public INDArray scale() {
        return scale;
    }

    /** Returns the bias {@code [size]}, live, or null if the layer has none. */
    public @Nullable INDArray bias() {
        return bias;
    }

    @Override
    void attach(INDArray flat) {
        scale = Tensors.slice(flat, 0, settings.size);
        bias = settings.bias ? Tensors.slice(flat, settings.size, settings.size) : null;
    }

    @Override
    public List<Parameter> trainables() {
        Parameter s = new Parameter("scale", scale, 0);
        return settings.bias ? List.of(s, new Parameter("bias", bias, settings.size)) : List.of(s);
    }

    @Override
    public Settings structure() {
        return settings;
    }

    /** A scale's operation, without its activation. */
    static Operation.Rows rows(int size, boolean bias) {
        Settings linear = new Settings(size, Activation.IDENTITY, bias);
        return new Operation.Rows(new Affine(size, bias), () -> linear.call().toString());
    }

    @Override
    List<Operation> operations() {
        return settings.activation.after(rows(settings.size, settings.bias));
    }

    @Override
    Scale copy(DataType type) {
        return copied(type, () -> new Scale(settings, type, Tensors.toDoubles(flatParameters())));
    }

    @Override
    public String inOneLine() {
        return Printing.begin("Scale", String.valueOf(settings.size), settings.activation)
                + (settings.bias ? ")" : "; bias=false)");
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
            for (int from = 0; from < pass.rows() * size; from += size) {
                for (int k = 0; k < size; k++) {
                    y[from + k] = p[k] * x[from + k] + (hasBias ? p[size + k] : 0);
                }
            }
        }

        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            double[] p = pass.parameters();
            Arrays.fill(dParameters, 0);
            for (int from = 0; from < pass.rows() * size; from += size) {
                for (int k = 0; k < size; k++) {
                    dx[from + k] = p[k] * dy[from + k];
                    dParameters[k] += x[from + k] * dy[from + k];
                }
                for (int k = 0; hasBias && k < size; k++) {
                    dParameters[size + k] += dy[from + k];
                }
            }
        }
    }
}
