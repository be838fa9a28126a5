package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer of the user's own: a kernel with a name. */
final class OwnLayer extends Layer {

    private final Settings settings;
    private INDArray values;

    private OwnLayer(Settings settings, DataType type, double[] values) {
        this.settings = settings;
        memory().start(this, type, values);
    }

    /** Name and kernel; all layers built from it share the kernel. */
    record Settings(String name, Kernel kernel) implements Structure {

        Settings {
            Objects.requireNonNull(kernel, "kernel is null");
            Call.of(name);
            if (LayerWords.ALL.names().contains(name)) {
                throw new IllegalArgumentException(
                        "there is a layer named " + name + " in the library; choose another name");
            }
            int[] arrays = kernel.arrays();
            if (IntStream.of(arrays).sum() != kernel.parameters()) {
                throw new IllegalArgumentException("the kernel of " + name + " has " + kernel.parameters()
                        + " parameters, but arrays of " + Arrays.toString(arrays) + " numbers");
            }
        }

        @Override
        public OwnLayer build() {
            return ParameterMemory.making(
                    name,
                    numbers(),
                    DataType.FLOAT,
                    () -> new OwnLayer(this, DataType.FLOAT, numbers() == 0 ? new double[0] : start()));
        }

        private double[] start() {
            double[] values = kernel.start(Randomness.next());
            if (values.length != numbers()) {
                throw new IllegalArgumentException("the kernel of " + name + " has " + numbers()
                        + " parameters, but starts with " + values.length + " values");
            }
            return values;
        }

        @Override
        public int inputs() {
            return kernel.inputs();
        }

        @Override
        public int outputs(int inputs) {
            return kernel.outputs(inputs);
        }

        @Override
        public long numbers() {
            return kernel.parameters();
        }

        /** The kernel's own call, if it has one. */
        @Override
        public Call call() {
            return kernel instanceof Described described ? described.call() : Call.of(name);
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
        if (settings.kernel instanceof FormulaKernel formula) {
            return formula.trainables(values);
        }
        List<Parameter> arrays = new ArrayList<>();
        int[] lengths = settings.kernel.arrays();
        int at = 0;
        for (int i = 0; i < lengths.length; i++) {
            String path = lengths.length == 1 ? "parameters" : "parameters." + i;
            arrays.add(new Parameter(path, Tensors.slice(values, at, lengths[i]), at));
            at += lengths[i];
        }
        return arrays;
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    List<Operation> operations() {
        return List.of(new Operation.Rows(settings.kernel, new LayerOrigin(this, settings)));
    }

    @Override
    OwnLayer copy(DataType type) {
        return copied(
                type,
                () -> new OwnLayer(
                        settings, type, parameterCount() == 0 ? new double[0] : Tensors.toDoubles(flatParameters())));
    }

    @Override
    public String inOneLine() {
        return settings.name;
    }
}
