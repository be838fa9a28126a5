package io.github.flux4j.io.dl4j;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Scale;
import io.github.flux4j.values.Call;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.*;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An activation of DL4J's for one of ours.
 *
 * @param word ours
 * @param key the name of its number in DL4J's file; empty if it has none
 * @param byDefault what that is if nothing says
 * @param note empty if the values are the same
 */
record Twin(String word, String key, double byDefault, DoubleFunction<IActivation> theirs, String note) {

    static final String NEAR = "a near match";

    private static final double HARD = 1.2;
    private static final double STEEP = 1.702;
    private static final String SLOPES = "trained further by Deeplearning4j, its slopes below 0 are wrong";

    private static final List<Twin> ALL = List.of(
            exact("identity", new ActivationIdentity()),
            exact("relu", new ActivationReLU()),
            exact("relu6", new ActivationReLU6()),
            exact("sigmoid", new ActivationSigmoid()),
            exact("softsign", new ActivationSoftSign()),
            exact("tanh", new ActivationTanH()),
            exact("hardtanh", new ActivationHardTanH()),
            exact("softplus", new ActivationSoftPlus()),
            exact("selu", new ActivationSELU()),
            exact("swish", new ActivationSwish()),
            exact("mish", new ActivationMish()),
            exact("softmax", new ActivationSoftmax()),
            new Twin("trelu", "theta", 1, ActivationThresholdedReLU::new, ""),
            new Twin("leakyrelu", "alpha", 0.01, ActivationLReLU::new, ""),
            new Twin("elu", "alpha", 1, ActivationELU::new, SLOPES),
            near("gelu", new ActivationGELU(), "x·σ(1.702x)"),
            near("gelu_tanh", new ActivationGELU(), "x·σ(1.702x)"),
            near("gelu_sigmoid", new ActivationGELU(), "x·σ(1.702x)"),
            near("gelu_erf", new ActivationGELU(), "x·σ(1.702x)"),
            near("hardsigmoid", new ActivationHardSigmoid(), "0.2x + 0.5 cut off at 0 and 1"));

    /** Three columns, for functions of whole rows. */
    private static final int COLUMNS = 3;

    private static Twin exact(String word, IActivation theirs) {
        return new Twin(word, "", 0, number -> theirs, "");
    }

    private static Twin near(String word, IActivation theirs, String formula) {
        return new Twin(word, "", 0, number -> theirs, NEAR + ", " + formula);
    }

    /** Null if there is none. */
    static Twin of(Activation activation) {
        String word;
        try {
            word = activation.call().name();
        } catch (IllegalArgumentException ownWithoutText) {
            return null;
        }
        return ALL.stream().filter(twin -> twin.word.equals(word)).findFirst().orElse(null);
    }

    /** Ours for a class of DL4J's; null if there is none with the same values. */
    static Activation read(String className, Fields fields) throws IOException {
        for (Twin twin : ALL) {
            double number = fields.number(twin.key, twin.byDefault);
            IActivation theirs = twin.theirs.apply(number);
            if (twin.isExact() && theirs.getClass().getName().equals(className)) {
                List<Call.Argument> numbers = twin.key.isEmpty() ? List.of() : List.of(new Call.Argument(null, number));
                return Activation.parse(new Call(twin.word, numbers).toString());
            }
        }
        return null;
    }

    /** Whether it is put together of layers, {@link #composed}. */
    static boolean isComposed(Fields function) throws IOException {
        String name = function.className();
        return name.equals(ActivationRectifiedTanh.class.getName())
                || name.equals(ActivationHardSigmoid.class.getName())
                || name.equals(ActivationGELU.class.getName()) && !function.flag("precise", false);
    }

    /** {@code max(0, tanh x)}, {@code 0.2x + 0.5} cut off at 0 and 1, or {@code x·σ(1.702x)}. */
    static Layer composed(String className, DataType type, int width) {
        if (className.equals(ActivationRectifiedTanh.class.getName())) {
            return Chain.of(Activation.TANH, Activation.RELU);
        }
        if (className.equals(ActivationHardSigmoid.class.getName())) {
            return Chain.of(times(type, width, HARD), Activation.HARDSIGMOID); // whose slope is 1/6
        }
        return Chain.of(times(type, width, STEEP), Activation.SWISH, times(type, width, 1 / STEEP));
    }

    private static Layer times(DataType type, int width, double factor) {
        Scale scale = Layer.copyAs(type, Scale.of(width, Activation.IDENTITY).withoutBias());
        scale.scale().assign(factor);
        return scale;
    }

    private boolean isExact() {
        return !note.startsWith(NEAR);
    }

    private double number(Activation activation) {
        List<Call.Argument> numbers = activation.call().arguments();
        return numbers.isEmpty() ? byDefault : (Double) numbers.get(0).value();
    }

    String made(Activation activation) {
        return theirs.apply(number(activation)).getClass().getSimpleName();
    }

    /** As DL4J's configuration has it. */
    Map<String, Object> json(Activation activation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@class", theirs.apply(number(activation)).getClass().getName());
        if (!key.isEmpty()) {
            json.put(key, number(activation));
        }
        return json;
    }

    /** elu(1) has right slopes. */
    String noteOn(Activation activation) {
        return note.equals(SLOPES) && number(activation) == 1 ? "" : note;
    }

    /** The largest difference on a grid. */
    double difference(Activation activation, DataType type) {
        double[] grid = new double[COLUMNS * 2001];
        for (int i = 0; i < grid.length; i++) {
            double x = i / COLUMNS / 100.0 - 10;
            grid[i] = i % COLUMNS == 0 ? x : i % COLUMNS == 1 ? x / 1000 : -x;
        }
        INDArray x = Tensors.of(type, grid, grid.length / COLUMNS, COLUMNS);
        double[] ours = Tensors.toDoubles(activation.predict(x));
        double[] others = Tensors.toDoubles(theirs.apply(number(activation)).getActivation(x.dup(), false));
        double most = 0;
        for (int i = 0; i < ours.length; i++) {
            most = Math.max(most, Math.abs(ours[i] - others[i]));
        }
        return most;
    }
}
