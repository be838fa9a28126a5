package io.github.flux4j.io.onnx;

import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.io.onnx.Graph.Node;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.AlphaDropout;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Dropout;
import io.github.flux4j.layers.Embedding;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.LayerNorm;
import io.github.flux4j.layers.Mode;
import io.github.flux4j.layers.Scale;
import io.github.flux4j.values.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes a model's layers into a graph. */
final class LayerTranslation {

    private final Graph graph;

    LayerTranslation(Graph graph) {
        this.graph = graph;
    }

    String network(Layer model, String x) {
        INDArray parameters = model.flatParameters();
        if (parameters != null && model.dataType() != graph.type()) {
            throw new IllegalArgumentException("a graph of " + graph.type() + " can't contain a network of "
                    + model.dataType() + ": " + model.inOneLine() + "; use a copy, f32(model) or f64(model)");
        }
        if (parameters != null) {
            Lifetime.require(parameters, "the parameters of " + model.inOneLine());
        }
        return layer(model, x);
    }

    private String layer(Layer layer, String x) {
        if (layer instanceof Chain chain) {
            return chain(chain, x);
        } else if (layer instanceof Dense dense) {
            return dense(dense, x);
        } else if (layer instanceof Embedding embedding) {
            return embedding(embedding, x);
        } else if (layer instanceof Activation activation) {
            return activation(activation, x);
        } else if (layer instanceof Scale scale) {
            return scale(scale, x);
        } else if (layer instanceof LayerNorm norm) {
            return layerNorm(norm, x);
        } else if (layer instanceof BatchNorm norm) {
            return batchNorm(norm, x);
        } else if (layer instanceof Dropout dropout) {
            return leftOut(dropout, dropout.mode(), x);
        } else if (layer instanceof AlphaDropout dropout) {
            return leftOut(dropout, dropout.mode(), x);
        }
        if (layer.structure().call().name().equals("periodic")) {
            return periodic(layer, x);
        }
        List<Operation> operations = layer.port().operations();
        if (operations.size() == 1 && operations.get(0) instanceof Operation.Branches branches) {
            return branches(layer, branches, x);
        }
        throw impossible(
                layer,
                "it is a layer of your own, and only your Java code knows its formula; use one of the library's");
    }

    private String chain(Chain chain, String x) {
        List<String> names = chain.structure().names();
        String last = x;
        for (int i = 0; i < chain.size(); i++) {
            Layer layer = chain.get(i);
            String input = last;
            String name = names.isEmpty() ? String.valueOf(i) : names.get(i);
            last = graph.within(name, () -> layer(layer, input));
        }
        return last;
    }

