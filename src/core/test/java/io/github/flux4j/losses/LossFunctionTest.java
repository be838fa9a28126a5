package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.layers.Dense;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LossFunctionTest {

    private static final double LAST_DIGIT = 1e-15; // three terms, Float64

    static Stream<LossFunction> losses() {
        return Stream.of(MSE, MAE);
    }

    @Test
    void areThoseOfFluxsDocumentation() {
        INDArray predictions = Nd4j.createFromArray(1.1, 1.9, 3.1);
        INDArray targets = Nd4j.createFromArray(1.0, 2.0, 3.0);

        assertThat(MSE.of(predictions, targets)).isEqualTo(0.010000000000000018, within(LAST_DIGIT));
        assertThat(MAE.of(predictions, targets)).isEqualTo(0.10000000000000009, within(LAST_DIGIT));
    }

    @Test
    void areMeansOverAllElements() {
        INDArray predictions = rows(new double[] {1, 2, 3}, new double[] {4, 5, 6});
        INDArray targets = rows(new double[] {0, 2, 5}, new double[] {4, 1, 6});

        assertThat(MSE.of(predictions, targets)).isEqualTo((1 + 4 + 16) / 6.0, within(LAST_DIGIT));
        assertThat(MAE.of(predictions, targets)).isEqualTo((1 + 2 + 4) / 6.0, within(LAST_DIGIT));
    }

    @Test
    void haveGradientsOfThePredictionsShape() {
        INDArray predictions = rows(new double[] {1, 2}, new double[] {3, 4});
        INDArray targets = rows(new double[] {0, 2}, new double[] {5, 4});

        // 2(ŷ − y)/4 and sign(ŷ − y)/4, which is 0 at ŷ = y
        assertThat(MSE.gradient(predictions, targets)).isEqualTo(rows(new double[] {0.5, 0}, new double[] {-1, 0}));
        assertThat(MAE.gradient(predictions, targets)).isEqualTo(rows(new double[] {0.25, 0}, new double[] {-0.25, 0}));
    }

    @Test
    void boundToAModelAreOfItsPredictions() {
        Dense model = dense(column(2), column(1).reshape(1), IDENTITY);

        // by hand: ŷ = 1, 3, 5 for x = 0, 1, 2
        assertThat(mse(model).of(column(0, 1, 2), column(0, 3, 7))).isEqualTo(5.0 / 3, within(LAST_DIGIT));
        assertThat(mae(model).of(column(0, 1, 2), column(0, 3, 7))).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void takeArraysOfAnyLayoutAndType(LossFunction loss) {
        INDArray predictions = rows(new double[] {1, 2, 3}, new double[] {4, 5, 6});
        INDArray targets = rows(new double[] {0, 2, 5}, new double[] {4, 1, 6});
        double expected = loss.of(predictions, targets);

        assertThat(loss.of(predictions.dup('f'), targets)).isEqualTo(expected);
        assertThat(loss.of(predictions, targets.transpose().dup('c').transpose()))
                .isEqualTo(expected);
        assertThat(loss.of(predictions.castTo(DataType.INT32), targets.castTo(DataType.DOUBLE)))
                .isEqualTo(expected);
    }

    static Stream<Arguments> differentShapes() {
        INDArray column = column(1, 2, 3);
        return Stream.of(
                Arguments.of(column, column.transpose(), "[3, 1]", "[1, 3]"),
                Arguments.of(column, column.reshape(3), "[3, 1]", "[3]"),
                Arguments.of(column.reshape(3), column, "[3]", "[3, 1]"),
                Arguments.of(column, column(1), "[3, 1]", "[1, 1]"),
                Arguments.of(column, Nd4j.scalar(1f), "[3, 1]", "[]"),
                Arguments.of(Nd4j.scalar(1f), column, "[]", "[3, 1]"),
                Arguments.of(column, Nd4j.ones(DataType.FLOAT, 3, 2), "[3, 1]", "[3, 2]"));
    }

    @ParameterizedTest
    @MethodSource("differentShapes")
    void neverBroadcast(INDArray predictions, INDArray targets, String expected, String came) {
        String message = " expects targets of the predictions' shape " + expected + ", but the targets have shape "
                + came + ". Nothing is broadcast: give one row per example and one column per output";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MSE.of(predictions, targets))
                .withMessage("mse" + message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MAE.of(predictions, targets))
                .withMessage("mae" + message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MSE.gradient(predictions, targets))
                .withMessage("mse" + message);
    }

    @Test
    void boundToAModelNeverBroadcastEither() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        mse(dense(1, 1)).of(column(1, 2, 3), column(1, 2, 3).reshape(3)))
                .withMessage("mse expects targets of the predictions' shape [3, 1], but the targets have shape [3]."
                        + " Nothing is broadcast: give one row per example and one column per output");
    }

    @Test
    void needAPrediction() {
        INDArray none = Nd4j.create(DataType.FLOAT, 0, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MSE.of(none, none))
                .withMessage("mse expects at least one prediction, but there is none");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void passNaNOn(LossFunction loss) {
        assertThat(loss.of(column(1, Double.NaN), column(1, 2))).isNaN();
    }

    @Test
    void refusesText() {
        INDArray text = Nd4j.create("a", "b").reshape(2, 1);
        String end = " must be numbers, but the data type is UTF8; convert text to numbers first";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MSE.of(column(1, 2), text))
                .withMessage("targets" + end);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MSE.gradient(text, column(1, 2)))
                .withMessage("predictions" + end);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mse(dense(1, 1)).of(column(1, 2), text))
                .withMessage("targets" + end);
    }
}
