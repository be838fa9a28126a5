package io.github.flux4j.io.dl4j;

import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.files.JsonText;
import io.github.flux4j.io.dl4j.Dl4j.Exported;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.AlphaDropout;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Dropout;
import io.github.flux4j.layers.Embedding;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Mode;
import io.github.flux4j.layers.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model in DL4J's terms, part by part: the configuration and all numbers in its order. */
final class PlainNetwork {

    static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";
    static final String ELEMENTWISE = LAYERS + "misc.ElementWiseMultiplicationLayer";
    static final String KEPT = "org.deeplearning4j.nn.conf.dropout.Dropout";
    private static final String WEIGHT = "W";
    private static final String BIAS = "b";

    private final DataType type;
    private final List<Map<String, Object>> layers = new ArrayList<>();
    private final List<List<String>> variables = new ArrayList<>();
    private final List<double[]> numbers = new ArrayList<>();
    private final List<Exported.Part> parts = new ArrayList<>();
    private int at;

    private PlainNetwork(DataType type) {
        this.type = type;
    }

    static PlainNetwork of(Layer model) {
        INDArray parameters = model.flatParameters();
        if (parameters == null) {
            throw new IllegalArgumentException("Deeplearning4j has no network without parameters, but "
                    + model.inOneLine() + " has none; export a chain with a dense layer");
        }
        Lifetime.require(parameters, "the parameters of " + model.inOneLine());
        PlainNetwork network = new PlainNetwork(model.dataType());
        network.add(model);
        network.end();
        return network;
    }

    Exported exported() {
        return new Exported(parts);
    }

    double[] numbers() {
        return numbers.stream().flatMapToDouble(DoubleStream::of).toArray();
    }

    private void add(Layer layer) {
        if (layer instanceof Chain chain) {
            chain.layers().forEach(this::add);
            return;
        }
        if (layer instanceof Dense dense) {
            dense(dense);
        } else if (layer instanceof Embedding embedding) {
            embedding(embedding);
        } else if (layer instanceof Activation activation) {
            activation(activation);
        } else if (layer instanceof Scale scale) {
            scale(scale);
        } else if (layer instanceof BatchNorm norm) {
            batchNorm(norm);
        } else if (layer instanceof Dropout dropout) {
            dropout(dropout);
        } else if (layer instanceof AlphaDropout dropout) {
            requireTesting(dropout, dropout.mode());
            part(dropout.inOneLine(), "", "it acts in training alone");
        } else {
            throw impossible(layer, "Deeplearning4j has no such layer; use dense, batchNorm, scale or dropout");
        }
        at++;
    }

    private void part(String text, String made, String note) {
        parts.add(new Exported.Part(at, text, made, 0, note));
    }

    private void dense(Dense dense) {
        Dense.Settings settings = dense.structure();
        product(dense, settings.in(), settings.out(), settings.activation(), settings.bias());
        numbers(dense, dense.weight(), dense.bias());
    }

    private void embedding(Embedding embedding) {
        Embedding.Settings settings = embedding.structure();
        product(embedding, settings.in(), settings.out(), Activation.IDENTITY, false);
        numbers(embedding, embedding.weight());
    }

    private void product(Layer made, int in, int out, Activation activation, boolean hasBias) {
        Map<String, Object> layer = layer(LAYERS + "DenseLayer", in, out);
        layer.put("hasBias", hasBias);
        layer.put("hasLayerNorm", false);
        part(made.inOneLine(), "DenseLayer", "");
        layer.put("activationFn", twin(activation));
        variables.add(hasBias ? List.of(WEIGHT, BIAS) : List.of(WEIGHT));
    }

    private void scale(Scale scale) {
        int size = scale.structure().size();
        Map<String, Object> layer = layer(ELEMENTWISE, size, size);
        part(scale.inOneLine(), "ElementWiseMultiplicationLayer", "");
        layer.put("activationFn", twin(scale.structure().activation()));
        variables.add(List.of(WEIGHT, BIAS));
        numbers(scale, scale.scale(), scale.bias());
        if (scale.bias() == null) {
            numbers.add(new double[size]);
        }
    }

    private void batchNorm(BatchNorm norm) {
        requireTesting(norm, norm.mode());
        BatchNorm.Settings settings = norm.structure();
        if (!settings.trackStats()) {
            throw impossible(norm, "Deeplearning4j has none without running statistics");
        }
        Map<String, Object> layer = layer(LAYERS + "BatchNormalization", settings.size(), settings.size());
        layer.put("activationFn", Twin.of(Activation.IDENTITY).json(Activation.IDENTITY));
        layer.put("eps", settings.eps());
        layer.put("decay", 1 - settings.momentum());
        layer.putAll(Map.of("gamma", 1.0, "beta", 0.0, "minibatch", true, "useLogStd", false));
        layer.put("lockGammaBeta", !settings.affine());
        variables.add(settings.affine() ? List.of("gamma", "beta", "mean", "var") : List.of("mean", "var"));
        part(norm.inOneLine(), "BatchNormalization", "further training makes its running variance the biased one");
        numbers(norm, norm.gamma(), norm.beta(), norm.runningMean(), norm.runningVariance());
        activation(settings.activation());
    }

