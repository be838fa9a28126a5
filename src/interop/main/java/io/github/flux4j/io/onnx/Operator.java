package io.github.flux4j.io.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;

/**
 * An operator of a file in one form: attributes that are left out have their defaults, axes count from the front, and what is the same in
 * several opsets looks the same.
 *
 * @param position in the file, from 1
 * @param type with its domain, unless that is ONNX's own or {@code ai.onnx.ml}
 * @param inputs without those that are left out at the end
 * @param output what it gives that a network goes on with
 * @param tensor the stored tensor of a Constant, else null
 */
record Operator(
        int position,
        String name,
        String type,
        List<String> inputs,
        String output,
        Map<String, Constant> attributes,
        onnx.Onnx.TensorProto tensor) {

    private static final int SHOWN = 60;

    /** What ONNX's operators take an attribute for that isn't written, for rows and columns. */
    private static final Map<String, Map<String, Constant>> DEFAULTS = Map.ofEntries(
            Map.entry("Gemm", numbers("alpha", 1, "beta", 1, "transA", 0, "transB", 0)),
            Map.entry("Softmax", numbers("axis", 1)),
            Map.entry("LogSoftmax", numbers("axis", 1)),
            Map.entry("LeakyRelu", numbers("alpha", 0.01)),
            Map.entry("Elu", numbers("alpha", 1)),
            Map.entry("Celu", numbers("alpha", 1)),
            Map.entry("Selu", numbers("alpha", 1.67326319217681884765625, "gamma", 1.05070102214813232421875)),
            Map.entry("HardSigmoid", numbers("alpha", 0.2, "beta", 0.5)),
            Map.entry("ThresholdedRelu", numbers("alpha", 1)),
            Map.entry("Shrink", numbers("lambd", 0.5, "bias", 0)),
            Map.entry(
                    "BatchNormalization",
                    numbers("epsilon", 1e-5f, "momentum", 0.9f, "training_mode", 0, "spatial", 1)),
            Map.entry("LayerNormalization", numbers("axis", 1, "epsilon", 1e-5f, "stash_type", 1)),
            Map.entry("ReduceMean", numbers("keepdims", 1, "noop_with_empty_axes", 0)),
            Map.entry("Flatten", numbers("axis", 1)),
            Map.entry("LinearRegressor", numbers("targets", 1)),
            Map.entry("LinearClassifier", numbers("multi_class", 0)),
            Map.entry("Imputer", numbers("replaced_value_float", 0)),
            Map.entry("Reshape", numbers("allowzero", 0)),
            Map.entry("Dropout", numbers("ratio", 0.5, "seed", 0)));

    private static Map<String, Constant> numbers(Object... namesAndValues) {
        Map<String, Constant> numbers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            numbers.put((String) namesAndValues[i], Constant.of(((Number) namesAndValues[i + 1]).doubleValue()));
        }
        return numbers;
    }

    static Operator of(NodeProto node, int position) throws IOException {
        String type = type(node);
        Map<String, Constant> attributes = new LinkedHashMap<>(DEFAULTS.getOrDefault(type, Map.of()));
        onnx.Onnx.TensorProto tensor = null;
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().startsWith("classlabels_")) {
                continue; // names of the columns
            }
            Constant value = value(attribute);
            if (value != null) {
                attributes.put(attribute.getName(), isAxis(type, attribute.getName()) ? fromTheFront(value) : value);
            } else if (attribute.hasT()) {
                tensor = attribute.getT();
            } else {
                type = withText(type, attribute);
            }
        }
        return new Operator(position, node.getName(), type, inputs(node), output(node), attributes, tensor);
    }

    /** Of a classifier its second, the scores. */
    private static String output(NodeProto node) {
        int which = node.getOpType().equals("LinearClassifier") && node.getOutputCount() > 1 ? 1 : 0;
        return node.getOutputCount() == 0 ? "" : node.getOutput(which);
    }

    /** What is flattened may have more than rows and columns. */
    private static boolean isAxis(String type, String attribute) {
        return !type.equals("Flatten") && (attribute.equals("axis") || attribute.equals("axes"));
    }

    /** Whether an attribute has the value that it has where it isn't written: a pattern that doesn't name it may pass over it. */
    boolean isDefault(String attribute, Constant value) {
        Constant byDefault = DEFAULTS.getOrDefault(type, Map.of()).get(attribute);
        return byDefault != null && value.is(byDefault.values()[0]);
    }

    private static String type(NodeProto node) {
        boolean isCommon = List.of("", "ai.onnx", "ai.onnx.ml").contains(node.getDomain());
        return isCommon ? node.getOpType() : node.getDomain() + "." + node.getOpType();
    }

    /** Null for what has no numbers. */
    private static Constant value(AttributeProto attribute) {
        return switch (attribute.getType()) {
            case FLOAT -> Constant.of(attribute.getF());
            case INT -> Constant.of(attribute.getI());
            case FLOATS ->
                Constant.of(attribute.getFloatsList().stream()
                        .mapToDouble(Float::doubleValue)
                        .toArray());
            case INTS ->
                Constant.of(attribute.getIntsList().stream()
                        .mapToDouble(Long::doubleValue)
                        .toArray());
            default -> null;
        };
    }

    /** What an attribute of text chooses is another operator; nothing is known by such a name that isn't listed. */
    private static String withText(String type, AttributeProto attribute) {
        String text = attribute.getS().toStringUtf8();
        return text.equalsIgnoreCase("none") ? type : type + "." + attribute.getName() + "." + text;
    }

    /** Of the two axes that rows and columns are. */
    private static Constant fromTheFront(Constant axes) {
        return axes.each(axis -> axis < 0 ? axis + 2 : axis);
    }

    private static List<String> inputs(NodeProto node) {
        List<String> inputs = new ArrayList<>(node.getInputList());
        while (!inputs.isEmpty() && inputs.get(inputs.size() - 1).isEmpty()) {
            inputs.remove(inputs.size() - 1);
        }
        return inputs;
    }

    /** The same with its axes as an attribute instead of an input. */
    Operator withAxes(Constant axes) {
        Map<String, Constant> more = new LinkedHashMap<>(attributes);
        more.put("axes", fromTheFront(axes));
        return new Operator(position, name, type, inputs.subList(0, 1), output, more, tensor);
    }

    /** For messages: {@code operator 3, Conv '/features/Conv'}. */
    String place() {
        return "operator " + position + ", " + shown(type).replace("'", "") + (name.isEmpty() ? "" : " " + shown(name));
    }

    /** Text of a file as a message can show it: in quotes, without line breaks and without end. */
    static String shown(String text) {
        String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return "'" + cut.replaceAll("[\\p{Cc}\\p{Cf}]", "?") + "'";
    }
}
