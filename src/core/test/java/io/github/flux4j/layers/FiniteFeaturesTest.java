package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.agreement.ForcedEngine;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model with parameters predicts from finite features only; a layer without is a function and gives what its formula gives. */
class FiniteFeaturesTest {

    private static final String REMEDY = ". Fill or drop such rows before predicting";

    static Stream<Arguments> valuesOnEveryEngine() {
        return ForcedEngine.ALL.stream()
                .flatMap(engine -> Stream.of(DataType.FLOAT, DataType.DOUBLE)
                        .flatMap(type -> DoubleStream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                                .mapToObj(value -> Arguments.of(engine, type, value))));
    }

    @ParameterizedTest
    @MethodSource("valuesOnEveryEngine")
    void everyWayToPredictRefusesWhatIsNotFinite(String engine, DataType type, double value) {
        Chain model = ForcedEngine.on(engine, Layer.copyAs(type, chain(RELU, dense(2, 3, RELU), dense(3, 1))));
        INDArray x = rows(new double[] {1, 2}, new double[] {3, value});
        INDArray y = column(1, 2);
        float narrow = (float) value;

        assertRefused(1, 1, value, () -> model.predict(x));
        assertRefused(1, 1, value, () -> model.predict(x.castTo(DataType.DOUBLE).dup('f')));
        assertRefused(0, 1, value, () -> model.predict(1, value));
        assertRefused(0, 0, value, () -> model.predict(new float[] {narrow, 1}));
        assertRefused(2, 0, value, () -> model.predict(new double[] {1, 2, 3, 4, value, 6}, 3, new double[3]));
        assertRefused(2, 0, value, () -> model.predict(new float[] {1, 2, 3, 4, narrow, 6}, 3, new float[3]));
        assertRefused(1, 1, value, () -> mse(model).of(x, y));
        assertRefused(1, 1, value, () -> activations(model, x));
    }

    private static void assertRefused(int row, int column, double value, ThrowingCallable predict) {
        assertThatIllegalArgumentException()
                .isThrownBy(predict)
                .withMessage(
                        "features must be finite, but row " + row + ", column " + column + " is " + value + REMEDY);
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void leavesNothingBehindThatAGoodRowWouldFeel(String engine) {
        Chain model = ForcedEngine.on(engine, chain(dense(2, 3, TANH), dense(3, 1)));
        double[] before = model.predict(1, 2);
        double[] predictions = {7, 7};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(new double[] {1, 2, Double.NaN, 4}, 2, predictions));
        assertThat(predictions).containsExactly(7, 7);
        assertThat(model.predict(1, 2)).isEqualTo(before);
    }

    @Test
    void whatFloat32CannotHoldIsForFloat64() {
        Dense model = dense(column(2), null, IDENTITY);
        String message = "features must be finite, but row 0, column 0 is 1.0E39, too large for Float32."
                + " Scale it down, or compute in Float64: f64(model)";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(1e39))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> model.predict(column(1).castTo(DataType.DOUBLE).mul(1e39)))
                .withMessage(message);
        assertThat(f64(model).predict(1e39)).containsExactly(2e39);
        assertThat(model.predict(1e38)).containsExactly((double) 2e38f);
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void aLayerWithoutParametersGivesWhatItsFormulaGives(String engine) {
        for (Layer function : List.of(
                chain(RELU), chain(TANH, dropout(0.5)), chain(batchNorm(2).withoutAffine()))) {
            double[] y = ForcedEngine.on(engine, function).predict(Double.NaN, Double.POSITIVE_INFINITY);

            assertThat(y[0]).as("%s", function).isNaN();
            assertThat(y[1]).as("%s", function).isIn(1.0, Double.POSITIVE_INFINITY);
        }
    }

    /** As in {@code predict}, it is the features that must be finite; between layers numbers may overflow. */
    @Test
    void activationsMayOverflowWithin() {
        Chain model = chain(dense(column(1e30), null, IDENTITY), dense(column(1e30), null, IDENTITY), TANH);

        assertThat(activations(model, column(1))).last().isEqualTo(model.predict(column(1)));
        assertThat(model.predict(1)).containsExactly(1);
    }
}
