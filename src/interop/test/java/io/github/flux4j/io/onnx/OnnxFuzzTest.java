package io.github.flux4j.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of damaged files: each is refused by an IOException of one sentence, or is another valid network. */
class OnnxFuzzTest {

    private static final Path OTHERS = Path.of("src/interop/test/resources/io/github/flux4j/io/onnx");
    private static final int FILES = 300;
    private static final int MANY = 100_000;
    private static final long[] DIMENSIONS = {0, 1, -1, 2, 4, 5, 1 << 20, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final float[] NUMBERS = {0, -1, 0.5f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY};
    private static final List<String> OPERATORS = List.of(
            "Gemm",
            "MatMul",
            "Add",
            "Mul",
            "Div",
            "Sub",
            "Concat",
            "Max",
            "PRelu",
            "Clip",
            "Shrink",
            "LayerNormalization",
            "ReduceMean",
            "BatchNormalization",
            "Scaler",
            "Reshape",
            "Dropout",
            "Identity",
            "Constant",
            "Cast",
            "Flatten",
            "Where");

    private final Random random = new Random(11);

    @TempDir
    private Path folder;

    private void assertHarmless(byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("model.onnx"), file);
        try {
            assertThat(Onnx.read(path).text()).isNotEmpty();
        } catch (IOException e) {
            assertThat(e.getMessage()).contains("model.onnx").doesNotContainPattern("\\p{Cc}");
        }
    }

    private static List<byte[]> files() throws IOException {
        List<byte[]> files = new ArrayList<>();
        files.add(Onnx.bytes(Networks.deep()));
        try (Stream<Path> paths = Files.walk(OTHERS)) {
            for (Path path : paths.filter(path -> path.toString().endsWith(".onnx"))
                    .sorted()
                    .toList()) {
                files.add(Files.readAllBytes(path));
            }
        }
        return files;
    }

    @Test
    void bytesThatAreCutOrOverwrittenDoNoHarm() throws IOException {
        overwrite(FILES);
    }

    @Test
    @Tag("long")
    void aHundredThousandThatAreCutOrOverwrittenDoNoHarm() throws IOException {
        overwrite(MANY);
    }

    private void overwrite(int count) throws IOException {
        List<byte[]> files = files();
        for (int i = 0; i < count; i++) {
            byte[] file = files.get(i % files.size());
            byte[] damaged = Arrays.copyOf(file, random.nextInt(4) == 0 ? random.nextInt(file.length) : file.length);
            for (int j = random.nextInt(6); j >= 0 && damaged.length > 0; j--) {
                int at = random.nextInt(damaged.length);
                damaged[at] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : damaged[at] ^ 1 << random.nextInt(8));
            }
            assertHarmless(damaged);
        }
    }

    @Test
    void graphsWithWrongContentsDoNoHarm() throws IOException {
        damage(FILES);
    }

    @Test
    @Tag("long")
    void aHundredThousandGraphsWithWrongContentsDoNoHarm() throws IOException {
        damage(MANY);
    }

    /** Valid protobuf, and so beyond the first checks. */
    private void damage(int count) throws IOException {
        List<byte[]> files = files();
        for (int i = 0; i < count; i++) {
            ModelProto.Builder model = ModelProto.parseFrom(files.get(i % files.size())).toBuilder();
            for (int j = random.nextInt(3); j >= 0; j--) {
                damage(model.getGraphBuilder());
            }
            assertHarmless(model.build().toByteArray());
        }
    }

    private void damage(GraphProto.Builder graph) {
        NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
        switch (random.nextInt(6)) {
            case 0 -> node.setOpType(OPERATORS.get(random.nextInt(OPERATORS.size())));
            case 1 -> input(node, anyTensor(graph));
            case 2 -> attribute(node);
            case 3 ->
                graph.getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(1)
                        .setDimValue(anyDimension());
            case 4 -> node.addInput(anyTensor(graph));
            default -> tensor(graph);
        }
    }

    private void input(NodeProto.Builder node, String tensor) {
        if (node.getInputCount() > 0) {
            node.setInput(random.nextInt(node.getInputCount()), tensor);
        }
    }

    private String anyTensor(GraphProto.Builder graph) {
        int i = random.nextInt(graph.getNodeCount() + graph.getInitializerCount());
        return i < graph.getNodeCount()
                ? graph.getNode(i).getOutput(0)
                : graph.getInitializer(i - graph.getNodeCount()).getName();
    }

    private void attribute(NodeProto.Builder node) {
        if (node.getAttributeCount() > 0) {
            AttributeProto.Builder attribute = node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
            attribute.setI(anyDimension()).setF(NUMBERS[random.nextInt(NUMBERS.length)]);
            attribute.setTypeValue(random.nextBoolean() ? attribute.getTypeValue() : random.nextInt(15));
        }
    }

    private void tensor(GraphProto.Builder graph) {
        if (graph.getInitializerCount() > 0) {
            TensorProto.Builder tensor = graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
            if (tensor.getDimsCount() == 0 || random.nextInt(4) == 0) {
                tensor.addDims(anyDimension());
            } else {
                tensor.setDims(random.nextInt(tensor.getDimsCount()), anyDimension());
            }
            tensor.setDataType(random.nextInt(3) == 0 ? random.nextInt(20) : tensor.getDataType());
        }
    }

    private long anyDimension() {
        return DIMENSIONS[random.nextInt(DIMENSIONS.length)];
    }
}
