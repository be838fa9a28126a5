package io.github.flux4j.data;

import static io.github.flux4j.Flux4j.batch;
import static io.github.flux4j.Flux4j.column;
import static io.github.flux4j.Flux4j.dataLoader;
import static io.github.flux4j.Flux4j.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BatchTest {

    private static final INDArray X = column(0, 1, 2, 3, 4);

    @Test
    void keepsTheArraysItWasGiven() {
        INDArray y = X.add(1);
        Batch batch = batch(X, y);

        assertThat(batch.features()).isSameAs(X);
        assertThat(batch.targets()).isSameAs(y);
        assertThat(batch.weights()).isNull();
        assertThat(batch.size()).isEqualTo(5);
        assertThat(batch).hasToString("Batch(features [5, 1], targets [5, 1])");
    }

    @Test
    void needsAnArray() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch())
                .withMessage("a batch needs features (and, to train, targets), but there is no array");
    }

    @Test
    void ofFeaturesAloneHasNoTargets() {
        assertThatIllegalStateException()
                .isThrownBy(batch(X)::targets)
                .withMessage("this batch has features but no targets; make it with batch(features, targets)");
    }

    @Test
    void refusesVectors() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(X.reshape(5), X))
                .withMessage("features must have shape [rows, columns], one example per row, but the shape is [5]."
                        + " For one example use reshape(1, 5), for one value per example reshape(5, 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(X, X.reshape(5)))
                .withMessage("targets must have shape [rows, columns], one example per row, but the shape is [5]."
                        + " For one example use reshape(1, 5), for one value per example reshape(5, 1)");
    }

    @Test
    void refusesScalars() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(Nd4j.scalar(1f)))
                .withMessage(
                        "features must have shape [rows, columns], one example per row, but the shape is []. Use reshape(1, 1)");
    }

    @Test
    void refusesArraysOfMoreThanTwoDimensions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(Nd4j.ones(DataType.FLOAT, 2, 3, 4)))
                .withMessage(
                        "features must have shape [rows, columns], one example per row, but the shape is [2, 3, 4]."
                                + " To make a row of each example, use reshape(2, 12)");
    }

    @Test
    void refusesEmptyArrays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(Nd4j.empty(DataType.FLOAT), X))
                .withMessage("there is no value in features (shape []); pass at least one row");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(X, Nd4j.create(DataType.FLOAT, 0, 1)))
                .withMessage("there is no value in targets (shape [0, 1]); pass at least one row");
    }

    @Test
    void refusesText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(Nd4j.create("a", "b").reshape(2, 1)))
                .withMessage("features must be numbers, but the data type is UTF8; convert text to numbers first");
    }

    @Test
    void refusesDifferentNumbersOfExamples() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(X, column(1, 2)))
                .withMessage("features and targets must have the same number of rows, one per example,"
                        + " but features have shape [5, 1] and targets [2, 1]. Give both of them the same examples");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(X, X, column(1, 2)))
                .withMessage("features and weights must have the same number of rows, one per example,"
                        + " but features have shape [5, 1] and weights [2, 1]. Give both of them the same examples");
    }

    @Test
    void saysHowToTurnTargetsGivenAsARow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(X, rows(new double[] {1, 2, 3, 4, 5})))
                .withMessage("features and targets must have the same number of rows, one per example,"
                        + " but features have shape [5, 1] and targets [1, 5]. Pass targets.transpose(), shape [5, 1]");
    }

    @Test
    void refusesWeightsOfSeveralColumns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(X, X, Nd4j.ones(DataType.FLOAT, 5, 2)))
                .withMessage(
                        "weights must have one column, one number per example, but the shape is [5, 2]; take one of the columns");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNotFinite(double value) {
        INDArray bad = rows(new double[] {1, 2}, new double[] {3, value});
        INDArray good = rows(new double[] {1, 2}, new double[] {3, 4});

        String end = " must be finite, but row 1, column 1 is " + value + ". Remove or fill such rows before training";
        assertThatIllegalArgumentException().isThrownBy(() -> batch(bad, good)).withMessage("features" + end);
        assertThatIllegalArgumentException().isThrownBy(() -> batch(good, bad)).withMessage("targets" + end);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dataLoader(good, bad))
                .withMessage("targets" + end);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(good, good, column(1, value)))
                .withMessage("weights must be finite, but row 1, column 0 is " + value
                        + ". Remove or fill such rows before training");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2"})
    void findsTheBadValueInTransposedViews(int row, int column) {
        INDArray values = rows(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});
        values.putScalar(column, row, Float.NaN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(values.transpose()))
                .withMessage("features must be finite, but row " + row + ", column " + column
                        + " is NaN. Remove or fill such rows before training");
    }
}
