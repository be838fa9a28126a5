package io.github.flux4j.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.Flux4j;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.protobuf.ByteString;

/** Operators as exporters of dense networks and linear models write them, each in a graph of its own; the oracle is ONNX Runtime on the same file. */
class OnnxOthersTest {

    /** Float32 on both sides, in other orders; bounds up to 32 are taken off and put back. */
    private static final double FLOAT32 = 1e-5;

    private static final int ROWS = 7;

    @TempDir
    private Path folder;

    /** A graph whose input x is [rows, 4] unless more dimensions are named, and whose output is y. */
    private static final class Model {

        private final String name;
        private final GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
        private final Random random = new Random(3);
        private long[] dimensions = {4};

        Model(String name) {
            this.name = name;
        }

        Model input(long... sizes) {
            dimensions = sizes;
            return this;
        }

        /** Drawn from −1 to 1. */
        Model tensor(String tensor, long... shape) {
            int length = (int)
                    Stream.of(shape).flatMapToLong(java.util.Arrays::stream).reduce(1, (a, b) -> a * b);
            TensorProto.Builder stored =
                    TensorProto.newBuilder().setName(tensor).setDataType(TensorProto.DataType.FLOAT.getNumber());
            for (long size : shape) {
                stored.addDims(size);
            }
            for (int i = 0; i < length; i++) {
                stored.addFloatData(2 * random.nextFloat() - 1);
            }
            graph.addInitializer(stored);
            return this;
        }

        Model number(String tensor, double value) {
            graph.addInitializer(TensorProto.newBuilder()
                    .setName(tensor)
                    .setDataType(TensorProto.DataType.FLOAT.getNumber())
                    .addFloatData((float) value));
            return this;
        }

        Model whole(String tensor, long... values) {
            TensorProto.Builder stored = TensorProto.newBuilder()
                    .setName(tensor)
                    .setDataType(TensorProto.DataType.INT64.getNumber())
                    .addDims(values.length);
            for (long value : values) {
                stored.addInt64Data(value);
            }
            graph.addInitializer(stored);
            return this;
        }

        /** Such as {@code op("h", "Gemm", "x w b", "transB", 1L)}; several outputs between spaces. */
        Model op(String outputs, String type, String inputs, Object... attributes) {
            boolean isMl = List.of("LinearRegressor", "LinearClassifier", "Normalizer", "Imputer", "Scaler")
                    .contains(type);
            NodeProto.Builder node = NodeProto.newBuilder()
                    .setOpType(type)
                    .setDomain(isMl ? "ai.onnx.ml" : "")
                    .addAllInput(List.of(inputs.split(" ")))
                    .addAllOutput(List.of(outputs.split(" ")));
            for (int i = 0; i < attributes.length; i += 2) {
                node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
            }
            graph.addNode(node);
            return this;
        }

        private static AttributeProto attribute(String name, Object value) {
            AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
            if (value instanceof Long whole) {
                attribute.setType(AttributeType.INT).setI(whole);
            } else if (value instanceof Float number) {
                attribute.setType(AttributeType.FLOAT).setF(number);
            } else if (value instanceof String text) {
                attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
            } else if (value instanceof float[] numbers) {
                attribute.setType(AttributeType.FLOATS);
                for (float number : numbers) {
                    attribute.addFloats(number);
                }
            } else {
                attribute.setType(AttributeType.INTS);
                for (long whole : (long[]) value) {
                    attribute.addInts(whole);
                }
            }
            return attribute.build();
        }

