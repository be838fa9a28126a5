package io.github.flux4j.io.onnx;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Files of {@link Onnx#export}, predicted with by ONNX Runtime and compared with {@code predict}. */
class OnnxExportTest {

    /** Some roundings of Float32 to values up to 6, relative to 1 and above: ONNX Runtime's exp, tanh and erf are approximations. */
    private static final double FLOAT32 = 2e-6;

    /** Some roundings of Float64. */
    private static final double FLOAT64 = 1e-14;

    static Stream<Activation> activations() {
        return Networks.activations();
    }

    static Stream<Layer> layers() {
        return Networks.layers();
    }

    private static void assertSame(Layer model, INDArray features, double tolerance) throws Exception {
        double[][] expected = model.predict(features).toDoubleMatrix();
        double[][] actual = OnnxRuntime.predict(Onnx.bytes(model), features);
        assertThat(actual).hasDimensions(expected.length, expected[0].length);
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected[i].length; j++) {
                double bound = tolerance * Math.max(1, Math.abs(expected[i][j]));
                assertThat(actual[i][j])
                        .as("%s, row %s", model, features.getRow(i))
                        .isCloseTo(expected[i][j], within(bound));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everyActivationIsTheSame(Activation activation) throws Exception {
        assertSame(activation, Networks.features(50, 3), FLOAT32);
        assertSame(Networks.filled(dense(4, 3, activation)), Networks.features(50, 4), FLOAT32);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everyActivationButErfIsTheSameInFloat64(Activation activation) throws Exception {
        Dense model = f64(Networks.filled(dense(4, 3, activation)));
        if (activation == GELU_ERF) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Onnx.bytes(model))
                    .withMessageContaining("no Erf in Float64");
        } else {
            assertSame(model, Networks.features(50, 4).castTo(DataType.DOUBLE), FLOAT64);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyLayerIsTheSameForOneRowAndForMany(Layer layer) throws Exception {
        assertSame(layer, Networks.features(1, 3), FLOAT32);
        assertSame(layer, Networks.features(40, 3), FLOAT32);
        if (layer.text().startsWith("periodic")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Onnx.bytes(f64(layer)))
                    .withMessageContaining("no Cos in Float64");
        } else {
            assertSame(f64(layer), Networks.features(40, 3).castTo(DataType.DOUBLE), FLOAT64);
        }
    }

    @Test
    void aNamedAndNestedChainIsTheSame() throws Exception {
        assertSame(Networks.deep(), Networks.features(1, 4), FLOAT32);
        assertSame(Networks.deep(), Networks.features(300, 4), FLOAT32);
    }

    @Test
    void aTrainedModelIsTheSame() throws Exception {
        seed(1);
        INDArray x = Networks.features(64, 4);
        Chain model = chain(dense(4, 8), batchNorm(8, RELU), dropout(0.2), dense(8, 2, SOFTPLUS));
        train(MSE, model, dataLoader(x, x.getColumns(0, 1).dup()).batchSize(16), setup(adam(), model));
        assertSame(model, x, FLOAT32);
    }

    /** Years of mean 1976: if x were multiplied before the mean is taken off, three digits would be lost. */
    @Test
    void batchNormKeepsItsDigitsWhereTheMeanIsLarge() throws Exception {
        BatchNorm model = batchNorm(1);
        model.runningMean().assign(1976);
        model.runningVariance().assign(13.7);
        assertSame(model, column(1970, 1975, 1976.5, 1982), FLOAT32);
    }

    @Test
    void aLayerOfAnyWidthTakesAnyWidth() throws Exception {
        assertSame(chain(TANH, dropout(0.5)), Networks.features(3, 2), FLOAT32);
        assertSame(IDENTITY, Networks.features(3, 2), 0);
    }

    @Test
    void operatorsAndStoredNumbersHaveTheLayersNames() throws Exception {
        ModelProto file = ModelProto.parseFrom(Onnx.bytes(Networks.deep()));
        assertThat(file.getGraph().getInitializerList())
                .extracting(tensor -> tensor.getName())
                .contains("standardise/mean", "first/weight", "inner/0/weight", "last/weight");
        assertThat(file.getGraph().getNodeList())
                .extracting(NodeProto::getName)
                .contains("first/Gemm", "first/Relu", "softmax/Softmax");
    }

    @Test
    void theFileSaysWhoWroteItAndNeedsNoNewerRuntimeThanOf2020() throws Exception {
        ModelProto file = ModelProto.parseFrom(Onnx.bytes(chain(dense(2, 3, TANH), dense(3, 1))));
        assertThat(file.getProducerName()).isEqualTo("flux4j");
        assertThat(file.getProducerVersion()).isNotEmpty();
        assertThat(file.getIrVersion()).isEqualTo(7);
        assertThat(file.getOpsetImportList())
                .singleElement()
                .extracting(opset -> opset.getVersion())
                .isEqualTo(13L);
        assertThat(file.getMetadataProps(0).getValue()).isEqualTo("chain(dense(2, 3, tanh), dense(3, 1))");
        assertThat(file.getGraph().getInput(0).getName()).isEqualTo("features");
        assertThat(file.getGraph().getOutput(0).getName()).isEqualTo("predictions");
        assertThat(file.getGraph()
                        .getInput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(0)
                        .getDimParam())
                .isEqualTo("rows");
    }

    @Test
    void theSameModelGivesTheSameBytes() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Onnx.export(Networks.deep(), out);
        assertThat(Onnx.bytes(Networks.deep())).isEqualTo(out.toByteArray());
    }

    @Test
    void aFileIsReplacedAndNothingIsLeftBesideIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.onnx");
        Files.writeString(file, "old");
        Onnx.export(dense(2, 1), file);
        assertThat(Onnx.read(file)).isInstanceOf(Dense.class);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aFolderThatIsMissingIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> Onnx.export(dense(2, 1), folder.resolve("none/model.onnx")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
    }

    @Test
    void whatMeansNothingOutsideIsRefusedWithTheReason() {
        Activation own = Activation.of("cube", x -> x * x * x, (x, y) -> 3 * x * x);
        assertRefused(
                chain(dense(2, 2), RRELU), "rrelu can't be exported to ONNX: it draws new slopes in testing, too");
        assertRefused(dense(2, 2, own), "cube can't be exported to ONNX: it is an activation of your own");
        assertRefused(
                Layer.of("twice", new Layers.Twice()), "twice can't be exported to ONNX: it is a layer of your own");
        assertRefused(forced(dropout(0.5)), "in forced training mode; call testmode(model)");
        assertRefused(forced(alphaDropout(0.5)), "testmode(model)");
        assertRefused(forced(chain(dense(2, 2), batchNorm(2))), "testmode(model)");
    }

    private static <L extends Layer> L forced(L model) {
        trainmode(model);
        return model;
    }

    private static void assertRefused(Layer model, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Onnx.bytes(model)).withMessageContaining(message);
    }

    @Test
    void aModelThatDivergedIsRefused() {
        Dense model = dense(2, 1);
        model.weight().putScalar(0, Float.NaN);
        assertRefused(model, "weight of Dense(2 => 1)");
    }

    @Test
    void aModelWhoseMemoryIsClosedIsRefused() {
        Dense model = dense(2, 1);
        model.flatParameters().close();
        assertThatThrownBy(() -> Onnx.bytes(model))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aNumberTooLargeForFloat32IsRefused() {
        assertRefused(leakyrelu(1e39), "too large for Float32; export a Float64 copy");
    }

    @Test
    void aFolderAsTargetIsRefusedAndStays(@TempDir Path folder) {
        assertThatThrownBy(() -> Onnx.export(dense(2, 1), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is a folder");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nullIsNamed() {
        for (var call : List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                () -> Onnx.bytes((Layer) null), () -> Onnx.export((Layer) null, Path.of("x")))) {
            assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessageContaining("model is null");
        }
    }
}
