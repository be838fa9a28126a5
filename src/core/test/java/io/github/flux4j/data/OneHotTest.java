package io.github.flux4j.data;

import static io.github.flux4j.Flux4j.accuracy;
import static io.github.flux4j.Flux4j.onecold;
import static io.github.flux4j.Flux4j.onehot;
import static io.github.flux4j.Flux4j.onehotbatch;
import static io.github.flux4j.Flux4j.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Cases marked Flux are from the docstrings and tests of OneHotArrays, turned to one example per row and indices from 0. */
class OneHotTest {

    private static final List<Character> A_TO_C = List.of('a', 'b', 'c');

    private static void assertRows(INDArray actual, double[]... expected) {
        assertThat(actual.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(actual.toDoubleMatrix()).isDeepEqualTo(expected);
    }

    /** Flux's {@code mean(onecold(ŷ) .== onecold(y))}. */
    @Test
    void accuracyIsTheShareOfRowsWhoseLargestIsTheTargets() {
        INDArray y = onehotbatch(List.of('a', 'b', 'c', 'c'), A_TO_C);
        INDArray yhat = rows(new double[][] {{3, 1, 2}, {1, 0, -1}, {-3, -2, -1}, {0, 0, 9}});

        assertThat(accuracy(yhat, y)).isEqualTo(0.75);
        assertThatThrownBy(() -> accuracy(yhat, rows(new double[] {0, 1, 0})))
                .hasMessage("predictions and targets must have the same shape, but are [4, 3] and [1, 3]");
        assertThatThrownBy(() -> accuracy(yhat.getColumns(0), y.getColumns(0)))
                .hasMessageContaining("For two classes in one output use a threshold");
        assertThatThrownBy(() -> accuracy(yhat.div(0), y)).hasMessageContaining("is NaN");
    }

    /** Flux: {@code onehot(20, 10:10:30)}, {@code onehot(40, (10,20,30), 20)}. */
    @Test
    void onehotIsOneWhereTheLabelIs() {
        assertRows(onehot(20, List.of(10, 20, 30)), new double[] {0, 1, 0});
        assertRows(onehot(40, List.of(10, 20, 30), 20), new double[] {0, 1, 0});
    }

    /** Flux: {@code onehotbatch([20, 10], 10:10:30)}, {@code onehotbatch([40, 10], (10,20,30), 20)}. */
    @Test
    void onehotbatchHasARowPerValue() {
        assertRows(onehotbatch(List.of(20, 10), List.of(10, 20, 30)), new double[] {0, 1, 0}, new double[] {1, 0, 0});
        assertRows(
                onehotbatch(List.of(40, 10), List.of(10, 20, 30), 20), new double[] {0, 1, 0}, new double[] {1, 0, 0});
    }

    /** Flux: {@code onehotbatch("abracadabra", 'a':'e', 'e')}. */
    @Test
    void unknownValuesCountAsTheDefault() {
        List<Character> letters = "abracadabra".chars().mapToObj(c -> (char) c).toList();
        INDArray y = onehotbatch(letters, List.of('a', 'b', 'c', 'd', 'e'), 'e');

        assertThat(onecold(y, List.of('a', 'b', 'c', 'd', 'e')))
                .containsExactly('a', 'b', 'e', 'a', 'c', 'a', 'd', 'a', 'b', 'e', 'a');
    }

    /** Flux compares with {@code isequal}, Java with equals: the two zeros differ, NaN is itself. */
    @Test
    void labelsAreComparedWithEquals() {
        List<Double> floats = List.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY);

        assertThat(onecold(onehotbatch(List.of(Double.NaN, -0.0, 0.0), floats))).containsExactly(2, 1, 0);
    }

    @Test
    void ofEqualLabelsTheFirstCounts() {
        assertRows(onehot("b", List.of("a", "b", "b")), new double[] {0, 1, 0});
    }

