package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.values.Parts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Layers, activations and initialisers as values and as text. */
class TextTest {

    private static final Activation CUBE = Activation.of("cube", x -> x * x * x, (x, y) -> 3 * x * x);

    static List<Layers.Known> layers() {
        return Layers.all();
    }

    static Stream<Activation> activations() {
        return Stream.concat(
                Activation.all().stream(),
                Stream.concat(
                        Activations.all().stream().map(Activations.Known::activation),
                        Stream.of(rrelu(0.1, 0.2), leakyrelu(0.01), elu(-1e-9), softshrink(0))));
    }

    static Stream<Initialiser> initialisers() {
        return InitialisersTest.all();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyLayerGoesToTextAndBackEqual(Layers.Known known) {
        Layer layer = known.make().get();
        Layer read = Layer.parse(layer.text(), Layers.PARTS);

        assertThat(read.structure()).isEqualTo(layer.structure()).hasSameHashCodeAs(layer.structure());
        assertThat(read.text())
                .isEqualTo(layer.text())
                .isEqualTo(read.structure().toString());
        assertThat(print(read)).isEqualTo(print(layer));
        assertThat(read.parameterCount()).isEqualTo(layer.parameterCount());
        Chain around = known.inChain();
        assertThat(Layer.parse(around.text(), Layers.PARTS).structure()).isEqualTo(around.structure());
    }

    /** Without what Flux says of zeros, since some layers start with them. */
    private static String print(Layer layer) {
        return layer.toString().replace("  (all zero)", "");
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aStructureIsBuiltAgainWithMemoryOfItsOwn(Layers.Known known) {
        Chain model = known.inChain();
        State before = state(model);
        Layer again = model.structure().build();
        again.flatParameters().assign(7);

        assertThat(again.structure()).isEqualTo(model.structure());
        assertThat(state(model)).isEqualTo(before);
        assertThat(model.structure().numbers())
                .isEqualTo(Stream.concat(model.trainables().stream(), model.buffers().stream())
                        .mapToLong(Parameter::length)
                        .sum());
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everyActivationGoesToTextAndBackEqual(Activation activation) {
        assertThat(Activation.parse(activation.text()))
                .isEqualTo(activation)
                .hasSameHashCodeAs(activation)
                .hasToString(activation.toString());
        assertThat(dense(2, 2, Activation.parse(activation.text())).structure())
                .isEqualTo(dense(2, 2, activation).structure());
        assertThat(Layer.parse(activation.text())).isEqualTo(activation);
    }

    @ParameterizedTest
    @MethodSource("initialisers")
    void everyInitialiserGoesToTextAndBackEqual(Initialiser initialiser) {
        assertThat(Initialiser.parse(initialiser.text()))
                .isEqualTo(initialiser)
                .hasSameHashCodeAs(initialiser)
                .hasToString(initialiser.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chain(dense(8, 64, relu), dropout(0.1), dense(64, 1))",
                "chain(encoder=dense(4, 2), decoder=dense(2, 4))",
                "dense(3, 2, leakyrelu(0.2), bias=false)",
                "dense(3, 2, bias=false)",
                "scale(3, tanh)",
                "layerNorm(3, affine=false, eps=0.001)",
                "batchNorm(3, relu, affine=false, trackStats=false, eps=0, momentum=0.2)",
                "dropout(0.1, dims=1)",
                "alphaDropout(0.1)",
                "chain(chain(dense(1, 2), softmax), chain(a=dense(2, 1)))",
                "rrelu(0.1, 0.2)"
            })
    void theShortTextIsUnchanged(String text) {
        assertThat(Layer.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dense(1, 2, identity, bias=true)                            | dense(1, 2)",
                " dense ( in=1,out=2 ) | dense(1, 2)",
                "dense(out=2, activation=relu, bias=false, in=1)             | dense(1, 2, relu, bias=false)",
                "chain(dense(8, 64, relu), dropout(0.1), dense(64, tanh), dense(1))"
                        + " | chain(dense(8, 64, relu), dropout(0.1), dense(64, 64, tanh), dense(64, 1))",
                "chain(dense(2, 3), batchNorm, layerNorm(relu), scale(bias=false), chain(tanh, dense(out=4)), dense(5))"
                        + " | chain(dense(2, 3), batchNorm(3), layerNorm(3, relu), scale(3, bias=false),"
                        + " chain(tanh, dense(3, 4)), dense(4, 5))",
                "chain(relu, dense(2, 3), a)  | chain(relu, dense(2, 3), a)",
                "dropout(0.5, dims=-1)  | dropout(0.5)",
            })
    void whatIsAsByDefaultOrSaidBeforeMayBeLeftOut(String text, String canonical) {
        Parts parts = Parts.of().value(Activation.class, "a", Activation.of("a", x -> x, (x, y) -> 1));
        assertThat(Layer.parse(text, parts).text()).isEqualTo(canonical);
    }

    @Test
    void layersAreReadForAGivenNumberOfInputs() {
        Chain model = Chain.parse("dense(64, relu), dropout(0.1), cube, dense(1)", 8, parts());
        assertThat(model.text()).isEqualTo("chain(dense(8, 64, relu), dropout(0.1), cube, dense(64, 1))");
        assertThat(model.predict(new double[8])).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Chain.parse("", 8, Parts.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> Chain.parse("dense(1)), dense(1", 8, Parts.NONE));
    }

    private static Parts parts() {
        return Parts.of().value(Activation.class, "cube", CUBE);
    }

    @Test
    void activationsOfOnesOwnAreReadWithParts() {
        Layer model = chain(dense(2, 3, CUBE), CUBE);
        assertThat(model.text()).isEqualTo("chain(dense(2, 3, cube), cube)");
        assertThat(Layer.parse(model.text(), parts()).structure()).isEqualTo(model.structure());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.parse(model.text()))
                .withMessageStartingWith("an activation named cube is unknown; the nearest are ");
        Activation spaced = Activation.of("my cube", x -> x * x * x, (x, y) -> 3 * x * x);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(2, 3, spaced).text())
                .withMessageStartingWith("'my cube' can't be written as text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.of("relu", new Layers.Twice()))
                .withMessage("there is a layer named relu in the library; choose another name");
    }

    @Test
    void structuresDifferWhereSettingsDo() {
        assertThat(dense(1, 2).structure())
                .isEqualTo(dense(1, 2).structure())
                .isNotEqualTo(dense(1, 2, TANH).structure())
                .isNotEqualTo(dense(1, 2).withoutBias().structure())
                .isNotEqualTo(scale(1).structure());
        assertThat(leakyrelu(0.2))
                .isEqualTo(leakyrelu(0.2))
                .isNotEqualTo(leakyrelu(0.3))
                .isNotEqualTo(elu(0.2));
        assertThat(CUBE).isNotEqualTo(Activation.of("cube", x -> x, (x, y) -> 1));
        assertThat(chain(dense(1, 2)).structure())
                .isNotEqualTo(Chain.named().layer("a", dense(1, 2)).build().structure());
    }

    @Test
    void aCopyHasTheStructureWhateverItsType() {
        Chain model = chain(dense(2, 3, TANH), batchNorm(3).withMomentum(0.3), RELU, dense(3, 1));
        Chain exact = Layer.copyAs(DataType.DOUBLE, model);
        assertThat(exact.structure()).isEqualTo(model.structure());
        assertThat(model.slice(1, 3).text()).isEqualTo("chain(batchNorm(3, momentum=0.3), relu)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dens(1, 2)          | a layer named dens is unknown; the nearest are dense, ",
                "dense(0, 2)         | dense(0, 2): both sizes must be at least 1",
                "dense(2.5, 2)       | dense expects a whole number as in, but has 2.5: dense(2.5, 2)",
                "dense(NaN, 2)       | dense expects a whole number as in, but has NaN: dense(NaN, 2)",
                "dense(1e10, 2)      | dense expects a whole number as in, but has 1.0E10",
                "dense(64)           | dense(64) doesn't say how many inputs it has, and no layer before it does;"
                        + " write dense(in, out, …)",
                "chain(tanh, dense(3)) | dense(3) doesn't say how many inputs it has",
                "batchNorm           | batchNorm doesn't say how many inputs it has",
                "dense(1, 2, 3)      | dense doesn't know what to do with 3: dense(1, 2, 3)",
                "dense(1, 2, bias=7) | dense expects true or false as bias, but has 7",
                "dense(1, 2, dense)  | an activation named dense is unknown",
                "dense(1, 2, relu, size=3) | dense doesn't know what to do with size=3",
                "dense(1, 2, celu(0)) | α of celu must be finite and > 0, but was 0.0",
                "dropout(1.5)        | Dropout expects 0 ≤ p ≤ 1, but p was 1.5",
                "dropout(NaN)        | Dropout expects 0 ≤ p ≤ 1, but p was NaN",
                "dropout(0.1, dims=2) | Dropout's dims must be 0 (whole rows) or 1 (whole columns), but was 2",
                "layerNorm(3, eps=-1) | epsilon must be finite and ≥ 0, but was -1.0",
                "chain()             | a chain needs at least one layer",
                "chain(3)            | chain expects layers, but has 3: chain(3)",
                "chain(a=relu, tanh) | the chain has 2 layers, but 1 names: [a]; name all of them or none",
                "chain(a=relu, a=tanh) | the chain has a layer named a already; choose another name",
                "chain(layers=relu)  | a chain can't have a layer named `layers`; choose another name",
                "chain(dense(1, 2), dense(3, 1)) | layer 2, Dense(3 => 1), expects 3 inputs, but Dense(1 => 2) before it gives 2",
                "dense(1, 2          | expected ',' or ')'",
                "''                  | expected a name at character 1",
            })
    void whatDoesNotFitIsRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> Layer.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void aStrangersTextTakesNoMemoryBeyondAModels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.parse("dense(1000000, 1000000)"))
                .withMessage("dense(1000000, 1000000) would have 1000001000000 parameters, but a model can have at most"
                        + " 536870911 of type FLOAT");
        String one = "dense(20000, 20000)";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.parse("chain(" + one + (", " + one).repeat(1000) + ")"))
                .withMessageContaining("would have 400420020000 parameters");
        String most = "dense(2147483647, 2147483647)";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.parse("chain(dense(1, 2147483647), " + most + (", " + most).repeat(100) + ")"))
                .withMessageStartingWith("the chain would have ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.parse("layerNorm(2000000000)"))
                .withMessageContaining("4000000000 parameters");
        assertThatIllegalArgumentException().isThrownBy(() -> Layer.parse("chain(".repeat(10000)));
    }

    @Test
    void numbersHaveAPointWhateverTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(dropout(0.25).text()).isEqualTo("dropout(0.25)");
            assertThat(Layer.parse("dropout(0.25)")).hasToString("Dropout(0.25)");
        } finally {
            Locale.setDefault(before);
        }
    }
}
