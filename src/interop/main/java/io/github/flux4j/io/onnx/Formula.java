package io.github.flux4j.io.onnx;

import io.github.flux4j.io.onnx.Graph.Node;
import io.github.flux4j.values.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A formula of ONNX operators as text, {@code Mul(x, Sigmoid(x))}: writing adds the operators to a graph, each part that stands there twice
 * once; reading looks for them in others' graphs ({@link Match}). What is given by name is an attribute; small letters alone stand for what
 * is passed: a tensor's name or a number.
 */
final class Formula {

    private static final Set<String> WHOLE = Set.of("axis", "transB", "keepdims");

    private final Graph graph;
    private final Map<String, ?> given;
    private final Map<Call, String> written = new HashMap<>();

    private Formula(Graph graph, Map<String, ?> given) {
        this.graph = graph;
        this.given = given;
    }

    /**
     * Adds it to a graph.
     *
     * @param given a tensor's name or a number for each small letter or word
     * @return the result's name
     */
    static String write(Graph graph, Call formula, Map<String, ?> given) {
        return new Formula(graph, given).tensor(formula);
    }

    private String tensor(Object part) {
        if (part instanceof Double number) {
            return graph.number(number);
        }
        Call call = (Call) part;
        if (!call.arguments().isEmpty()) {
            return written.containsKey(call) ? written.get(call) : operator(call);
        }
        Object value = given.get(call.name());
        return value instanceof Double number ? graph.number(number) : (String) value;
    }

    private String operator(Call call) {
        String[] inputs = call.arguments().stream()
                .filter(argument -> argument.name() == null)
                .map(argument -> tensor(argument.value()))
                .toArray(String[]::new);
        Node node = Node.of(call.name(), inputs);
        for (Call.Argument argument : call.arguments()) {
            node = argument.name() == null ? node : node.with(argument.name(), attribute(argument));
        }
        String output = graph.add(node);
        written.put(call, output);
        return output;
    }

    private Object attribute(Call.Argument argument) {
        double number =
                argument.value() instanceof Double value ? value : (Double) given.get(((Call) argument.value()).name());
        if (argument.name().equals("axes")) {
            return List.of((long) number);
        }
        return WHOLE.contains(argument.name()) ? (Object) (long) number : (Object) number;
    }
}