    /** Branches beyond the layers hand on what they get. */
    private String branches(Layer layer, Operation.Branches branches, String x) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < branches.branches().size(); i++) {
            Operation.Branch branch = branches.branches().get(i);
            String part = branch.to() == 0 ? x : slice(x, branch.from(), branch.to());
            List<Layer> inner = layer.layers()
                    .subList(
                            Math.min(i, layer.layers().size()),
                            Math.min(i + 1, layer.layers().size()));
            parts.add(inner.isEmpty() ? part : graph.within(String.valueOf(i), () -> layer(inner.get(0), part)));
        }
        return join(layer, branches.join(), parts);
    }

    private String slice(String x, int from, int to) {
        String[] range = {graph.integers("from", from), graph.integers("to", to), graph.integers("axis", 1)};
        return graph.add(Node.of("Slice", x, range[0], range[1], range[2]));
    }

    private String join(Layer layer, Join join, List<String> parts) {
        if (parts.size() == 1
                && List.of(Join.CONCAT, Join.SUM, Join.PRODUCT, Join.MAX).contains(join)) {
            return parts.get(0);
        }
        String[] all = parts.toArray(String[]::new);
        if (join == Join.CONCAT) {
            return graph.add(Node.of("Concat", all).with("axis", 1));
        } else if (join == Join.SUM) {
            return graph.add(Node.of("Sum", all));
        } else if (join == Join.MAX) {
            return graph.add(Node.of("Max", all));
        } else if (join == Join.PRODUCT) {
            return parts.stream()
                    .reduce((one, other) -> graph.add(Node.of("Mul", one, other)))
                    .orElseThrow();
        }
        throw impossible(
                layer,
                "it has a join of your own, and only your Java code knows its formula; use one of the library's");
    }

    private String embedding(Embedding layer, String x) {
        Map<String, Object> given = given(x);
        Embedding.Settings settings = layer.structure();
        given.put("weight", stored(layer, "weight", layer.weight(), settings.out(), settings.in()));
        return write(LayerFormulas.DENSE_WITHOUT_BIAS, given);
    }

    /** Two products with matrices that have a block for each column. */
    private String periodic(Layer layer, String x) {
        if (graph.type() == DataType.DOUBLE) {
            throw impossible(layer, "ONNX Runtime has no Cos in Float64; export a Float32 copy, f32(model)");
        }
        double[] f = numbers(layer, "frequencies");
        double[] phases = numbers(layer, "phases");
        double[] weight = numbers(layer, "weight");
        double[] bias = numbers(layer, "bias");
        int in = layer.inputs();
        int waves = f.length / in;
        int out = bias.length / in;
        if ((long) f.length * Math.max(in, bias.length) > Integer.MAX_VALUE) {
            throw impossible(layer, "its matrices would have over 2 147 483 647 numbers; use fewer columns at a time");
        }
        double[] angles = new double[in * f.length];
        double[] sums = new double[f.length * bias.length];
        for (int i = 0; i < f.length; i++) {
            int column = i / waves;
            angles[column * f.length + i] = 2 * Math.PI * f[i];
            for (int k = column * out; k < (column + 1) * out; k++) {
                sums[i * bias.length + k] = weight[k * waves + i % waves];
            }
        }
        String angle = graph.add(Node.of("MatMul", x, graph.constant("frequencies", angles, in, f.length)));
        String wave = graph.cosine(graph.add(Node.of("Add", angle, graph.constant("phases", phases, f.length))));
        String sum = graph.add(Node.of("MatMul", wave, graph.constant("weight", sums, f.length, bias.length)));
        return graph.add(Node.of("Add", sum, graph.constant("bias", bias, bias.length)));
    }

    private static double[] numbers(Layer layer, String name) {
        return layer.trainables().stream()
                .filter(parameter -> parameter.path().equals(name))
                .map(parameter -> Tensors.toDoubles(parameter.values()))
                .findFirst()
                .orElseThrow();
    }

    private String dense(Dense layer, String x) {
        Map<String, Object> given = given(x);
        int in = layer.structure().in();
        int out = layer.structure().out();
        given.put("weight", stored(layer, "weight", layer.weight(), out, in));
        given.put("bias", stored(layer, "bias", layer.bias(), out));
        Call formula = layer.bias() == null ? LayerFormulas.DENSE_WITHOUT_BIAS : LayerFormulas.DENSE;
        return activation(layer.structure().activation(), write(formula, given));
    }

    private String scale(Scale layer, String x) {
        Map<String, Object> given = given(x);
        int size = layer.structure().size();
        given.put("scale", stored(layer, "scale", layer.scale(), size));
        given.put("bias", stored(layer, "bias", layer.bias(), size));
        Call formula = layer.bias() == null ? LayerFormulas.SCALE_WITHOUT_BIAS : LayerFormulas.SCALE;
        return activation(layer.structure().activation(), write(formula, given));
    }

    private String layerNorm(LayerNorm layer, String x) {
        LayerNorm.Settings settings = layer.structure();
        Map<String, Object> given = given(x);
        given.put("epsilon", settings.eps());
        Call formula = LayerFormulas.ROWS;
        if (settings.affine()) {
            given.put("scale", stored(layer, "scale", layer.scale(), settings.size()));
            given.put("bias", stored(layer, "bias", layer.bias(), settings.size()));
            formula = LayerFormulas.ROWS_AFFINE;
        }
        return activation(settings.activation(), write(formula, given));
    }

    private String batchNorm(BatchNorm layer, String x) {
        requireTesting(layer, layer.mode());
        BatchNorm.Settings settings = layer.structure();
        Map<String, Object> given = given(x);
        given.put("epsilon", settings.eps());
        if (settings.trackStats()) {
            given.put("mean", stored(layer, "mean", layer.runningMean(), settings.size()));
            given.put("variance", stored(layer, "variance", layer.runningVariance(), settings.size()));
        }
        if (settings.affine()) {
            given.put("scale", stored(layer, "scale", layer.gamma(), settings.size()));
            given.put("bias", stored(layer, "bias", layer.beta(), settings.size()));
        }
        return activation(settings.activation(), write(formula(settings), given));
    }

    private static Call formula(BatchNorm.Settings settings) {
        if (settings.trackStats()) {
            return settings.affine() ? LayerFormulas.COLUMNS_AFFINE : LayerFormulas.COLUMNS;
        }
        return settings.affine() ? LayerFormulas.BATCH_AFFINE : LayerFormulas.BATCH;
    }

    private static String leftOut(Layer dropout, Mode mode, String x) {
        requireTesting(dropout, mode);
        return x;
    }

    private static void requireTesting(Layer layer, Mode mode) {
        if (mode == Mode.TRAIN) {
            throw impossible(layer, "it is in forced training mode; call testmode(model) first");
        }
    }

    private String activation(Activation activation, String x) {
        if (activation.equals(Activation.IDENTITY)) {
            return x;
        }
        boolean isElu = List.of(Activation.CELU, Activation.celu(1)).contains(activation); // which more runtimes have
        ActivationFormulas.Entry entry = ActivationFormulas.find(isElu ? "elu" : word(activation));
        if (entry == null) {
            throw impossible(activation, reason(activation));
        }
        boolean isDouble = graph.type() == DataType.DOUBLE;
        if (isDouble && !Float64.isPossible(entry.formula())) {
            throw impossible(activation, "ONNX Runtime has no Erf in Float64; export a Float32 copy, f32(model)");
        }
        Map<String, Object> given = given(x);
        given.putAll(entry.numbersOf(activation.call().arguments()));
        return write(isDouble ? Float64.formula(entry.formula()) : entry.formula(), given);
    }

    /** Its name in text; what can't be written as text is nobody's but the user's. */
    private static String word(Activation activation) {
        try {
            return activation.call().name();
        } catch (IllegalArgumentException e) {
            return activation.toString();
        }
    }

    private static String reason(Activation activation) {
        return word(activation).equals("rrelu")
                ? "it draws new slopes in testing, too, and ONNX has no operator for that; use leakyrelu(…)"
                : "it is an activation of your own, and only your Java code knows its formula; use one of the library's";
    }

    private static IllegalArgumentException impossible(Layer layer, String reason) {
        return new IllegalArgumentException(layer.inOneLine() + " can't be exported to ONNX: " + reason);
    }

    private static Map<String, Object> given(String x) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("x", x);
        return given;
    }

    private String write(Call formula, Map<String, ?> given) {
        return Formula.write(graph, formula, given);
    }

    /** Null for null. */
    private String stored(Layer layer, String name, INDArray values, long... shape) {
        if (values == null) {
            return null;
        }
        Tensors.requireFinite(
                values, name + " of " + layer.inOneLine(), "Export a model whose training did not diverge");
        return graph.constant(name, Tensors.toDoubles(values), shape);
    }
}