        private static ValueInfoProto value(String name, long... sizes) {
            TensorShapeProto.Builder shape =
                    TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("n"));
            for (long size : sizes) {
                shape.addDim(Dimension.newBuilder().setDimValue(size));
            }
            TypeProto.Tensor.Builder tensor =
                    TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber());
            return ValueInfoProto.newBuilder()
                    .setName(name)
                    .setType(TypeProto.newBuilder().setTensorType(sizes.length == 0 ? tensor : tensor.setShape(shape)))
                    .build();
        }

        byte[] bytes() {
            return ModelProto.newBuilder()
                    .setIrVersion(8)
                    .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                    .addOpsetImport(OperatorSetIdProto.newBuilder()
                            .setDomain("ai.onnx.ml")
                            .setVersion(3))
                    .setGraph(graph.clone().addInput(value("x", dimensions)).addOutput(value("y")))
                    .build()
                    .toByteArray();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Model gemm(String name) {
        return new Model(name).tensor("w", 3, 4).tensor("b", 3).op("h", "Gemm", "x w b", "transB", 1L);
    }

    private static float[] floats(int count) {
        Random random = new Random(5);
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = 2 * random.nextFloat() - 1;
        }
        return floats;
    }

    private static float[] opposite(float... numbers) {
        float[] both = new float[2 * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            both[i] = -numbers[i];
            both[i + numbers.length] = numbers[i];
        }
        return both;
    }

    static List<Model> read() {
        List<Model> all = new ArrayList<>();
        all.add(new Model("transposed weight")
                .tensor("w", 3, 4)
                .op("t", "Transpose", "w", "perm", new long[] {1, 0})
                .op("y", "MatMul", "x t"));
        all.add(new Model("transposed weight of Gemm")
                .tensor("w", 3, 4)
                .tensor("b", 3)
                .op("t", "Transpose", "w")
                .op("y", "Gemm", "x t b"));
        all.add(new Model("cast weight")
                .tensor("w", 4, 3)
                .op("t", "Cast", "w", "to", 1L)
                .op("y", "MatMul", "x t"));
        all.add(new Model("squeezed at the end")
                .tensor("w", 4, 1)
                .whole("one", 1)
                .op("h", "MatMul", "x w")
                .op("y", "Squeeze", "h one"));
        all.add(new Model("squeezed from behind")
                .tensor("w", 4, 1)
                .whole("one", -1)
                .op("h", "MatMul", "x w")
                .op("y", "Squeeze", "h one"));
        all.add(new Model("reshaped to one dimension")
                .tensor("w", 4, 1)
                .whole("one", -1)
                .op("h", "MatMul", "x w")
                .op("y", "Reshape", "h one"));
        all.add(new Model("flattened at the beginning")
                .input(2, 2)
                .tensor("w", 4, 3)
                .op("f", "Flatten", "x")
                .op("y", "MatMul", "f w"));
        all.add(new Model("reshaped at the beginning")
                .input(1, 2, 2)
                .tensor("w", 4, 3)
                .whole("shape", -1, 4)
                .op("f", "Reshape", "x shape")
                .op("y", "MatMul", "f w"));
        all.add(new Model("linear regression")
                .op("y", "LinearRegressor", "x", "coefficients", floats(4), "intercepts", new float[] {3}));
        all.add(new Model("linear regression of two, without intercepts")
                .op("y", "LinearRegressor", "x", "coefficients", floats(8), "targets", 2L, "post_transform", "NONE"));
        all.add(new Model("logistic regression")
                .op(
                        "label s",
                        "LinearClassifier",
                        "x",
                        "coefficients",
                        opposite(floats(4)),
                        "intercepts",
                        opposite(0.3f),
                        "classlabels_ints",
                        new long[] {0, 1},
                        "multi_class",
                        1L,
                        "post_transform",
                        "LOGISTIC")
                .op("y", "Normalizer", "s", "norm", "L1"));
        for (String transform : List.of("SOFTMAX", "NONE", "LOGISTIC")) {
            all.add(new Model("three classes, " + transform)
                    .op(
                            "label y",
                            "LinearClassifier",
                            "x",
                            "coefficients",
                            floats(12),
                            "intercepts",
                            floats(3),
                            "classlabels_ints",
                            new long[] {0, 1, 2},
                            "post_transform",
                            transform));
        }
        all.add(gemm("softmax that is normalised again")
                .op("s", "Softmax", "h")
                .op("y", "Normalizer", "s", "norm", "L1"));
        all.add(new Model("imputer and scaler")
                .op("f", "Imputer", "x", "imputed_value_floats", floats(4), "replaced_value_float", Float.NaN)
                .op("s", "Scaler", "f", "offset", floats(4), "scale", new float[] {2, 3, 4, 5})
                .tensor("w", 4, 3)
                .op("y", "MatMul", "s w"));
        all.add(gemm("clip to 0.2 to 0.7").number("a", 0.2).number("c", 0.7).op("y", "Clip", "h a c"));
        all.add(gemm("clip from −2 on").number("a", -2).op("y", "Clip", "h a"));
        all.add(gemm("clip to the greatest number")
                .number("a", -0.5)
                .number("c", Float.MAX_VALUE)
                .op("y", "Clip", "h a c"));
        all.add(gemm("max with a number, then tanh")
                .number("a", 0.1)
                .op("m", "Max", "h a")
                .op("y", "Tanh", "m"));
        all.add(gemm("min with a number").number("a", 0.1).op("y", "Min", "a h"));
        all.add(gemm("a slope for each column").tensor("a", 3).op("y", "PRelu", "h a"));
        all.add(gemm("a residual block")
                .tensor("v", 3, 3)
                .op("g", "MatMul", "h v")
                .op("r", "Relu", "g")
                .op("s", "Add", "r h")
                .op("y", "Relu", "s"));
        all.add(gemm("two branches with weights, in two blocks")
                .tensor("u", 3, 3)
                .tensor("v", 3, 3)
                .op("l", "MatMul", "h u")
                .op("k", "Tanh", "h")
                .op("r", "MatMul", "k v")
                .op("s", "Sum", "l r")
                .op("t", "Sigmoid", "s")
                .op("y", "Add", "t s"));
        all.add(gemm("a block in a block")
                .tensor("u", 3, 3)
                .op("a", "Relu", "h")
                .op("g", "MatMul", "a u")
                .op("c", "Add", "a g")
                .op("d", "Tanh", "c")
                .op("y", "Add", "d h"));
        all.add(gemm("the larger of two branches")
                .tensor("v", 3, 3)
                .op("g", "MatMul", "h v")
                .op("r", "Tanh", "h")
                .op("y", "Max", "g r"));
        all.add(gemm("a gate")
                .tensor("v", 3, 3)
                .op("g", "MatMul", "h v")
                .op("s", "Sigmoid", "g")
                .op("y", "Mul", "h s"));
        all.add(gemm("a square").op("y", "Mul", "h h"));
        all.add(gemm("a number twice").op("y", "Add", "h h"));
        return all;
    }

    @ParameterizedTest
    @MethodSource("read")
    void isReadAndPredictsWhatOnnxRuntimeDoes(Model model) throws Exception {
        Layer read = Onnx.read(Files.write(folder.resolve("model.onnx"), model.bytes()));
        double[][] rows = Networks.features(ROWS, 4).toDoubleMatrix();
        Object x = shaped(rows, model.dimensions);
        List<Double> expected = new ArrayList<>();
        flatten(OnnxRuntime.run(model.bytes(), Map.of("x", x)).get("y"), expected);
        double[][] actual = read.predict(Flux4j.rows(rows)).toDoubleMatrix();

        int width = actual[0].length;
        assertThat(expected).hasSize(ROWS * width);
        for (int i = 0; i < expected.size(); i++) {
            double bound = FLOAT32 * Math.max(1, Math.abs(expected.get(i)));
            assertThat(actual[i / width][i % width]).as(read.text()).isCloseTo(expected.get(i), within(bound));
        }
    }

    private static Object shaped(double[][] rows, long... dimensions) {
        int[] shape = new int[dimensions.length + 1];
        shape[0] = rows.length;
        for (int i = 0; i < dimensions.length; i++) {
            shape[i + 1] = (int) dimensions[i];
        }
        Object array = Array.newInstance(float.class, shape);
        for (int i = 0; i < 4 * rows.length; i++) {
            Object inner = array;
            int left = i;
            for (int d = 0; d < shape.length; d++) {
                int below = 1;
                for (int k = d + 1; k < shape.length; k++) {
                    below *= shape[k];
                }
                if (d == shape.length - 1) {
                    Array.setFloat(inner, left, (float) rows[i / 4][i % 4]);
                } else {
                    inner = Array.get(inner, left / below);
                    left %= below;
                }
            }
        }
        return array;
    }

    private static void flatten(Object array, List<Double> into) {
        if (array instanceof Number number) {
            into.add(number.doubleValue());
            return;
        }
        for (int i = 0; i < Array.getLength(array); i++) {
            flatten(Array.get(array, i), into);
        }
    }

    private void assertRefused(Model model, String... parts) {
        assertThatThrownBy(() -> Onnx.read(Files.write(folder.resolve("model.onnx"), model.bytes())))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void theRefusalSaysHowThePartBeforeIsRead() throws IOException {
        Model model = gemm("cosine").op("t", "Tanh", "h").op("y", "Cos", "t");
        assertRefused(model, "operator 3, Cos", "Onnx.read(file, \"t\")");
        assertThat(Onnx.read(folder.resolve("model.onnx"), "t").text()).isEqualTo("dense(4, 3, tanh)");
    }

    @Test
    void whatWouldBeWrongIsRefused() {
        float[] three = floats(12);
        assertRefused(
                new Model("one against all")
                        .op(
                                "label s",
                                "LinearClassifier",
                                "x",
                                "coefficients",
                                three,
                                "intercepts",
                                floats(3),
                                "classlabels_ints",
                                new long[] {0, 1, 2},
                                "post_transform",
                                "LOGISTIC")
                        .op("y", "Normalizer", "s", "norm", "L1"),
                "add up to 1");
        assertRefused(
                new Model("one row for two classes")
                        .op(
                                "label y",
                                "LinearClassifier",
                                "x",
                                "coefficients",
                                floats(4),
                                "intercepts",
                                floats(1),
                                "classlabels_ints",
                                new long[] {0, 1},
                                "post_transform",
                                "LOGISTIC"),
                "one for two classes");
        assertRefused(
                new Model("zero stands for a gap")
                        .op("f", "Imputer", "x", "imputed_value_floats", floats(4), "replaced_value_float", 0f)
                        .tensor("w", 4, 3)
                        .op("y", "MatMul", "f w"),
                "expected NaN");
        assertRefused(gemm("a far bound").number("a", -1000).op("y", "Clip", "h a"), "bounds of");
        assertRefused(
                gemm("upside down").number("a", 1).number("c", 0).op("y", "Clip", "h a c"), "not above the upper one");
        assertRefused(gemm("three columns squeezed").whole("one", 1).op("y", "Squeeze", "h one"), "for 1 columns");
        assertRefused(
                new Model("flattened from behind")
                        .input(2, 4)
                        .tensor("w", 4, 3)
                        .op("f", "Flatten", "x", "axis", -1L)
                        .op("y", "MatMul", "f w"),
                "Flatten");
        assertRefused(
                new Model("a product of rows of matrices")
                        .input(2, 4)
                        .tensor("w", 4, 3)
                        .op("y", "MatMul", "x w"),
                "3 dimensions");
        assertRefused(
                gemm("a sum of other widths")
                        .tensor("v", 3, 1)
                        .op("g", "MatMul", "h v")
                        .op("y", "Add", "g h"),
                "3 columns");
        assertRefused(gemm("a quotient of branches").input(4).op("y", "Div", "h h"), "Div");
    }

    /** A file of a few kilobytes in which each block lies in the one before, and one with blocks after one another. */
    @Test
    void branchesInEachOtherEndAndBlocksAfterOneAnotherAreRead() throws IOException {
        Model deep = gemm("deep");
        String tensor = "h";
        for (int i = 0; i < 40; i++) {
            deep.op("t" + i, "Tanh", tensor).op("s" + i, "Add", "t" + i + " h");
            tensor = "s" + i;
        }
        deep.op("y", "Relu", tensor);
        assertRefused(deep, "are nested");

        Model long1 = gemm("long");
        tensor = "h";
        for (int i = 0; i < 500; i++) {
            long1.op("t" + i, "Tanh", tensor).op("s" + i, "Add", "t" + i + " " + tensor);
            tensor = "s" + i;
        }
        long1.op("y", "Relu", tensor);
        assertThat(Onnx.read(Files.write(folder.resolve("long.onnx"), long1.bytes()))
                        .text())
                .startsWith("chain(dense(4, 3), skipConnection(tanh");
    }
}
