package io.github.flux4j.io.onnx;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.io.onnx.Graph.Node;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataLocation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.protobuf.ByteString;

/** Files that aren't read: each gives an IOException with one sentence. */
class OnnxRefusalTest {

    private static final Path OTHERS = Path.of("src/interop/test/resources/io/github/flux4j/io/onnx");

    @TempDir
    private Path folder;

    private Layer read(byte[] bytes) throws IOException {
        return Onnx.read(Files.write(folder.resolve("model.onnx"), bytes));
    }

    private void assertRefused(byte[] bytes, String... parts) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.onnx")
                .hasMessageContainingAll(parts);
    }

    /** {@code dense(2, 1)} with a change. */
    private static byte[] changed(Consumer<GraphProto.Builder> change) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Onnx.bytes(dense(2, 1, TANH))).toBuilder();
        change.accept(model.getGraphBuilder());
        return model.build().toByteArray();
    }

    private static byte[] after(Node... nodes) {
        Graph graph = Graph.of(DataType.FLOAT);
        String x = graph.network(dense(2, 3), graph.input("features", 2));
        for (Node node : nodes) {
            String[] inputs =
                    Stream.concat(Stream.of(x), node.inputs().stream()).toArray(String[]::new);
            x = graph.add(new Node(node.domain(), node.operator(), List.of(inputs), node.attributes()));
        }
        graph.output("predictions", x, 0);
        return graph.bytes();
    }

    @Test
    void anUnknownOperatorIsNamedWithItsPlaceAndWhatWasExpected() {
        assertRefused(after(Node.of("Tanh"), Node.of("Cos")), "operator 3, Cos 'Cos'", "expected", "Gemm");
        assertRefused(after(new Node("com.microsoft", "Gelu", List.of(), java.util.Map.of())), "com.microsoft.Gelu");
    }

    @Test
    void attributesThatChangeAKnownOperatorAreRefused() {
        assertRefused(after(Node.of("Softmax").with("axis", 0)), "operator 2, Softmax");
        assertRefused(after(Node.of("Flatten").with("axis", 0)), "operator 2, Flatten");
        assertRefused(after(Node.of("Relu").with("slope", 0.1)), "operator 2, Relu");
        assertRefused(after(Node.of("ReduceMean").with("axes", List.of(1L))), "operator 2, ReduceMean");
    }

    @Test
    void shapesThatDontFitAreNamed() throws IOException {
        assertRefused(
                changed(graph -> graph.getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(1)
                        .setDimValue(5)),
                "operator 1, Gemm",
                "for 2 columns, but 5 come in");
        assertRefused(
                changed(graph -> graph.getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .addDimBuilder()
                        .setDimValue(5)),
                "[rows, columns], but it has 3 dimensions");
        assertRefused(
                changed(graph -> graph.getInitializerBuilder(0).setDims(0, 7)),
                "shape [7, 2] has 14 elements, but 2 are there");
        assertRefused(changed(graph -> graph.getInitializerBuilder(0).setDims(0, Long.MAX_VALUE)), "isn't an array's");
        assertRefused(
                changed(graph -> graph.getInitializerBuilder(0).setDims(0, 1).setDims(1, -2)), "isn't an array's");
    }

    @Test
    void numbersThatCantBeReadAreNamed() throws IOException {
        assertRefused(
                changed(graph -> graph.getInitializerBuilder(0).setDataType(TensorProto.DataType.FLOAT16_VALUE)),
                "tensor 'weight'",
                "type 10",
                "Float32");
        assertRefused(changed(graph -> graph.getInitializerBuilder(0).setDataType(99)), "type 99");
        assertRefused(
                changed(graph -> graph.getInitializerBuilder(0).setRawData(ByteString.copyFrom(new byte[7]))),
                "7 bytes");
        assertRefused(
                changed(graph ->
                        graph.getInitializerBuilder(1).setRawData(ByteString.copyFrom(new byte[] {0, 0, -64, 127}))),
                "NaN");
        assertRefused(
                changed(graph -> graph.getInitializerBuilder(0)
                        .setDataLocation(DataLocation.EXTERNAL)
                        .addExternalData(StringStringEntryProto.newBuilder()
                                .setKey("location")
                                .setValue("/etc/passwd"))),
                "in another file");
    }

    @Test
    void graphsThatAreNoneAreRefused() throws IOException {
        assertRefused(
                changed(graph -> graph.getNodeBuilder(0).setInput(0, "nowhere")),
                "'nowhere'",
                "nothing before it computes");
        assertRefused(
                changed(graph ->
                        graph.getNodeBuilder(0).setInput(0, graph.getNode(1).getOutput(0))),
                "nothing before it computes");
        assertRefused(
                changed(graph ->
                        graph.getNodeBuilder(1).setOutput(0, graph.getNode(0).getOutput(0))),
                "repeated");
        assertRefused(
                changed(graph -> graph.addOutput(graph.getOutput(0))),
                "expected one output of numbers, but there are 2");
        assertRefused(changed(GraphProto.Builder::clearOutput), "there are 0");
        assertRefused(changed(graph -> graph.getOutputBuilder(0).setName("weight")), "tensor 'weight'");
        assertRefused(new byte[0], "isn't an ONNX file");
    }

    @Test
    void aFileBeyondTheLimitsIsRefusedBeforeItIsMade() throws IOException {
        NodeProto empty = NodeProto.getDefaultInstance();
        assertRefused(
                changed(graph -> graph.addAllNode(java.util.Collections.nCopies(250_000, empty))),
                "more than 200000 fields");
        assertRefused(
                changed(graph -> graph.addAllNode(java.util.Collections.nCopies(5_000, empty))), "5002 operators");
        GraphProto inner = GraphProto.getDefaultInstance();
        for (int i = 0; i < 30; i++) {
            AttributeProto attribute = AttributeProto.newBuilder().setG(inner).build();
            inner = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder().addAttribute(attribute))
                    .build();
        }
        assertRefused(
                ModelProto.newBuilder().setGraph(inner).build().toByteArray(), "more than 16 messages are nested");
    }

    /** A single number for a million columns, again and again, would be gigabytes. */
    @Test
    void aSmallFileThatWouldBecomeLargeIsRefused() {
        Graph graph = Graph.of(DataType.FLOAT);
        String x = graph.input("features", 1_000_000);
        for (int i = 0; i < 1000; i++) {
            x = graph.add(Node.of("Mul", x, graph.number(i + 2)));
        }
        graph.output("predictions", x, 1_000_000);
        assertRefused(graph.bytes(), "columns");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertRefused("a text, not a network".getBytes(StandardCharsets.UTF_8), "can't be read as an ONNX network");
        assertThatThrownBy(() -> Onnx.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("isn't a regular file");
        assertThatThrownBy(() -> Onnx.read(folder.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> Onnx.read(Path.of("/dev/zero"))).isInstanceOf(IOException.class);
        ModelProto.Builder old = ModelProto.parseFrom(Onnx.bytes(dense(2, 1))).toBuilder();
        old.getOpsetImportBuilder(0).setVersion(6);
        assertRefused(old.build().toByteArray(), "opset 6; expected 7 or later");
    }

    /** Holes in files, which take no room on the disk. */
    @Test
    @Tag("process")
    void aFileThatTheHeapCantHoldIsRefusedBeforeItIsRead() throws Exception {
        Path zeros = ofSize(500_000_000, folder.resolve("zeros.onnx"));
        Path begun = ofSize(500_000_000, Files.write(folder.resolve("begun.onnx"), Onnx.bytes(dense(2, 1))));
        ChildJvm run = ChildJvm.run(Reader.class, List.of("-Xmx256m"), zeros.toString(), begun.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("zeros.onnx", "no field of a model begins like byte 0"),
                        line -> assertThat(line)
                                .contains("begun.onnx", "it has 500000000 bytes", "can't hold 3 copies", "-Xmx3g"));
    }

    private static Path ofSize(long size, Path file) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
        return file;
    }

    /** Prints why each file isn't read. */
    static final class Reader {

        private Reader() {}

        public static void main(String... files) {
            for (String file : files) {
                try {
                    System.out.println(Onnx.read(Path.of(file)));
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @Test
    void anUnknownTensorIsToldTheOutputs() {
        assertThatThrownBy(() -> Onnx.read(OTHERS.resolve("sklearn/classifier-3.onnx"), "logits"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no tensor 'logits'; the outputs are 'output_probability'");
    }

    /** Control characters and length of a file's text don't reach the message. */
    @Test
    void textOfTheFileIsShownSafely() throws IOException {
        byte[] bytes = changed(graph -> graph.getNodeBuilder(0).setOpType("\u001b[31m\n" + "x".repeat(1000)));
        assertThatThrownBy(() -> read(bytes))
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain("\u001b", "\n")
                        .hasSizeLessThan(900));
    }
}
