package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A fully connected layer, {@code y = activation(x·Wᵀ + b)}; the default activation is the identity.
 *
 * <p>Shapes for n examples, one per row (Flux keeps one per column): x {@code [n, in]}, W {@code [out, in]}, b {@code [out]}, y {@code [n, out]}. W starts
 * Glorot-uniform (Glorot and Bengio 2010, eq. 16), b at zero. For threads see {@link Layer}.
 */
public final class Dense extends Layer {

    private static final String GIVEN_WEIGHTS = "Use weights of a training run that did not diverge";

    private static final double[] NONE = {};

    private final Settings settings;
    private INDArray weight;
    private INDArray bias;

    /** Takes weights, then biases; or both in the first array. */
    private Dense(Settings settings, DataType type, double[] values, double[] more) {
        this.settings = settings;
        memory().start(this, type, values, more);
    }

    /**
     * The layer's settings.
     *
     * @param bias whether it has a bias
     */
    public record Settings(int in, int out, Activation activation, boolean bias) implements Structure {

        public Settings {
            Objects.requireNonNull(activation, "activation is null; use IDENTITY for none");
            if (in < 1 || out < 1) {
                throw new IllegalArgumentException("dense(" + in + ", " + out + "): both sizes must be at least 1");
            }
        }

        @Override
        public Dense build() {
            return ParameterMemory.making(
                    "dense(" + in + ", " + out + ")", ((long) in + 1) * out, DataType.FLOAT, () -> {
                        double[] weights = initialised(in, out, Initialisers.GLOROT_UNIFORM);
                        return new Dense(this, DataType.FLOAT, weights, bias ? new double[out] : NONE);
                    });
        }

        @Override
        public int inputs() {
            return in;
        }

        @Override
        public int outputs(int inputs) {
            return out;
        }

        @Override
        public long numbers() {
            return ((long) in + (bias ? 1 : 0)) * out;
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    /**
     * Makes a layer with Glorot-uniform weights and zero bias.
     *
     * @throws IllegalArgumentException if {@code in} or {@code out} is below 1
     */
    public static Dense of(int in, int out, Activation activation) {
        return new Settings(in, out, activation, true).build();
    }

    /**
     * Makes a layer from copies of these weights.
     *
     * @param weight {@code [out, in]}
     * @param bias {@code [out]}, or null for none
     * @throws IllegalArgumentException if the shapes don't fit or a value is NaN or infinite
     */
    public static Dense of(INDArray weight, @Nullable INDArray bias, Activation activation) {
        Objects.requireNonNull(activation, "activation is null; use IDENTITY for none");
        requireWeight(weight);
        double[] biases = bias == null ? NONE : biases(weight, bias);
        DataType type = weight.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
        Settings settings = new Settings(weight.columns(), weight.rows(), activation, bias != null);
        return new Dense(settings, type, Tensors.toDoubles(weight), biases);
    }

    private static double[] biases(INDArray weight, INDArray bias) {
        int out = weight.rows();
        if (bias.length() != out) {
            throw new IllegalArgumentException(
                    "weight has shape " + Tensors.shape(weight) + ", so bias must have " + out
                            + (out == 1 ? " element" : " elements") + ", one per output, but the shape is "
                            + Tensors.shape(bias)
                            + "; weight is [out, in], transpose it if it is [in, out]");
        }
        Tensors.requireFinite(bias, "bias", GIVEN_WEIGHTS);
        return Tensors.toDoubles(bias);
    }

    private static void requireWeight(INDArray weight) {
        if (Objects.requireNonNull(weight, "weight is null").rank() != 2 || weight.length() == 0) {
            throw new IllegalArgumentException("weight must have shape [out, in], both at least 1, but the shape is "
                    + Tensors.shape(weight) + "; for one output it is [1, in], for one input [out, 1]");
        }
        Tensors.requireFinite(weight, "weight", GIVEN_WEIGHTS);
    }

    private static double[] initialised(int in, int out, Initialiser init) {
        double[] weights = init.values(out, in, Randomness.next());
        if (weights.length != out * in) {
            throw new IllegalArgumentException("an initialiser must give " + out * in + " values for a weight matrix ["
                    + out + ", " + in + "], but gave " + weights.length);
        }
        return weights;
    }

    /** Copies this layer without its bias. */
    public Dense withoutBias() {
        return copied(dataType(), () -> new Dense(withBias(false), dataType(), Tensors.toDoubles(weight), NONE));
    }

    /**
     * Copies this layer with a copy of this bias.
     *
     * @param bias {@code [out]}
     * @throws IllegalArgumentException if it has another length, or a value is NaN or infinite
     */
    public Dense withBias(INDArray bias) {
        Objects.requireNonNull(bias, "bias is null; use withoutBias() for none");
        return copied(
                dataType(),
                () -> new Dense(withBias(true), dataType(), Tensors.toDoubles(weight), biases(weight, bias)));
    }

    /** Copies this layer with newly initialised weights; the bias stays. */
    public Dense withInit(Initialiser init) {
        Objects.requireNonNull(init, "init is null");
        return copied(dataType(), () -> {
            double[] weights = initialised(settings.in, settings.out, init);
            return new Dense(settings, dataType(), weights, settings.bias ? Tensors.toDoubles(bias) : NONE);
        });
    }

    private Settings withBias(boolean bias) {
        return new Settings(settings.in, settings.out, settings.activation, bias);
    }

    /** Returns W {@code [out, in]}, live: the next prediction uses what you write here. */
    public INDArray weight() {
        return weight;
    }

    /** Returns b {@code [out]}, live, or null if the layer has none. */
    public @Nullable INDArray bias() {
        return bias;
    }

    @Override
    void attach(INDArray flat) {
        weight = Tensors.slice(flat, 0, weights()).reshape('c', settings.out, settings.in);
        bias = settings.bias ? Tensors.slice(flat, weights(), settings.out) : null;
    }

    private int weights() {
        return settings.out * settings.in;
    }

    @Override
    public List<Parameter> trainables() {
        Parameter w = new Parameter("weight", weight, 0);
        return settings.bias ? List.of(w, new Parameter("bias", bias, weights())) : List.of(w);
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    List<Operation> operations() {
        return settings.activation.after(new Operation.Affine(settings.in, settings.out, settings.bias));
    }

    @Override
    Dense copy(DataType type) {
        return copied(type, () -> new Dense(settings, type, Tensors.toDoubles(flatParameters()), NONE));
    }

    @Override
    public String inOneLine() {
        return Printing.begin("Dense", settings.in + " => " + settings.out, settings.activation)
                + (settings.bias ? ")" : "; bias=false)");
    }
}
