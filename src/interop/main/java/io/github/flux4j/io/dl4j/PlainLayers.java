package io.github.flux4j.io.dl4j;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Dropout;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Scale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's configuration as layers that wait for their numbers. */
final class PlainLayers {

    private static final int MOST_LAYERS = 256;
    private static final int WIDEST = 1 << 24;

    /** One, and how many parameters it takes. */
    private record Draft(int parameters, Maker maker) {}

    /** Makes a layer with its parameters, taken one array after another. */
    private interface Maker {
        Layer make(Numbers numbers);
    }

    /** Parameters, one after another. */
    private static final class Numbers {

        private final double[] all;
        private final DataType type;
        private int at;

        Numbers(double[] all, DataType type) {
            this.all = all;
            this.type = type;
        }

        INDArray next(long... shape) {
            int length = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
            at += length;
            return Tensors.of(type, Arrays.copyOfRange(all, at - length, at), shape);
        }

        void copyTo(INDArray into) {
            into.assign(next(into.length()));
        }
    }

    private final DataType type;
    private final List<Draft> drafts = new ArrayList<>();
    private int width; // of the layer before; 0 if it isn't known

    private PlainLayers(DataType type) {
        this.type = type;
    }

    static PlainLayers of(Fields whole) throws IOException {
        if (whole.has("vertices")) {
            throw Fields.refused("a MultiLayerNetwork", "a ComputationGraph");
        }
        List<?> confs = whole.list("confs", MOST_LAYERS);
        if (whole.has("inputPreProcessors")
                && !whole.inner("inputPreProcessors").values().isEmpty()) {
            throw Fields.refused("no inputPreProcessors", whole.values().get("inputPreProcessors"));
        }
        String type =
                confs.isEmpty() ? "FLOAT" : Fields.of("layer 0", confs.get(0)).text("dataType");
        if (!type.equals("FLOAT") && !type.equals("DOUBLE")) {
            throw Fields.refused("FLOAT or DOUBLE as dataType", type);
        }
        PlainLayers layers = new PlainLayers(DataType.valueOf(type));
        for (int i = 0; i < confs.size(); i++) {
            Fields layer = Fields.of("layer " + i, confs.get(i)).inner("layer");
            layers.add(new Fields("layer " + i, layer.values()), i == confs.size() - 1);
        }
        layers.count();
        return layers;
    }

    private void add(Fields layer, boolean isLast) throws IOException {
        String name = OwnParts.like(layer.className());
        dropout(layer);
        if (name.equals(PlainNetwork.LAYERS + "DenseLayer")
                || isLast && name.equals(PlainNetwork.LAYERS + "OutputLayer")) {
            dense(layer);
        } else if (name.equals(PlainNetwork.LAYERS + "BatchNormalization")) {
            batchNorm(layer);
        } else if (name.equals(PlainNetwork.ELEMENTWISE)) {
            scale(layer);
        } else if (name.equals(PlainNetwork.LAYERS + "ActivationLayer")
                || isLast && name.equals(PlainNetwork.LAYERS + "LossLayer")) {
            activation(activation(layer));
        } else if (name.equals(OwnParts.LAYER)) {
            own(layer);
        } else if (!name.equals(PlainNetwork.LAYERS + "DropoutLayer")) {
            throw Fields.refused(
                    "a DenseLayer, BatchNormalization, ElementWiseMultiplicationLayer, ActivationLayer or DropoutLayer, or at the end an"
                            + " OutputLayer or LossLayer, as " + layer.where(),
                    name);
        }
        composed(layer);
    }

    /** After a layer, what DL4J has as its activation, and flux4j as layers. */
    private void composed(Fields layer) throws IOException {
        width = layer.number("nout", 0) > 0 ? layer.width("nout", WIDEST) : width;
        int size = width;
        Fields function = layer.has("activationFn") ? layer.inner("activationFn") : null;
        if (function != null && Twin.isComposed(function)) {
            if (size == 0) {
                throw Fields.refused("a layer of a known width before " + layer.where(), function.className());
            }
            String name = function.className();
            drafts.add(new Draft(0, numbers -> Twin.composed(name, type, size)));
        }
    }

    /** Of each layer: its input is dropped out in training. */
    private void dropout(Fields layer) throws IOException {
        if (!layer.has("idropout")) {
            return;
        }
        Fields dropout = layer.inner("idropout");
        double kept = dropout.number("p", Double.MAX_VALUE);
        if (!dropout.className().equals(PlainNetwork.KEPT) || dropout.has("pschedule") || !(kept > 0 && kept <= 1)) {
            throw Fields.refused(
                    "a Dropout that keeps a fixed share as idropout of " + layer.where(), dropout.values());
        }
        drafts.add(new Draft(0, numbers -> new Dropout(1 - kept)));
    }

