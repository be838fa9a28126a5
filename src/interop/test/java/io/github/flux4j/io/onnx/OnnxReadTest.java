package io.github.flux4j.io.onnx;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks that are read from ONNX files: flux4j's own, and those beside {@code make_networks.py} in the test resources, which PyTorch's exporter
 * wrote, or the script itself as scikit-learn's exporter does. Their predictions are PyTorch's and scikit-learn's.
 */
class OnnxReadTest {

    private static final Path OTHERS = Path.of("src/interop/test/resources/io/github/flux4j/io/onnx");

    /** Float32 on both sides, in other orders; PyTorch's exp and tanh are approximations. */
    private static final double FLOAT32 = 4e-6;

    @TempDir
    private Path folder;

    static Stream<Activation> activations() {
        return Networks.activations();
    }

    static Stream<Layer> layers() {
        return Networks.readable();
    }

    static List<Path> others() throws IOException {
        try (Stream<Path> files = Files.walk(OTHERS)) {
            return files.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private Layer roundTrip(Layer model) throws IOException {
        Path file = folder.resolve("model.onnx");
        Onnx.export(model, file);
        return Onnx.read(file);
    }

    private static void assertSame(Layer expected, Layer actual, INDArray features) {
        assertThat(actual.dataType()).isEqualTo(expected.dataType());
        assertThat(actual.predict(features).toDoubleMatrix())
                .isDeepEqualTo(expected.predict(features).toDoubleMatrix());
    }

    /** Three names of one function come back by the first. */
    @ParameterizedTest
    @MethodSource("activations")
    void everyActivationComesBack(Activation activation) throws IOException {
        Activation expected = activation.equals(GELU_TANH) || activation.equals(GELU_SIGMOID)
                ? GELU
                : activation.equals(CELU) ? ELU : activation; // celu(1) is elu(1)
        Layer model = Networks.filled(dense(4, 3, expected));
        assertThat(roundTrip(model).text()).isEqualTo(model.text());
        assertSame(model, roundTrip(model), Networks.features(20, 4));
        assertThat(roundTrip(activation).text()).isEqualTo(expected.text());
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everyActivationButErfComesBackInFloat64(Activation activation) throws IOException {
        if (!activation.equals(GELU_ERF)) {
            Layer model = f64(Networks.filled(dense(4, 3, activation)));
            assertSame(model, roundTrip(model), Networks.features(20, 4).castTo(DataType.DOUBLE));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyLayerComesBackWithTheSamePredictions(Layer layer) throws IOException {
        assertSame(layer, roundTrip(layer), Networks.features(20, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dense(3, 2, tanh)",
                "dense(3, 2, tanh, bias=false)",
                "scale(3, relu)",
                "scale(3, bias=false)",
                "layerNorm(3, swish)",
                "layerNorm(3, affine=false)",
                "batchNorm(3, gelu)",
                "batchNorm(3, affine=false)",
                "batchNorm(3, trackStats=false)",
                "batchNorm(3, eps=0.5)",
                "chain(batchNorm(3), dense(3, 4, mish), layerNorm(4), dense(4, 2, softmax))",
                "chain(tanh, softplus)",
                "identity"
            })
    void aStructureComesBack(String text) throws IOException {
        Layer model = Layer.parse(text);
        assertThat(roundTrip(model).structure()).isEqualTo(model.structure());
    }

    /** Chains in chains become one, names and what does nothing in testing are gone, an activation joins the layer before it. */
    @Test
    void whatOnnxHasNoPlaceForIsGone() throws IOException {
        Chain model = Networks.deep();
        Layer read = roundTrip(model);
        assertThat(read.text())
                .isEqualTo(
                        "chain(batchNorm(4, eps=0.001), dense(4, 6, relu), dense(6, 5, gelu), layerNorm(5, swish), scale(5, tanh), "
                                + "dense(5, 3, softmax, bias=false))");
        assertSame(model, read, Networks.features(20, 4));
    }

    @Test
    void readingDrawsNoRandomNumber() throws IOException {
        Path file = folder.resolve("model.onnx");
        Onnx.export(Networks.deep(), file);
        seed(5);
        INDArray expected = dense(3, 3).weight();
        seed(5);
        Onnx.read(file);
        assertThat(dense(3, 3).weight()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("others")
    void othersNetworksPredictWhatTheyDoThere(Path file) throws IOException {
        Layer model = Onnx.read(file);
        for (double[] row : csv(file)) {
            double[] features = Arrays.copyOf(row, 4);
            double[] predictions = model.predict(features);
            double[] expected = Arrays.copyOfRange(row, 4, row.length);
            assertThat(predictions).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                double bound = FLOAT32 * Math.max(1, Math.abs(expected[i]));
                assertThat(predictions[i]).as(model.text()).isCloseTo(expected[i], within(bound));
            }
        }
    }

    private static List<double[]> csv(Path file) throws IOException {
        return Files.readAllLines(Path.of(file.toString().replace(".onnx", ".csv"))).stream()
                .map(line -> Stream.of(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pytorch/mlp-13 | chain(dense(4, 6), batchNorm(6, relu), dense(6, 5, bias=false), layerNorm(5, gelu_erf), dense(5, 3, softmax))",
                "pytorch/mlp-20 | chain(dense(4, 6), batchNorm(6, relu), dense(6, 5, bias=false), layerNorm(5, gelu_erf), dense(5, 3, softmax))",
                "pytorch/layernorm-plain | chain(dense(4, 3), layerNorm(3, affine=false))",
                "pytorch/activation-leakyrelu | dense(4, 3, leakyrelu(0.2))",
                "sklearn/regressor-tanh-scaled | chain(chain(scale(4), scale(4, bias=false)), dense(4, 6, tanh), dense(6, 5, tanh), dense(5, 1))",
                "sklearn/classifier-2 | chain(dense(4, 6, relu), dense(6, 1), dense(1, 2, softmax, bias=false))",
                "sklearn/classifier-3 | chain(dense(4, 6, relu), dense(6, 3, softmax))"
            })
    void othersNetworksHaveTheStructureThatTheyHaveThere(String file, String text) throws IOException {
        assertThat(Onnx.read(OTHERS.resolve(file + ".onnx")).text()).isEqualTo(text);
    }

    @Test
    void batchNormTakesMomentumAndEpsilonOver() throws IOException {
        BatchNorm norm = (BatchNorm) ((Chain) Onnx.read(OTHERS.resolve("pytorch/batchnorm-first.onnx"))).get(0);
        assertThat(norm.structure().momentum()).isEqualTo(0.2);
        assertThat(norm.structure().eps()).isEqualTo(1e-3);
    }

    @Test
    void float64StaysFloat64() throws IOException {
        assertThat(Onnx.read(OTHERS.resolve("sklearn/regressor-logistic-double.onnx"))
                        .dataType())
                .isEqualTo(DataType.DOUBLE);
    }

    @Test
    void aNamedTensorIsThePartBeforeIt() throws IOException {
        assertThat(Onnx.read(OTHERS.resolve("sklearn/classifier-2.onnx"), "out_activations_result")
                        .text())
                .isEqualTo("chain(dense(4, 6, relu), dense(6, 1, sigmoid))");
    }
}
