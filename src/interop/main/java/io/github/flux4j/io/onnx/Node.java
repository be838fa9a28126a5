package io.github.flux4j.io.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An ONNX operator on tensors, to be added to a {@link Graph}: {@code Node.of("Gemm", x, weight, bias).with("transB", 1)}.
 *
 * @param domain empty for ONNX's own, {@code ai.onnx.ml} for its second
 * @param inputs names of tensors; empty for an optional one that is left out
 * @param attributes by name: an Integer, Long, Double or String, or a list of Long, Double or String
 */
public record Node(String domain, String operator, List<String> inputs, Map<String, Object> attributes) {

    public Node {
        Objects.requireNonNull(domain, "domain is null");
        Objects.requireNonNull(operator, "operator is null");
        inputs = List.copyOf(inputs);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** One of ONNX's own operators, without attributes. */
    public static Node of(String operator, String... inputs) {
        return new Node("", operator, List.of(inputs), Map.of());
    }

    /** One of the operators for other models than networks, without attributes. */
    public static Node ofMl(String operator, String... inputs) {
        return new Node("ai.onnx.ml", operator, List.of(inputs), Map.of());
    }

    /** The same with another attribute. */
    public Node with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(attributes);
        more.put(Objects.requireNonNull(name, "name is null"), Objects.requireNonNull(value, name + " is null"));
        return new Node(domain, operator, inputs, more);
    }
}
