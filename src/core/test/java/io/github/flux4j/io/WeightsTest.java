package io.github.flux4j.io;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.files.SafeTensorsWriter;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.predict.SafeTensors;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Numbers without structure; the oracle is PyTorch, whose files {@code weights.py} beside them made. */
class WeightsTest {

    /** PyTorch and this sum in other orders. */
    private static final double FLOAT_SUM = 2e-6;

    @TempDir
    private Path folder;

    private static Chain network() {
        return chain(
                dense(3, 5, TANH), batchNorm(5), dropout(0.2), chain(dense(5, 4, RELU)), layerNorm(4), dense(4, 2));
    }

    private static Path pyTorchs(String name) throws URISyntaxException {
        return Path.of(WeightsTest.class.getResource("weights/" + name).toURI());
    }

    private static INDArray features() {
        return rows(new double[][] {{0.5, -1, 2}, {0, 0, 0}, {-3, 0.25, 1.5}, {10, -10, 0.125}});
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32.safetensors", "float64.safetensors"})
    void pyTorchsPredictAsThere(String name) throws Exception {
        double[] expected = predictions();
        Chain model = network();
        Weights.load(model, pyTorchs(name));
        assertThat(numbers(model.predict(features()))).containsExactly(expected, within(FLOAT_SUM));

        Layer wide = f64(network());
        Weights.load(wide, pyTorchs(name));
        assertThat(numbers(wide.predict(features().castTo(DataType.DOUBLE))))
                .containsExactly(expected, within(FLOAT_SUM));
    }

    private static double[] predictions() throws Exception {
        return Files.readAllLines(pyTorchs("predictions.csv")).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double[] numbers(INDArray predictions) {
        return predictions.castTo(DataType.DOUBLE).ravel().toDoubleVector();
    }

    @Test
    void namesAreThoseOfPyTorch() throws Exception {
        Path file = folder.resolve("weights.safetensors");
        Weights.save(network(), file);
        List<String> names = SafeTensors.read(pyTorchs("float32.safetensors")).tensors().keySet().stream()
                .filter(name -> !name.endsWith("num_batches_tracked"))
                .toList();
        assertThat(SafeTensors.read(file).tensors().keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void whatIsSavedIsLoadedToTheBitAndAModelFileIsReadToo() throws Exception {
        Path file = folder.resolve("weights.safetensors");
        Chain model = network();
        Weights.load(model, pyTorchs("float32.safetensors"));
        Weights.save(model, file);
        Path whole = folder.resolve("model.flux4j");
        save(model, whole);
        for (Path each : List.of(file, whole)) {
            Chain other = network();
            Weights.load(other, each);
            assertThat(State.of(other)).isEqualTo(State.of(model));
        }
    }

    @Test
    void aLayerAloneHasNamesWithoutAPlaceAndOneWithoutNumbersHasNone() throws Exception {
        Path file = folder.resolve("weights.safetensors");
        Weights.save(dense(2, 3), file);
        assertThat(SafeTensors.read(file).tensors()).containsOnlyKeys("weight", "bias");
        Weights.save(nothing(), file);
        assertThat(SafeTensors.read(file).tensors()).isEmpty();
        Weights.load(nothing(), file);
    }

    private static Layer nothing() {
        return dropout(0.5);
    }

    @Test
    void othersAreRefusedAndTheModelIsUnchanged() throws Exception {
        assertRefused(Map.of(), "there is no \"0.bias\" and 1 more");
        assertRefused(
                Map.of("0.weight", floats(3, 2), "0.bias", floats(3), "1.weight", floats(1)), "also \"1.weight\"");
        assertRefused(
                Map.of("0.weight", floats(3, 2), "0.Bias", floats(3)), "no \"0.bias\", and there is also \"0.Bias\"");
        assertRefused(
                Map.of("0.weight", floats(2, 3), "0.bias", floats(3)),
                "shape [3, 2] was expected for tensor \"0.weight\", but it is F32[2, 3]");
        assertRefused(Map.of("0.weight", floats(3, 2), "0.bias", Tensor.of(new long[3], 3)), "it is I64[3]");
        assertRefused(
                Map.of("0.weight", floats(3, 2), "0.bias", Tensor.of(new double[] {0, 1e39, 0}, 3)), "f64(model)");
        assertRefused(
                Map.of("0.weight", floats(3, 2), "0.bias", floats(3), "num_batches_tracked", Tensor.of(new long[1])),
                "num_batches_tracked");
        assertRefused(
                Map.of("0.weight", floats(3, 2), "0.bias", floats(3), "\u001b[31m\u009b", floats(1)), "\"?[31m?\"");
    }

    private static Tensor floats(int... shape) {
        int length = Stream.of(shape).flatMapToInt(java.util.Arrays::stream).reduce(1, (a, b) -> a * b);
        float[] numbers = new float[length];
        java.util.Arrays.fill(numbers, 7);
        return Tensor.of(numbers, shape);
    }

    private void assertRefused(Map<String, Tensor> tensors, String why) throws Exception {
        Path file = folder.resolve("others.safetensors");
        SafeTensorsWriter.write(new SafeTensors(Map.of(), new LinkedHashMap<>(tensors)), file);
        Chain model = chain(dense(2, 3, TANH));
        State before = State.of(model);
        assertThatThrownBy(() -> Weights.load(model, file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
        assertThat(State.of(model)).isEqualTo(before);
    }

    @Test
    void numbersOfOtherTypesAreRefusedWithTheirRemedy() throws Exception {
        Path file = pyTorchs("bfloat16.safetensors");
        assertThatThrownBy(() -> Weights.load(network(), file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(
                        "\"BF16\"; convert it where the file was written, in PyTorch with tensor.float()");
    }

    @Test
    void checkpointsHoldMoreThanWeights() throws Exception {
        Chain model = chain(dense(2, 3));
        Path file = folder.resolve("run.flux4j");
        Checkpoint.write(setup(momentum(0.1), model), file);
        assertThatThrownBy(() -> Weights.load(model, file)).hasMessageContaining("also \"optimiser.0.0\"");
    }
}
