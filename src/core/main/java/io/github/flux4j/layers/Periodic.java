package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Expands each column into learnt periodic functions; see {@link Layer#periodic}. */
final class Periodic extends Layer {

    private final Settings settings;
    private INDArray values;

    private Periodic(Settings settings, DataType type, double[] values) {
        this.settings = settings;
        memory().start(this, type, values);
    }

    /**
     * The layer's settings.
     *
     * @param in the number of columns
     * @param frequencies of each
     * @param out the number of outputs for each
     */
    public record Settings(int in, int frequencies, int out) implements Structure {

        public Settings {
            if (in < 1 || frequencies < 1 || out < 1) {
                throw new IllegalArgumentException("periodic(" + in + ", " + frequencies + ", " + out
                        + "): columns, frequencies and numbers must be at least 1");
            }
        }

        private PeriodicKernel kernel() {
            return new PeriodicKernel(in, frequencies, out);
        }

        @Override
        public Periodic build() {
            return ParameterMemory.making(
                    toString(),
                    numbers(),
                    DataType.FLOAT,
                    () -> new Periodic(this, DataType.FLOAT, kernel().start(Randomness.next())));
        }

        @Override
        public int inputs() {
            return in;
        }

        @Override
        public int outputs(int inputs) {
            return in * out;
        }

        @Override
        public long numbers() {
            return (long) (in
                    * ((2.0 + out) * frequencies
                            + out)); // exact where it fits, and large, not negative, where it doesn't
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    @Override
    void attach(INDArray flat) {
        values = flat;
    }

    @Override
    public List<Parameter> trainables() {
        int waves = settings.in * settings.frequencies;
        int numbers = settings.in * settings.out;
        return List.of(
                parameter("frequencies", 0, settings.in, settings.frequencies),
                parameter("phases", waves, settings.in, settings.frequencies),
                parameter("weight", 2 * waves, numbers, settings.frequencies),
                new Parameter(
                        "bias",
                        Tensors.slice(values, 2 * waves + numbers * settings.frequencies, numbers),
                        2 * waves + numbers * settings.frequencies));
    }

    private Parameter parameter(String name, int at, int rows, int columns) {
        return new Parameter(name, Tensors.slice(values, at, rows * columns).reshape('c', rows, columns), at);
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    List<Operation> operations() {
        return List.of(new Operation.Rows(settings.kernel(), settings::toString));
    }

    @Override
    Periodic copy(DataType type) {
        return copied(type, () -> new Periodic(settings, type, Tensors.toDoubles(flatParameters())));
    }

    @Override
    public String inOneLine() {
        return "Periodic(" + settings.in + " => " + settings.in * settings.out + "; frequencies=" + settings.frequencies
                + ")";
    }
}
