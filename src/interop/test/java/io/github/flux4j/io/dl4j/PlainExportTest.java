package io.github.flux4j.io.dl4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.Modules;
import io.github.flux4j.agreement.NetworkLoader;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.io.dl4j.Dl4j.Exported;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Exports, loaded by DL4J's own ModelSerializer in a process that has DL4J alone. */
@Tag("process")
class PlainExportTest {

    /** Float32 sums of another order; ND4J's tanh of Float32 near 0. */
    private static final double ROUNDING = 2e-6;

    private static final INDArray X = rows(NetworkLoader.X);

    @TempDir
    private Path folder;

    /** Slopes of activations and sizes of weights pass a difference on, by less than this much here. */
    private static final double PASSED_ON = 3;

    private static Map<String, Layer> models() {
        seed(5);
        Map<String, Layer> models = new LinkedHashMap<>();
        List<Activation> near = List.of(
                RELU,
                RELU6,
                SIGMOID,
                SOFTSIGN,
                TANH,
                HARDTANH,
                SOFTPLUS,
                SELU,
                SWISH,
                MISH,
                SOFTMAX,
                trelu(0.3),
                leakyrelu(0.2),
                ELU,
                elu(0.5),
                GELU,
                GELU_TANH,
                GELU_SIGMOID,
                GELU_ERF,
                HARDSIGMOID,
                IDENTITY);
        for (Activation activation : near) {
            models.put("" + activation, chain(dense(2, 3, activation), activation, dense(3, 2, activation)));
        }
        BatchNorm norm = batchNorm(3, RELU);
        norm.runningMean().assign(0.25);
        norm.runningVariance().assign(0.5);
        norm.gamma().assign(2);
        models.put("batchNorm", chain(dense(2, 3), norm, dense(3, 2)));
        models.put("batchNorm without scale", chain(dense(2, 3), batchNorm(3).withoutAffine(), dense(3, 2)));
        models.put(
                "scale",
                chain(
                        dense(2, 3),
                        io.github.flux4j.layers.Scale.of(3, TANH),
                        dense(3, 2).withoutBias()));
        models.put(
                "scale first",
                chain(io.github.flux4j.layers.Scale.of(2, IDENTITY).withoutBias(), dense(2, 2)));
        models.put("dropout", chain(dense(2, 3), dropout(0.4), alphaDropout(0.1), chain(dense(3, 2), RELU)));
        models.put("one", dense(2, 2));
        models.put("float64", f64(chain(dense(2, 5, TANH), dense(5, 2, SIGMOID))));
        return models;
    }

    @Test
    void plainDl4jPredictsWithinWhatIsSaid() throws IOException, InterruptedException {
        Map<String, Layer> models = models();
        Map<String, Exported> exported = new LinkedHashMap<>();
        List<String> files = new java.util.ArrayList<>();
        for (Map.Entry<String, Layer> model : models.entrySet()) {
            Path file = folder.resolve(files.size() + ".zip");
            exported.put(model.getKey(), Dl4j.export(model.getValue(), file));
            files.add(file.toString());
        }
        List<String> lines = loaded(files);
        int line = 0;
        for (Map.Entry<String, Layer> model : models.entrySet()) {
            double[] expected = Tensors.toDoubles(
                    model.getValue().predict(X.castTo(model.getValue().dataType())));
            assertThat(lines.get(line)).as(model.getKey()).doesNotContain("Exception");
            double[] actual = Arrays.stream(lines.get(line++).split(" \\| ")[0].split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            double said = exported.get(model.getKey()).parts().stream()
                    .mapToDouble(Exported.Part::difference)
                    .sum();
            assertThat(actual).as(model.getKey()).containsExactly(expected, within(ROUNDING + PASSED_ON * said));
        }
    }

    private List<String> loaded(List<String> files) throws IOException, InterruptedException {
        Path list = folder.resolve("list");
        Files.write(list, files);
        String without = Modules.classPathWithout();
        ChildJvm child = ChildJvm.run(
                without,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                NetworkLoader.class.getName(),
                list.toString());
        assertThat(child.out().strip()).as(child.err()).endsWith("false");
        return Files.readAllLines(Path.of(list + ".out"));
    }

    @Test
    void whatIsNearIsSaid() throws IOException {
        Exported exported = Dl4j.export(
                chain(dense(2, 3, GELU), dropout(0.1), dense(3, 2, RELU), HARDSIGMOID), folder.resolve("near.zip"));
        assertThat(exported.approximated()).hasSize(2);
        assertThat(exported.approximated().get(0).difference()).isBetween(0.01, 0.03); // Hendrycks and Gimpel: 0.02
        assertThat(exported.approximated().get(1).difference())
                .isCloseTo(1 / 12.0, within(1e-6)); // at ±2.5, 1 and 5.5/6
        assertThat(exported.toString())
                .contains(
                        "layer 0: gelu as ActivationGELU, within 0.0",
                        "x·σ(1.702x)",
                        "layer 1: Dropout(0.1) as DropoutLayer");
        assertThat(Dl4j.export(chain(dense(2, 3, RELU)), folder.resolve("exact.zip"))
                        .difference())
                .isZero();
    }

    @Test
    void exportingTwiceGivesTheSameBytes() throws IOException {
        Layer model = chain(dense(2, 3, GELU), dense(3, 1));
        Dl4j.export(model, folder.resolve("a"));
        Dl4j.export(model, folder.resolve("b"));
        assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    }

    @Test
    void whatHasNoNearMatchIsRefusedByName() {
        for (Layer layer : List.of(LOGCOSH, softshrink(1), celu(2), RRELU, layerNorm(3))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Dl4j.export(chain(dense(2, 3), layer), folder.resolve("none.zip")))
                    .withMessageContaining(layer.inOneLine())
                    .withMessageContaining("Deeplearning4j has no");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dl4j.export(RELU, folder.resolve("none.zip")))
                .withMessageContaining("without parameters");
        Layer training = chain(dense(2, 3), dropout(0.5));
        trainmode(training);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dl4j.export(training, folder.resolve("none.zip")))
                .withMessageContaining("testmode(model)");
        assertThat(folder).isEmptyDirectory();
    }
}
