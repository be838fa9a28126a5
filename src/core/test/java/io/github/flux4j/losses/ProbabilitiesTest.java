package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.optimise.Optimiser;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What losses of probabilities say to logits, and losses of classes to one output. */
class ProbabilitiesTest {

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(CROSSENTROPY, "use logitcrossentropy, or end the model with SOFTMAX"),
                Arguments.of(crossentropy(0), "use logitcrossentropy, or end the model with SOFTMAX"),
                Arguments.of(CROSSENTROPY.sum(), "use logitcrossentropy, or end the model with SOFTMAX"),
                Arguments.of(BINARYCROSSENTROPY, "use logitbinarycrossentropy, or end the model with SIGMOID"),
                Arguments.of(KLDIVERGENCE, "end the model with SOFTMAX"),
                Arguments.of(FOCAL_LOSS, "end the model with SOFTMAX"),
                Arguments.of(BINARY_FOCAL_LOSS, "end the model with SIGMOID"));
    }

    private static void assertLogits(String remedy, ThrowingCallable call) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .withMessageContaining(
                        "expects probabilities, from 0 to 1, but the prediction in row 1, column 0 is -0.25.")
                .withMessageContaining("These look like logits")
                .withMessageContaining(remedy)
                .withMessageNotContaining("learning rate");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void logitsAreToldFromADivergingModelWhereverTheLossIsAsked(LossFunction loss, String remedy) {
        INDArray logits = rows(new double[] {0.5, 0.5}, new double[] {-0.25, 0.75});
        INDArray y = rows(new double[] {1, 0}, new double[] {1, 0});

        assertLogits(remedy, () -> loss.of(logits, y));
        assertLogits(remedy, () -> loss.of(logits, y, column(1, 2)));
        assertLogits(remedy, () -> loss.perExample(logits, y));
        assertLogits(remedy, () -> loss.gradient(logits, y));
        for (String engine : List.of("lean", "dl4j")) {
            for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
                Dense model = ForcedEngine.on(engine, Layer.copyAs(type, dense(1, 2)));
                model.weight().assign(column(1, 0));
                model.bias().assign(Tensors.of(DataType.FLOAT, new double[] {0, 0.5}, 2));
                INDArray x = column(0.5, -0.25);
                Optimiser optimiser = setup(descent(), model);
                List<Batch> data = List.of(batch(x, y));
                assertLogits(remedy, () -> train(loss, model, data, optimiser));
                assertLogits(remedy, () -> trainstep(loss, model, data.get(0), optimiser));
                assertLogits(remedy, () -> trainer(loss, model, optimiser).train(data, 2));
                assertLogits(remedy, () -> withGradient(loss, model, x, y));
                assertLogits(remedy, () -> loss.bind(model).of(x, y));

                assertThat(Tensors.toDoubles(model.flatParameters())).containsExactly(1, 0, 0, 0.5);
                assertThat(train(MSE, model, data, optimiser)).as("goes on").isFinite();
            }
        }
    }

    /** Of Flux's own examples: 1.4, say, for dice; 4, 5 and 6 for kldivergence. */
    @Test
    void predictionsAboveOneAreLogitsWhereFluxHasNoExampleOfThem() {
        INDArray p = rows(new double[] {0.25, 1.4});
        INDArray y = rows(new double[] {0, 1});

        for (LossFunction loss : List.of(CROSSENTROPY, BINARYCROSSENTROPY, FOCAL_LOSS, BINARY_FOCAL_LOSS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> loss.of(p, y))
                    .withMessageContaining("row 0, column 1 is 1.4")
                    .withMessageContaining("logits");
        }
        for (LossFunction loss : List.of(KLDIVERGENCE, DICE_COEFF_LOSS, TVERSKY_LOSS, LOGITCROSSENTROPY)) {
            assertThat(loss.of(p, y)).isFinite();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BINARYCROSSENTROPY.of(column(Double.POSITIVE_INFINITY), column(1)));
        assertThat(CROSSENTROPY.of(rows(new double[] {Double.NaN, 0.5}), y)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void aSoftmaxOverOneOutputIsRefusedWithTheLossForIt(String engine) {
        Dense logit = ForcedEngine.on(engine, dense(2, 1));
        Dense inside = ForcedEngine.on(engine, dense(2, 1, SOFTMAX));
        Chain behind = ForcedEngine.on(engine, chain(dense(2, 1), SOFTMAX));
        assertOneClass(LOGITCROSSENTROPY, logit);
        for (Layer model : List.of(inside, behind, f64(behind))) {
            for (LossFunction loss : List.of(CROSSENTROPY, crossentropy(0), KLDIVERGENCE, FOCAL_LOSS)) {
                assertOneClass(loss, model);
            }
        }
    }

    private static void assertOneClass(LossFunction loss, Layer model) {
        INDArray x = rows(new double[] {1, 2}, new double[] {-1, 0.5}, new double[] {0, 3});
        INDArray y = column(0, 1, 1);
        Optimiser optimiser = setup(adam(), model);
        Loss bound = loss.bind(model);
        double[] before = Tensors.toDoubles(model.flatParameters());
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> train(loss, model, List.of(batch(x, y)), optimiser),
                () -> train(bound, params(model), List.of(batch(x, y)), adam()),
                () -> trainstep(bound, batch(x, y), optimiser),
                () -> trainer(bound, optimiser).train(List.of(batch(x, y)), 2),
                () -> withGradient(bound, x, y),
                () -> bound.of(x, y),
                () -> loss.of(model.predict(x), y))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call)
                    .withMessageStartingWith(loss + " compares classes, but the predictions have one column")
                    .withMessageContaining("logitbinarycrossentropy")
                    .withMessageContaining("binarycrossentropy after SIGMOID");
        }
        assertThat(Tensors.toDoubles(model.flatParameters())).containsExactly(before);
    }

    /** −mean(y·log ŷ), by hand: what Flux's formula says of a column is no softmax's doing. */
    @Test
    void theFormulaOfOneClassStands() {
        assertThat(crossentropy(0).of(column(1, 0, 0), column(1, 0, 0))).isZero();
        assertThat(crossentropy(0).of(column(1, 1), column(1, 1))).isZero();
        assertThat(crossentropy(0).of(column(0.5, 1), column(1, 0))).isEqualTo(Math.log(2) / 2);
    }
}
