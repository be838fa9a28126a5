package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.io.Models;
import io.github.flux4j.io.dl4j.Dl4j;
import io.github.flux4j.io.onnx.Onnx;
import io.github.flux4j.predict.Predictor;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is asked of every layer and activation of the lists, so that a new one that lacks an answer fails here: to be text, to be in a file, to be
 * predicted without ND4J, to be in ONNX, in Deeplearning4j's own layers, and to say whether its rows are independent. A refusal names it.
 */
class AnswersTest {

    /** Some roundings of Float32, of numbers of size one. */
    private static final double FLOAT = 2e-6;

    @TempDir
    private Path folder;

    static Stream<Layer> layers() {
        return Stream.concat(
                Layers.all().stream().map(known -> known.make().get()),
                Stream.concat(
                        Activation.all().stream(), Activations.all().stream().map(Activations.Known::activation)));
    }

    private static String word(Layer layer) {
        return layer.structure().call().name();
    }

    private static boolean isOwn(Layer layer) {
        return !Layers.ownParts(layer).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isText(Layer layer) {
        assertThat(Layer.parse(layer.text(), Layers.PARTS).structure()).isEqualTo(layer.structure());
        if (!isOwn(layer)) {
            assertThatCode(() -> Layer.parse(layer.structure().fullCall().toString()))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isInAFile(Layer layer) throws Exception {
        Path file = folder.resolve("model.flux4j");
        Models.save(layer, file);
        Layer read = Models.load(file, Layers.PARTS);
        assertThat(read.structure()).isEqualTo(layer.structure());
        assertThat(State.of(read)).isEqualTo(State.of(layer));
        Throwable unread = catchThrowable(() -> Models.load(file));
        if (isOwn(layer)) {
            assertThat(unread).hasMessageContaining(Layers.ownParts(layer).get(0));
        } else {
            assertThat(unread).isNull();
        }
    }

    /** As here, or a refusal by name: a layer of one's own. What draws anew in testing gives other numbers each time. */
    @ParameterizedTest
    @MethodSource("layers")
    void isPredictedWithoutNd4j(Layer layer) throws Exception {
        Chain model = chain(dense(3, 3, TANH), layer, dense(3, 2));
        Path file = folder.resolve("model.flux4j");
        Models.save(model, file);
        float[] x = {0.5f, -1, 2};
        float[][] rows = new float[1][];
        Throwable refused = catchThrowable(() -> rows[0] = Predictor.load(file).predict(x.clone()));
        if (refused != null) {
            assertThat(Layers.ownParts(layer))
                    .as("%s: %s", layer, refused)
                    .isNotEmpty()
                    .anyMatch(refused.getMessage()::contains);
        } else if (!word(layer).equals("rrelu")) {
            assertThat(Tensors.toDoubles(Tensors.of(rows[0], 1, 2)))
                    .containsExactly(Tensors.toDoubles(Tensors.of(model.predict(x.clone()), 1, 2)), within(FLOAT));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isInOnnxOrRefusedByName(Layer layer) {
        Throwable refused = catchThrowable(() ->
                assertThat(Onnx.bytes(chain(dense(3, 3), layer))).isNotEmpty());
        assertNamed(layer, refused);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isInPlainDeeplearning4jOrRefusedByName(Layer layer) {
        Throwable refused = catchThrowable(() -> Dl4j.export(chain(dense(3, 3), layer), folder.resolve("plain.zip")));
        assertNamed(layer, refused);
    }

    /** By its own name, its activation's, or that of a layer within. */
    private static void assertNamed(Layer layer, Throwable refused) {
        if (refused != null) {
            assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(" can't be exported");
            String named =
                    refused.getMessage().split(" can't be exported", 2)[0].split("\\(", 2)[0];
            assertThat(layer.text().split("[^\\p{L}\\p{N}_]+"))
                    .as(refused.getMessage())
                    .anyMatch(named::equalsIgnoreCase);
        }
    }

    /** As its operations say: the prediction of a row is that of the row among others. Without it, sums over machines are refused. */
    @ParameterizedTest
    @MethodSource("layers")
    void saysWhetherItsRowsAreIndependent(Layer layer) {
        boolean independent = layer.port().operations().stream()
                .allMatch(operation -> !(operation instanceof Operation.Rows rows)
                        || rows.kernel().rowsAreIndependent());
        if (independent && !word(layer).equals("rrelu")) {
            var x = rows(new double[][] {{0.5, -1, 2}, {1, 0, -0.25}});
            assertThat(Tensors.toDoubles(layer.predict(x.getRow(1, true))))
                    .containsExactly(Tensors.toDoubles(layer.predict(x).getRow(1, true)), within(FLOAT));
        }
    }
}