    @Test
    void refusesAValueThatIsNotALabel() {
        assertThatThrownBy(() -> onehot('d', A_TO_C))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value 0, d, is not among the labels [a, b, c]; add it, or pass a default that is:"
                        + " onehotbatch(values, labels, otherwise)");
        assertThatThrownBy(() -> onehotbatch(List.of('a', 'd'), A_TO_C)).hasMessageStartingWith("value 1, d, is not");
        assertThatThrownBy(() -> onehotbatch(Arrays.asList('a', null), A_TO_C))
                .hasMessageStartingWith("value 1, null, is not");
    }

    @Test
    void refusesADefaultThatIsNotALabel() {
        assertThatThrownBy(() -> onehot('d', A_TO_C, 'e'))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("otherwise, e, is not among the labels");
        assertThatThrownBy(() -> onehotbatch(List.of('a'), A_TO_C, 'e')).hasMessageStartingWith("otherwise, e");
    }

    @Test
    void saysWhenAValueOnlyLooksLikeALabel() {
        assertThatThrownBy(() -> onehotbatch(List.of(1L), List.<Object>of(0, 1)))
                .hasMessageContaining("value 0, 1 (java.lang.Long, not java.lang.Integer), is not among");
    }

    @Test
    void showsOnlySomeOfManyLabels() {
        List<Integer> thousand = IntStream.range(0, 1000).boxed().toList();

        assertThatThrownBy(() -> onehot(-1, thousand)).hasMessageContaining("18, 19] and 980 more; add it");
    }

    @Test
    void refusesNoValues() {
        assertThatThrownBy(() -> onehotbatch(List.of(), A_TO_C))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no values");
    }

    /** Flux: {@code A = [1 20 5; 2 7 6; 3 9 10; 2 1 14]}, {@code onecold(A) == [3, 1, 4]}. */
    @Test
    void onecoldFindsTheLargestOfEachRow() {
        INDArray a = rows(new double[] {1, 2, 3, 2}, new double[] {20, 7, 9, 1}, new double[] {5, 6, 10, 14});

        assertThat(onecold(a)).containsExactly(2, 0, 3);
        assertThat(onecold(a, List.of('A', 'B', 'C', 'D'))).containsExactly('C', 'A', 'D');
    }

    /** Flux: {@code onecold([0.3, 0.2, 0.5], (:a, :b, :c))}. */
    @Test
    void onecoldTakesOneRowOfPlainNumbers() {
        assertThat(onecold(new double[] {0.3, 0.2, 0.5}, A_TO_C)).isEqualTo('c');
        assertThat(onecold(new double[] {1, 2, 5, 3})).isEqualTo(2);
    }

    @Test
    void ofEqualMaximaTheFirstWins() {
        assertThat(onecold(rows(new double[] {1, 7, 7}, new double[] {0, 0, 0})))
                .containsExactly(1, 0);
        assertThat(onecold(new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY}))
                .isZero();
    }

    @Test
    void onecoldReadsTransposedAndDoubleArrays() {
        INDArray columns = rows(new double[] {1, 5}, new double[] {3, 2}).castTo(DataType.DOUBLE);

        assertThat(onecold(columns.transpose())).containsExactly(1, 0);
    }

    @Test
    void onecoldUndoesOnehotbatch() {
        List<String> labels = List.of("a", "b", "c");
        List<String> values = List.of("b", "a", "c", "c");

        assertThat(onecold(onehotbatch(values, labels), labels)).isEqualTo(values);
    }

    /** Flux: {@code maximum value found by onecold is NaN}; also where the NaN is not the first maximum. */
    @Test
    void onecoldRefusesNan() {
        for (double[] row : new double[][] {{Double.NaN, 1, 2}, {1, Double.NaN, 2}, {1, 2, Double.NaN}}) {
            assertThatThrownBy(() -> onecold(rows(new double[] {1, 2, 3}, row)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("row 1, column [012] of the predictions is NaN, so .*");
            assertThatThrownBy(() -> onecold(row)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The largest of one is always the first, so that every example would be of the first class. */
    @Test
    void onecoldRefusesASingleColumn() {
        INDArray probabilities = rows(new double[] {0.2}, new double[] {0.9});
        String start = "onecold needs one column per class, but predictions has one column (shape ";

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> onecold(probabilities), () -> onecold(probabilities, List.of("no", "yes")))) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(start + "[2, 1]). For two classes in one output use a threshold:"
                            + " predictions.gt(0.5) for probabilities, > 0 for logits");
        }
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> onecold(new double[] {0.9}), () -> onecold(new double[] {0.9}, List.of("yes")))) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(start + "[1]). For two classes in one output use a threshold:"
                            + " predictions[0] > 0.5 for probabilities, > 0 for logits");
        }
    }

    /** Flux: {@code onecold got 2 labels for a vector of length 3, these must agree}. */
    @Test
    void onecoldRefusesAnotherNumberOfLabels() {
        assertThatThrownBy(() -> onecold(rows(new double[] {1, 2, 3}), List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "onecold needs a label for each column, but there are 2 labels and predictions has shape [1, 3]");
        assertThatThrownBy(() -> onecold(new double[] {1, 2}, A_TO_C)).hasMessageContaining("3 labels");
        assertThatThrownBy(() -> onecold(new double[0])).hasMessageContaining("no elements");
    }
}