    private void dropout(Dropout dropout) {
        requireTesting(dropout, dropout.mode());
        double kept = 1 - dropout.structure().p();
        if (kept == 0 || kept == 1) {
            part(dropout.inOneLine(), "", "Deeplearning4j has none that keeps all or nothing");
            return;
        }
        Map<String, Object> layer = layer(LAYERS + "DropoutLayer", 0, 0);
        layer.put("activationFn", Twin.of(Activation.IDENTITY).json(Activation.IDENTITY));
        layer.put("idropout", Map.of("@class", KEPT, "p", kept));
        variables.add(List.of());
        part(dropout.inOneLine(), "DropoutLayer", "it acts in training alone");
    }

    private void activation(Activation activation) {
        if (!activation.equals(Activation.IDENTITY)) {
            Map<String, Object> layer = new LinkedHashMap<>();
            layer.put("@class", LAYERS + "ActivationLayer");
            layer.put("activationFn", twin(activation));
            layers.add(layer);
            variables.add(List.of());
        }
    }

    /** With a line about it, unless it is the identity. */
    private Map<String, Object> twin(Activation activation) {
        Twin twin = Twin.of(activation);
        if (twin == null) {
            throw impossible(
                    activation, "Deeplearning4j has nothing near it; use relu, tanh, gelu or another that it has");
        }
        if (!activation.equals(Activation.IDENTITY)) {
            parts.add(new Exported.Part(
                    at,
                    activation.inOneLine(),
                    twin.made(activation),
                    twin.difference(activation, type),
                    twin.noteOn(activation)));
        }
        return twin.json(activation);
    }

    private Map<String, Object> layer(String className, int in, int out) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("@class", className);
        layer.put("nin", in);
        layer.put("nout", out);
        layer.put("biasInit", 0.0);
        layer.put("gainInit", 1.0);
        layer.put("gradientNormalization", "None");
        layer.put("gradientNormalizationThreshold", 1.0);
        layer.put("iupdater", Map.of("@class", "org.nd4j.linalg.learning.config.Sgd", "learningRate", 0.1));
        layer.put("regularization", List.of());
        layer.put("regularizationBias", List.of());
        layer.put("weightInitFn", Map.of("@class", "org.deeplearning4j.nn.weights.WeightInitXavierUniform"));
        layers.add(layer);
        return layer;
    }

    private void numbers(Layer layer, INDArray... arrays) {
        Arrays.stream(arrays).filter(array -> array != null).forEach(array -> {
            Tensors.requireFinite(
                    array, "a parameter of " + layer.inOneLine(), "Export a model whose training did not diverge");
            numbers.add(Tensors.toDoubles(array));
        });
    }

    /** What DL4J trains and scores by: the last dense layer with a loss, or one without parameters after the others. */
    private void end() {
        Map<String, Object> last = layers.get(layers.size() - 1);
        Map<String, Object> mse = Map.of("@class", "org.nd4j.linalg.lossfunctions.impl.LossMSE");
        if (last.get("@class").equals(LAYERS + "DenseLayer")) {
            last.put("@class", LAYERS + "OutputLayer");
            last.put("lossFn", mse);
        } else {
            Map<String, Object> loss = layer(LAYERS + "LossLayer", 0, 0);
            loss.put("activationFn", Twin.of(Activation.IDENTITY).json(Activation.IDENTITY));
            loss.put("lossFn", mse);
            variables.add(List.of());
        }
    }

    String configuration() {
        List<Map<String, Object>> confs = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).put("layerName", "layer" + i);
            Map<String, Object> conf = new LinkedHashMap<>();
            conf.put("dataType", type.name());
            conf.put("layer", layers.get(i));
            conf.put("miniBatch", true);
            conf.put("minimize", true);
            conf.put("optimizationAlgo", "STOCHASTIC_GRADIENT_DESCENT");
            conf.put("variables", variables.get(i));
            confs.add(conf);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("backpropType", "Standard");
        json.put("dataType", type.name());
        json.put("inferenceWorkspaceMode", "NONE");
        json.put("trainingWorkspaceMode", "NONE");
        json.put("inputPreProcessors", Map.of());
        json.put("validateOutputLayerConfig", false);
        json.put("confs", confs);
        return JsonText.write(json);
    }

    private static void requireTesting(Layer layer, Mode mode) {
        if (mode == Mode.TRAIN) {
            throw impossible(layer, "it is in forced training mode; call testmode(model) first");
        }
    }

    private static IllegalArgumentException impossible(Layer layer, String reason) {
        return new IllegalArgumentException(
                layer.inOneLine() + " can't be exported for plain Deeplearning4j: " + reason);
    }
}
