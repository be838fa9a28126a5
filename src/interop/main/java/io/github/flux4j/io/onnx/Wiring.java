package io.github.flux4j.io.onnx;

import static io.github.flux4j.io.onnx.Operator.shown;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;

/** A file's graph by its tensors: what each is made by, or stored as. */
final class Wiring {

    /** Operators of a graph, and tensors. */
    private static final int NODES = 4096;

    private static final Set<String> WITH_AXES = Set.of("ReduceMean", "Squeeze", "Unsqueeze");

    private final Map<String, Operator> makers = new HashMap<>();
    private final Map<String, TensorProto> stored = new HashMap<>();
    private final Map<String, Constant> read = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, ValueInfoProto> inputs = new LinkedHashMap<>();
    private final List<ValueInfoProto> outputs;
    private final Set<String> known = new HashSet<>();

    private Wiring(GraphProto graph) {
        this.outputs = graph.getOutputList();
    }

    static Wiring of(GraphProto graph) throws IOException {
        if (graph.getNodeCount() > NODES || graph.getInitializerCount() > NODES) {
            throw new IOException("it has " + graph.getNodeCount() + " operators and " + graph.getInitializerCount()
                    + " stored tensors; the most are " + NODES);
        }
        Wiring wiring = new Wiring(graph);
        wiring.tensors(graph);
        for (int i = 0; i < graph.getNodeCount(); i++) {
            wiring.operator(graph.getNode(i), i + 1);
        }
        return wiring;
    }

    /** Older files name stored tensors among the inputs, too. */
    private void tensors(GraphProto graph) throws IOException {
        for (TensorProto tensor : graph.getInitializerList()) {
            define(tensor.getName());
            stored.put(tensor.getName(), tensor);
        }
        for (ValueInfoProto input : graph.getInputList()) {
            if (!stored.containsKey(input.getName())) {
                define(input.getName());
                inputs.put(input.getName(), input);
            }
        }
    }

    private void define(String tensor) throws IOException {
        if (!known.add(tensor)) {
            throw new IOException("tensor " + shown(tensor) + " is repeated");
        }
    }

    private void operator(NodeProto node, int position) throws IOException {
        Operator operator = Operator.of(node, position);
        for (String input : operator.inputs()) {
            if (!input.isEmpty() && !known.contains(input)) {
                throw new IOException(operator.place() + " takes " + shown(input)
                        + ", which nothing before it computes; operators must come in the order of computation");
            }
        }
        for (String output : node.getOutputList()) {
            if (!output.isEmpty()) {
                define(output);
            }
        }
        if (node.getOutputCount() > 0) {
            makers.put(operator.output(), withAxes(operator));
            alias(operator.output(), operator);
        }
    }

    /** PyTorch stores equal tensors once and gives the others by Identity. */
    private void alias(String output, Operator operator) {
        if (operator.type().equals("Identity") && operator.inputs().size() == 1) {
            String input = operator.inputs().get(0);
            aliases.put(output, aliases.getOrDefault(input, input));
        }
    }

    /** From opset 13 on the axes are an input, from 18 on those of a mean, too. */
    private Operator withAxes(Operator operator) throws IOException {
        if (!WITH_AXES.contains(operator.type()) || operator.inputs().size() != 2) {
            return operator;
        }
        Constant axes = constant(operator.inputs().get(1));
        return axes == null ? operator : operator.withAxes(axes);
    }

    /** What gives this tensor; null for an input, a stored one, or another than an operator's first. */
    Operator maker(String tensor) {
        return makers.get(tensor);
    }

    boolean isInput(String tensor) {
        return inputs.containsKey(tensor);
    }

    ValueInfoProto input(String tensor) {
        return inputs.get(tensor);
    }

    boolean isKnown(String tensor) {
        return known.contains(tensor);
    }

    /** The names of the outputs that are tensors of numbers, or maps of them by class. */
    List<String> outputsOfNumbers() {
        List<String> numbers = new ArrayList<>();
        for (ValueInfoProto output : outputs) {
            int type = output.getType().getTensorType().getElemType();
            if (output.getType().hasSequenceType()
                    || type == TensorProto.DataType.FLOAT.getNumber()
                    || type == TensorProto.DataType.DOUBLE.getNumber()) {
                numbers.add(output.getName());
            }
        }
        return numbers;
    }

    /** The numbers of a stored tensor, directly or by the operators Constant and Identity; null if it is computed. */
    Constant constant(String tensor) throws IOException {
        String name = aliases.getOrDefault(tensor, tensor);
        if (!read.containsKey(name)) {
            read.put(name, numbers(name));
        }
        return read.get(name);
    }

    /** Stored numbers that an operator changes, as those exporters leave it that fold nothing; not one after another. */
    private Constant changed(Operator maker) throws IOException {
        if (!List.of("Transpose", "Cast").contains(maker.type())
                || maker.inputs().size() != 1) {
            return null;
        }
        String input = maker.inputs().get(0);
        Operator first = makers.get(aliases.getOrDefault(input, input));
        if (first != null && !first.type().equals("Constant")) {
            return null;
        }
        Constant before = constant(input);
        Constant order = maker.attributes().get("perm");
        if (before == null || maker.type().equals("Transpose") && !before.isMatrix()) {
            return null;
        }
        if (maker.type().equals("Transpose")) {
            boolean isKept = order != null && order.values().length > 0 && order.values()[0] == 0;
            return isKept ? before : before.transposed();
        }
        Constant to = maker.attributes().get("to");
        return to != null && (to.is(1) || to.is(11)) ? new Constant(before.values(), before.shape(), to.is(11)) : null;
    }

    private Constant numbers(String name) throws IOException {
        Operator maker = makers.get(name);
        TensorProto tensor = maker == null ? stored.get(name) : maker.tensor();
        if (maker != null && !maker.type().equals("Constant")) {
            return changed(maker);
        }
        if (tensor != null) {
            return TensorReader.read(tensor);
        }
        return maker == null
                ? null
                : maker.attributes().values().stream().findFirst().orElse(null);
    }
}
