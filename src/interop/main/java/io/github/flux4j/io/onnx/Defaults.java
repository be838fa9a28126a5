package io.github.flux4j.io.onnx;

import java.util.Map;

/** What ONNX's operators take an attribute for that isn't written, for rows and columns. */
final class Defaults {

    private static final Map<String, Map<String, Constant>> ALL = Map.ofEntries(
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
            Map.entry("Reshape", numbers("allowzero", 0)),
            Map.entry("Dropout", numbers("ratio", 0.5, "seed", 0)));

    private Defaults() {}

    private static Map<String, Constant> numbers(Object... namesAndValues) {
        Map<String, Constant> numbers = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            numbers.put((String) namesAndValues[i], Constant.of(((Number) namesAndValues[i + 1]).doubleValue()));
        }
        return numbers;
    }

    static Map<String, Constant> of(String type) {
        return ALL.getOrDefault(type, Map.of());
    }

    static boolean isAxis(String attribute) {
        return attribute.equals("axis") || attribute.equals("axes");
    }

    /** Whether a pattern that doesn't name an attribute may pass over it. */
    static boolean isDefault(String type, String attribute, Constant value) {
        Constant byDefault = of(type).get(attribute);
        return byDefault != null && value.is(byDefault.values()[0]);
    }
}
