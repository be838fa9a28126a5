package io.github.flux4j.io;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Dropout;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import io.github.flux4j.layers.Mode;
import io.github.flux4j.layers.State;
import io.github.flux4j.predict.SafeTensors;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelsTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void seeded() {
        seed(7);
        file = folder.resolve("model.flux4j");
    }

    private Layer again(Layer model) throws IOException {
        save(model, file);
        return load(file);
    }

    static List<Supplier<Layer>> models() {
        return List.of(
                () -> dense(3, 2),
                () -> dense(3, 2, leakyrelu(0.25)).withoutBias(),
                () -> RELU,
                () -> elu(0.5),
                () -> chain(dense(3, 4, RELU), dropout(0.1), dense(4, 1)),
                () -> chain(
                        batchNorm(3, TANH), layerNorm(3), scale(3, SIGMOID), alphaDropout(0.2), dense(3, 2), SOFTMAX),
                () -> chain(chain(dense(3, 4), RELU), chain(dense(4, 2))),
                () -> namedChain()
                        .layer("encoder", dense(3, 2, GELU))
                        .layer("decoder", dense(2, 3))
                        .build(),
                () -> chain(batchNorm(3).withoutAffine(), dense(3, 1)),
                () -> chain(layerNorm(3, RELU), softshrink(0.1), trelu(0.2), celu(2)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyModelComesBackEqual(Supplier<Layer> maker) throws IOException {
        for (Layer model : List.of(maker.get(), f64(maker.get()))) {
            Layer loaded = again(model);
            assertThat(loaded.structure()).isEqualTo(model.structure());
            assertThat(loaded.dataType()).isEqualTo(model.dataType());
            assertThat(State.of(loaded)).isEqualTo(State.of(model));
            assertThat(loaded).hasToString(model.toString());
            INDArray x = Nd4j.rand(5, 3).castTo(model.dataType());
            assertThat(loaded.predict(x)).isEqualTo(model.predict(x));
        }
    }

    @Test
    void runningStatisticsAndModesComeBack() throws IOException {
        Chain model = chain(dense(2, 3), batchNorm(3), dropout(0.5), dense(3, 1));
        INDArray x = Nd4j.rand(16, 2);
        train(mse(model), params(model), List.of(batch(x, Nd4j.rand(16, 1))), descent(0.1));
        testmode(model.get(1));
        trainmode(model.get(2));
        Chain loaded = (Chain) again(model);
        assertThat(State.of(loaded)).isEqualTo(State.of(model));
        assertThat(loaded.layers())
                .extracting(Layer::mode)
                .containsExactly(Mode.AUTO, Mode.TEST, Mode.TRAIN, Mode.AUTO);
        assertThat(loaded).hasToString(model.toString());
    }

    /** The layout, read by hand: length of the header, JSON, numbers little-endian, row by row. */
    @Test
    void theBytesAreThoseOfTheSafetensorsFormat() throws IOException {
        save(dense(rows(new double[][] {{1, 2, 3}, {4, 5, 6}}), column(7, 8).reshape(2), IDENTITY), file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong();
        byte[] text = new byte[header];
        bytes.get(text);
        String json = new String(text, StandardCharsets.UTF_8);
        assertThat(header % 8).isZero();
        assertThat(json.strip()).startsWith("{").endsWith("}").contains("\"__metadata__\"", "\"weight\"", "[2,3]");
        float[] numbers = new float[8];
        bytes.asFloatBuffer().get(numbers);
        assertThat(numbers).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(bytes.remaining()).isEqualTo(32);
    }

    @Test
    void tensorsHaveTheNamesOfPyTorchsSequential() throws IOException {
        save(chain(dense(8, 4, RELU), batchNorm(4), dropout(0.1), dense(4, 1)), file);
        assertThat(SafeTensors.read(file).tensors().keySet())
                .containsExactlyInAnyOrder(
                        "0.weight",
                        "0.bias",
                        "2.weight",
                        "2.bias",
                        "2.running_mean",
                        "2.running_var",
                        "4.weight",
                        "4.bias");
    }

    @Test
    void aModelIsReadAsItsClassAndRefusedAsAnother() throws IOException {
        save(chain(dense(2, 3), dense(3, 1)), file);
        Chain loaded = load(file, Chain.class);
        assertThat(loaded.layers()).hasSize(2);
        assertThatThrownBy(() -> load(file, Dense.class))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("a Dense was expected")
                .hasMessageContaining("a Chain: Chain(Dense(2 => 3)");
    }

    @Test
    void partsOfOnesOwnAreReadWithParts() throws IOException {
        Activation cube = Activation.of("cube", x -> x * x * x, (x, y) -> 3 * x * x);
        Chain model = chain(dense(2, 3, cube), cube, dense(3, 1));
        save(model, file);
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cube")
                .hasMessageContaining("parts");
        Layer loaded = load(file, Parts.of().value(Activation.class, "cube", cube));
        INDArray x = Nd4j.rand(4, 2);
        assertThat(loaded.predict(x)).isEqualTo(model.predict(x));
    }

    @Test
    void layersOfOnesOwnBringTheirNumbers() throws IOException {
        Layer model = chain(dense(2, 3), Layer.of("gate", new Layers.Gate(3)), dense(3, 1));
        save(model, file);
        Parts parts = Parts.of().word(Layer.class, "gate", arguments -> Layer.of("gate", new Layers.Gate(3)));
        assertThat(State.of(load(file, parts))).isEqualTo(State.of(model));
    }

    @Test
    void whatCantBeSavedSaysSoAndChangesNothing() throws IOException {
        save(dense(1, 1), file);
        byte[] before = Files.readAllBytes(file);
        Layer lost = dense(1, 1);
        lost.flatParameters().putScalar(0, Double.NaN);
        assertThatIllegalArgumentException().isThrownBy(() -> save(lost, file)).withMessageContaining("NaN");
        Activation unnamed = Activation.of("two words", x -> x, (x, y) -> 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> save(chain(dense(1, 1), unnamed), file))
                .withMessageContaining("two words");
        assertThatThrownBy(() -> save(dense(1, 1), folder.resolve("none/model.flux4j")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no folder");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void filesOfAnotherKindNameTheWordThatReadsThem() throws IOException {
        try (InputStream fitted = ModelsTest.class.getResourceAsStream("schema1/regressor-plain.flux4j")) {
            Files.copy(fitted, file);
        }
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(
                        file + ": expected a model, but this is a regressor; read it with FittedRegressor.load(path)");
    }

    @Test
    void loadingTakesOneGeneratorOfTheSourceOfChance() throws IOException {
        save(chain(dense(4, 4), dropout(0.5)), file);
        seed(3);
        load(file);
        double[] after = dense(1, 4).weight().data().asDouble();
        seed(3);
        dense(9, 9);
        assertThat(dense(1, 4).weight().data().asDouble()).isEqualTo(after);
    }

    @Test
    void loadedDropoutsOfAModelDrawDifferently() throws IOException {
        save(chain(dense(8, 8), dropout(0.5), dropout(0.5)), file);
        Chain loaded = trainmode((Chain) load(file));
        INDArray ones = Nd4j.ones(1, 64);
        assertThat(((Dropout) loaded.get(1)).predict(ones)).isNotEqualTo(((Dropout) loaded.get(2)).predict(ones));
    }
}
