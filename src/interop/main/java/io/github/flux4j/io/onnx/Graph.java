package io.github.flux4j.io.onnx;

import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.layers.Layer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Builds an ONNX graph: inputs, operators and whole networks one after another, then outputs. Methods return the names of tensors. The file is opset 13, IR 7 and, if
 * used, ai.onnx.ml 2, which every runtime since December 2020 reads. The same calls give the same bytes. For one thread.
 *
 * <pre>{@code
 * Graph graph = Graph.of(DataType.FLOAT);
 * String x = graph.input("features", 8);
 * String standardised = graph.add(Node.of("Sub", x, graph.constant("means", means, 8)));
 * graph.output("predictions", graph.network(model, standardised), 1);
 * }</pre>
 */
public final class Graph {

    private static final int IR_VERSION = 7;
    private static final int OPSET = 13;
    private static final int ML_OPSET = 2;
    private static final String ML = "ai.onnx.ml";

    /** Types of inputs and outputs. */
    private static final Map<DataType, TensorProto.DataType> CODES = Map.of(
            DataType.FLOAT, TensorProto.DataType.FLOAT,
            DataType.DOUBLE, TensorProto.DataType.DOUBLE,
            DataType.INT64, TensorProto.DataType.INT64,
            DataType.UTF8, TensorProto.DataType.STRING);

    /** What a protobuf message may have, less what names and shapes may take. */
    private static final long LARGEST = Integer.MAX_VALUE - (1L << 24);

    private final DataType type;
    private final TensorNames names = new TensorNames();
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("flux4j");
    private final Map<Double, String> numbers = new HashMap<>();
    private final Map<String, String> properties = new TreeMap<>();
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private boolean usesMl;
    private long size;

    private Graph(DataType type) {
        this.type = type;
    }

    /**
     * An empty graph.
     *
     * @param type of its numbers, FLOAT or DOUBLE
     * @throws IllegalArgumentException for another type
     */
    public static Graph of(DataType type) {
        if (Objects.requireNonNull(type, "type is null") != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("an ONNX graph's type must be FLOAT or DOUBLE, but was " + type);
        }
        return new Graph(type);
    }

    /** ONNX's number for a type, as the operator Cast takes it: FLOAT, DOUBLE, INT64 or UTF8. */
    public static int code(DataType type) {
        TensorProto.DataType code = CODES.get(type);
        if (code == null) {
            throw new IllegalArgumentException("a tensor here must be FLOAT, DOUBLE, INT64 or UTF8, but was " + type);
        }
        return code.getNumber();
    }

    /** The type of the graph's numbers, FLOAT or DOUBLE. */
    public DataType type() {
        return type;
    }

    /** Adds an input of the graph's type; see {@link #input(String, DataType, long)}. */
    public String input(String name, long columns) {
        return input(name, type, columns);
    }

    /**
     * Adds an input {@code [rows, columns]} for any number of rows.
     *
     * @param type FLOAT, DOUBLE, INT64 or UTF8
     * @param columns 0 for any number
     * @throws IllegalArgumentException if a tensor already has this name
     */
    public String input(String name, DataType type, long columns) {
        graph.addInput(shape(names.claim(name), type, columns));
        return name;
    }

    /**
     * Stores numbers in the graph's type.
     *
     * @param name a number makes it unique if need be
     * @param shape none for a single number
     */
    public String constant(String name, double[] values, long... shape) {
        return constant(name, type, values, shape);
    }

    /** Stores numbers as FLOAT or DOUBLE; see {@link #constant(String, double[], long...)}. */
    public String constant(String name, DataType type, double[] values, long... shape) {
        String unique = names.unique(name);
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(unique).setDataType(code(type));
        for (long length : shape) {
            tensor.addDims(length);
        }
        graph.addInitializer(tensor.setRawData(littleEndian(type, values)));
        return unique;
    }

    /** Stores integers as INT64 {@code [n]}, for operators such as Slice. */
    public String integers(String name, long... values) {
        requireRoom((long) values.length * Long.BYTES);
        String unique = names.unique(name);
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(unique)
                .setDataType(code(DataType.INT64))
                .addDims(values.length);
        LongStream.of(values).forEach(tensor::addInt64Data);
        graph.addInitializer(tensor);
        return unique;
    }

    /** Stores a single number; equal numbers share a tensor. */
    public String number(double value) {
        return numbers.computeIfAbsent(value, any -> constant("number", new double[] {value}));
    }

