package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Learnt numbers for each of {@code in} categories, {@code y = x·Wᵀ}: a one-hot row, from {@code onehotbatch}, selects its category's column of W.
 *
 * <p>Other rows give weighted sums of columns. Shapes: x {@code [n, in]}, W {@code [out, in]}, y {@code [n, out]}. W starts from N(0, 1), Flux's {@code
 * randn32}. For threads see {@link Layer}.
 */
public final class Embedding extends Layer {

    private final Settings settings;
    private INDArray weight;

    private Embedding(Settings settings, DataType type, double[] values) {
        this.settings = settings;
        memory().start(this, type, values);
    }

    /**
     * The layer's settings.
     *
     * @param in the number of categories
     * @param out the number of values for each
     */
    public record Settings(int in, int out) implements Structure {

        public Settings {
            if (in < 1 || out < 1) {
                throw new IllegalArgumentException("embedding(" + in + ", " + out + "): both sizes must be at least 1");
            }
        }

        @Override
        public Embedding build() {
            return ParameterMemory.making(
                    "embedding(" + in + ", " + out + ")",
                    numbers(),
                    DataType.FLOAT,
                    () -> new Embedding(this, DataType.FLOAT, Initialisers.NORMAL.values(out, in, Randomness.next())));
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
            return (long) in * out;
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    /**
     * Makes an embedding with random numbers from N(0, 1).
     *
     * @throws IllegalArgumentException if {@code in} or {@code out} is below 1
     */
    public static Embedding of(int in, int out) {
        return new Settings(in, out).build();
    }

    /** Returns W {@code [out, in]}, live: the next prediction uses what you write here. */
    public INDArray weight() {
        return weight;
    }

    @Override
    void attach(INDArray flat) {
        weight = flat.reshape('c', settings.out, settings.in);
    }

    @Override
    public List<Parameter> trainables() {
        return List.of(new Parameter("weight", weight, 0));
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    List<Operation> operations() {
        return List.of(new Operation.Affine(settings.in, settings.out, false));
    }

    @Override
    Embedding copy(DataType type) {
        return copied(type, () -> new Embedding(settings, type, Tensors.toDoubles(flatParameters())));
    }

    @Override
    public String inOneLine() {
        return "Embedding(" + settings.in + " => " + settings.out + ")";
    }
}