    private void own(Fields layer) throws IOException {
        OwnParts.Described described = OwnParts.layer(layer);
        drafts.add(new Draft(sum(described.parameters(), 0), numbers -> {
            Layer made = described.make(type);
            if (made.flatParameters() != null) {
                numbers.copyTo(made.flatParameters());
            }
            return made;
        }));
    }

    private Activation activation(Fields layer) throws IOException {
        Fields function = layer.inner("activationFn");
        if (OwnParts.like(function.className()).equals(OwnParts.ACTIVATION)) {
            return Activation.parse(function.text("activation"));
        }
        Activation activation =
                Twin.isComposed(function) ? Activation.IDENTITY : Twin.read(function.className(), function);
        if (activation == null) {
            throw Fields.refused(
                    "an activation that flux4j has with the same values as activationFn of " + layer.where(),
                    function.className());
        }
        return activation;
    }

    private void activation(Activation activation) {
        if (!activation.equals(Activation.IDENTITY)) {
            drafts.add(new Draft(0, numbers -> activation));
        }
    }

    private void dense(Fields layer) throws IOException {
        int in = layer.width("nin", WIDEST);
        int out = layer.width("nout", WIDEST);
        boolean bias = layer.flag("hasBias", true);
        Activation activation = activation(layer);
        if (layer.flag("hasLayerNorm", false)) {
            throw Fields.refused("no hasLayerNorm of " + layer.where(), true);
        }
        drafts.add(new Draft(
                sum((long) in * out, bias ? out : 0),
                numbers -> Dense.of(numbers.next(out, in), bias ? numbers.next(out) : null, activation)));
    }

    private void scale(Fields layer) throws IOException {
        int size = layer.width("nout", WIDEST);
        Activation activation = activation(layer);
        drafts.add(new Draft(sum(size, size), numbers -> {
            Scale scale = Layer.copyAs(type, Scale.of(size, activation));
            numbers.copyTo(scale.scale());
            numbers.copyTo(scale.bias());
            return scale;
        }));
    }

    private void batchNorm(Fields layer) throws IOException {
        int size = layer.width("nout", WIDEST);
        boolean isFixed = layer.flag("lockGammaBeta", false);
        boolean isLog = layer.flag("useLogStd", false);
        double gamma = layer.number("gamma", 1);
        double beta = layer.number("beta", 0);
        double epsilon = layer.number("eps", 1e-5);
        double momentum = 1 - layer.number("decay", 0.9);
        drafts.add(new Draft(sum((isFixed ? 2L : 4L) * size, 0), numbers -> {
            BatchNorm norm = Layer.copyAs(
                    type,
                    BatchNorm.of(size, Activation.IDENTITY).withEpsilon(epsilon).withMomentum(momentum));
            if (isFixed) {
                norm.gamma().assign(gamma);
                norm.beta().assign(beta);
            } else {
                numbers.copyTo(norm.gamma());
                numbers.copyTo(norm.beta());
            }
            numbers.copyTo(norm.runningMean());
            INDArray spread = numbers.next(size);
            norm.runningVariance().assign(isLog ? variance(spread) : spread);
            return norm;
        }));
    }

    /** Of log₁₀ σ. */
    private INDArray variance(INDArray logarithms) {
        double[] values = Arrays.stream(Tensors.toDoubles(logarithms))
                .map(log -> Math.pow(10, 2 * log))
                .toArray();
        return Tensors.of(type, values, values.length);
    }

    private static int sum(long some, long more) throws IOException {
        if (some + more > Integer.MAX_VALUE - 64) {
            throw Fields.refused("at most 2³¹ parameters", some + more);
        }
        return (int) (some + more);
    }

    DataType type() {
        return type;
    }

    /** How many parameters there must be. */
    int count() throws IOException {
        return sum(drafts.stream().mapToLong(Draft::parameters).sum(), 0);
    }

    /** The network; a chain unless it is one layer. */
    Layer make(double... all) {
        Numbers numbers = new Numbers(all, type);
        Layer[] layers =
                drafts.stream().map(draft -> draft.maker().make(numbers)).toArray(Layer[]::new);
        if (layers.length == 0) {
            return Activation.IDENTITY;
        }
        return layers.length == 1 ? layers[0] : Chain.of(layers);
    }
}