    private ByteString littleEndian(DataType type, double... values) {
        requireRoom((long) values.length * type.width());
        ByteBuffer bytes = ByteBuffer.allocate(values.length * type.width()).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (type == DataType.DOUBLE) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat(Attributes.float32(value));
            }
        }
        return ByteString.copyFrom(bytes.flip());
    }

    private void requireRoom(long bytes) {
        size += bytes;
        if (size > LARGEST) {
            throw new IllegalArgumentException(
                    "the model has " + size
                            + " bytes of numbers so far, but an ONNX file can have 2 GiB at most; export it in Float32, or export a smaller one");
        }
    }

    /** The cosine of angles. ONNX Runtime has it in Float32 alone, but sines in both. */
    String cosine(String angles) {
        return type == DataType.FLOAT
                ? add(Node.of("Cos", angles))
                : add(Node.of("Sin", add(Node.of("Add", angles, constant("quarter", new double[] {Math.PI / 2}, 1)))));
    }

    /** Adds an operator and returns its first output. */
    public String add(Node node) {
        Objects.requireNonNull(node, "node is null");
        String name = names.unique(node.operator());
        String output = names.unique(node.operator() + "_output");
        NodeProto.Builder proto = NodeProto.newBuilder()
                .setName(name)
                .setDomain(node.domain())
                .setOpType(node.operator())
                .addAllInput(node.inputs())
                .addOutput(output);
        node.attributes().forEach((key, value) -> proto.addAttribute(Attributes.of(key, value)));
        graph.addNode(proto);
        usesMl |= node.domain().equals(ML);
        return output;
    }

    /**
     * Adds a network as it predicts, without dropout.
     *
     * @return its prediction for x
     * @throws IllegalArgumentException if the model has another type than the graph, or a part that is for training alone or has no ONNX form; with the reason
     */
    public String network(Layer model, String x) {
        return new LayerTranslation(this).network(Objects.requireNonNull(model, "model is null"), x);
    }

    /** Prefixes the names of all tensors that {@code adding} adds with this name and a slash. */
    public String within(String prefix, Supplier<String> adding) {
        return names.within(prefix, adding);
    }

    /** Makes a tensor an output of the graph's type; see {@link #output(String, String, DataType, long)}. */
    public void output(String name, String tensor, long columns) {
        output(name, tensor, type, columns);
    }

    /**
     * Makes a tensor {@code [rows, columns]} an output.
     *
     * @param type FLOAT, DOUBLE, INT64 or UTF8
     * @param columns 0 for any number, −1 if the tensor is {@code [rows]}
     * @throws IllegalArgumentException if a tensor already has this name
     */
    public void output(String name, String tensor, DataType type, long columns) {
        graph.addOutput(shape(names.claim(name), type, columns));
        boolean isComputed =
                graph.getNodeList().stream().anyMatch(node -> node.getOutput(0).equals(tensor));
        if (!isComputed || renamed.putIfAbsent(tensor, name) != null) {
            renamed.put(add(Node.of("Identity", tensor)), name);
        }
    }

    /** Stores a property for readers of the file, such as a version. */
    public void property(String key, String value) {
        properties.put(Objects.requireNonNull(key, "key is null"), Objects.requireNonNull(value, "value is null"));
    }

    /** The bytes of the file. */
    public byte[] bytes() {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("flux4j")
                .setProducerVersion(ModelDocument.version())
                .setDomain("io.github.flux4j")
                .setModelVersion(1)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(named());
        if (usesMl) {
            model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPSET));
        }
        properties.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    /** The graph with the outputs' names in place of those of the tensors that they are. */
    private GraphProto named() {
        GraphProto.Builder named = graph.build().toBuilder();
        for (NodeProto.Builder node : named.getNodeBuilderList()) {
            node.setOutput(0, nameOf(node.getOutput(0)));
            for (int i = 0; i < node.getInputCount(); i++) {
                node.setInput(i, nameOf(node.getInput(i)));
            }
        }
        return named.build();
    }

    private String nameOf(String tensor) {
        return renamed.getOrDefault(tensor, tensor);
    }

    /** The type and shape of an input or output, whose number of rows is never fixed; of columns 0 for any number, −1 for none: {@code [rows]}. */
    private static ValueInfoProto shape(String name, DataType type, long columns) {
        TensorShapeProto.Builder shape =
                TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("rows"));
        if (columns >= 0) {
            shape.addDim(
                    columns == 0
                            ? Dimension.newBuilder().setDimParam("columns")
                            : Dimension.newBuilder().setDimValue(columns));
        }
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(code(type)).setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /**
     * An ONNX operator to add to a {@link Graph}: {@code Node.of("Gemm", x, weight, bias).with("transB", 1)}.
     *
     * @param domain empty for ONNX's own, {@code ai.onnx.ml} for its second
     * @param inputs names of tensors; empty for an optional one that is absent
     * @param attributes by name: an Integer, Long, Double or String, or a list of Long, Double or String
     */
    public record Node(String domain, String operator, List<String> inputs, Map<String, Object> attributes) {

        public Node {
            Objects.requireNonNull(domain, "domain is null");
            Objects.requireNonNull(operator, "operator is null");
            inputs = List.copyOf(inputs);
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }

        /** An operator of ONNX's own domain, without attributes. */
        public static Node of(String operator, String... inputs) {
            return new Node("", operator, List.of(inputs), Map.of());
        }

        /** An operator of the domain {@code ai.onnx.ml}, without attributes. */
        public static Node ofMl(String operator, String... inputs) {
            return new Node("ai.onnx.ml", operator, List.of(inputs), Map.of());
        }

        /** A copy with one more attribute. */
        public Node with(String name, Object value) {
            Map<String, Object> more = new LinkedHashMap<>(attributes);
            more.put(Objects.requireNonNull(name, "name is null"), Objects.requireNonNull(value, name + " is null"));
            return new Node(domain, operator, inputs, more);
        }
    }
}
