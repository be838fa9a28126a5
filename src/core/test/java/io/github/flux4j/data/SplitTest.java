package io.github.flux4j.data;

import static io.github.flux4j.Flux4j.batch;
import static io.github.flux4j.Flux4j.column;
import static io.github.flux4j.Flux4j.dataLoader;
import static io.github.flux4j.Flux4j.kfolds;
import static io.github.flux4j.Flux4j.onehotbatch;
import static io.github.flux4j.Flux4j.rows;
import static io.github.flux4j.Flux4j.splitobs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.data.Split.Fold;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Numbers marked MLUtils are from its tests {@code splitobs.jl} and {@code folds.jl}, and its docstrings, with rows from 0. */
class SplitTest {

    /** Examples 0 to n − 1, with targets ten times that, so that a row torn apart shows. */
    private static Batch examples(int n) {
        double[] numbers = IntStream.range(0, n).asDoubleStream().toArray();
        return batch(column(numbers), column(numbers).mul(10));
    }

    private static int[] numbers(Batch part) {
        double[] numbers = Tensors.toDoubles(part.features());
        assertThat(Tensors.toDoubles(part.targets()))
                .isEqualTo(DoubleStream.of(numbers).map(v -> v * 10).toArray());
        return DoubleStream.of(numbers).mapToInt(v -> (int) v).toArray();
    }

    private static List<Integer> sizes(List<Batch> parts) {
        return parts.stream().map(Batch::size).toList();
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** MLUtils: {@code splitobs(10, at=(0.5,0.3)) == (1:5,6:8,9:10)}. */
    @Test
    void partsFollowEachOther() {
        List<Batch> parts = splitobs(examples(10)).at(0.5, 0.3);

        assertThat(parts.stream().map(SplitTest::numbers)).containsExactly(range(0, 5), range(5, 8), range(8, 10));
    }

    /** MLUtils; 0.7 · 15 = 10.5 goes to the even 10, 0.3 · 15 = 4.5 to 4. */
    @Test
    void sharesAreRounded() {
        assertThat(sizes(splitobs(examples(150)).at(0.7))).containsExactly(105, 45);
        assertThat(sizes(splitobs(examples(150)).at(0.1, 0.2, 0.3))).containsExactly(15, 30, 45, 60);
        assertThat(sizes(splitobs(examples(15)).at(0.7))).containsExactly(10, 5);
        assertThat(sizes(splitobs(examples(15)).at(0.2, 0.3))).containsExactly(3, 4, 8);
        assertThat(sizes(splitobs(examples(15)).at(0.11, 0.2, 0.3))).containsExactly(2, 3, 4, 6);
        assertThat(sizes(splitobs(examples(100)).at(0.29))).containsExactly(29, 71);
    }

    /** MLUtils: {@code at=10}, {@code at=(2,3,4)}. */
    @Test
    void wholeNumbersAreCounts() {
        assertThat(sizes(splitobs(examples(15)).atCounts(10))).containsExactly(10, 5);
        assertThat(sizes(splitobs(examples(15)).atCounts(2, 3, 4))).containsExactly(2, 3, 4, 6);
    }

    @Test
    void takesArraysAsDataLoaderDoes() {
        List<Batch> parts =
                splitobs(column(1, 2, 3), column(4, 5, 6), column(1, 1, 2)).at(0.67);

        assertThat(Tensors.toDoubles(parts.get(1).weights())).containsExactly(2);
    }

    @Test
    void aPartIsLoadedInBatches() {
        Batch train = splitobs(examples(10)).at(0.5).get(0);

        assertThat(dataLoader(train).batchSize(2)).hasSize(3);
        assertThat(dataLoader(train).batchSize(2))
                .first()
                .satisfies(batch -> assertThat(numbers(batch)).containsExactly(0, 1));
    }

    @Test
    void shufflingLosesNoExampleAndKeepsRowsTogether() {
        List<Batch> parts = splitobs(examples(100)).shuffle(1).at(0.6, 0.3);

        int[] all = parts.stream()
                .flatMapToInt(part -> Arrays.stream(numbers(part)))
                .toArray();
        assertThat(all).containsExactlyInAnyOrder(range(0, 100)).isNotEqualTo(range(0, 100));
    }

    @Test
    void theSeedDecidesTheOrder() {
        int[] first = numbers(splitobs(examples(50)).shuffle(3).at(0.5).get(0));

        assertThat(numbers(splitobs(examples(50)).shuffle(3).at(0.5).get(0))).isEqualTo(first);
        assertThat(numbers(splitobs(examples(50)).shuffle(4).at(0.5).get(0))).isNotEqualTo(first);
    }

    @Test
    void theCommonSeedDecidesTheOrderToo() {
        Randomness.seed(5);
        int[] first = numbers(splitobs(examples(50)).shuffle().at(0.5).get(0));
        Randomness.seed(5);

        assertThat(numbers(splitobs(examples(50)).shuffle().at(0.5).get(0))).isEqualTo(first);
    }

    /** One split can be asked twice: it has one order. */
    @Test
    void aSplitHasOneOrder() {
        Split split = splitobs(examples(20)).shuffle(1);

        assertThat(numbers(split.at(0.5).get(1)))
                .isEqualTo(numbers(split.kfolds(2).get(1).validation()));
    }

    /** 20 % of 50, 30 and 20 examples of a label. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stratifiedPartsHaveTheirShareOfEachLabel(boolean shuffled) {
        List<String> labels = IntStream.range(0, 100)
                .mapToObj(i -> i % 10 < 5 ? "a" : i % 10 < 8 ? "b" : "c")
                .toList();
        Split split = splitobs(examples(100)).stratified(labels);
        List<Batch> parts = (shuffled ? split.shuffle(7) : split).at(0.2, 0.5);

        for (int i = 0; i < 3; i++) {
            int share = new int[] {2, 5, 3}[i];
            List<String> its =
                    Arrays.stream(numbers(parts.get(i))).mapToObj(labels::get).toList();
            assertThat(Collections.frequency(its, "a")).isEqualTo(share * 5);
            assertThat(Collections.frequency(its, "b")).isEqualTo(share * 3);
            assertThat(Collections.frequency(its, "c")).isEqualTo(share * 2);
        }
    }

    /** Shuffling and stratifying are told in either order, and labels are always those of the rows as given. */
    @Test
    void shuffledOrStratifiedFirstIsTheSame() {
        List<Integer> labels = IntStream.range(0, 30).map(i -> i % 3).boxed().toList();

        assertThat(numbers(splitobs(examples(30))
                        .stratified(labels)
                        .shuffle(1)
                        .at(0.5)
                        .get(0)))
                .isEqualTo(numbers(splitobs(examples(30))
                        .shuffle(1)
                        .stratified(labels)
                        .at(0.5)
                        .get(0)));
    }

    @Test
    void stratifiedPartsAreInTheOrderOfTheExamples() {
        List<Integer> labels = IntStream.range(0, 10).map(i -> i % 2).boxed().toList();

        assertThat(numbers(splitobs(examples(10)).stratified(labels).at(0.4).get(0)))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void stratifiesByTargetsIfNotToldLabels() {
        List<String> labels = List.of("a", "a", "a", "a", "b", "b");
        INDArray oneHot = onehotbatch(labels, List.of("a", "b"));

        List<Batch> parts =
                splitobs(column(0, 1, 2, 3, 4, 5), oneHot).stratified().at(0.5);

        assertThat(Tensors.toDoubles(parts.get(0).features())).containsExactly(0, 1, 4);
        assertThat(Tensors.toDoubles(parts.get(1).features())).containsExactly(2, 3, 5);
    }

    static Stream<double[]> shares() {
        return Stream.of(
                new double[] {},
                new double[] {0},
                new double[] {1},
                new double[] {0.7, 0.3},
                new double[] {-0.1},
                new double[] {Double.NaN},
                new double[] {0.5, Double.NaN});
    }

    @ParameterizedTest
    @MethodSource
    void shares(double[] refused) {
        assertThatThrownBy(() -> splitobs(examples(10)).at(refused))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "shares must be above 0 and leave some for the last part, as at(0.7) does for 70 % and 30 %, but were "
                                + Arrays.toString(refused)
                                + (Arrays.stream(refused).anyMatch(share -> share >= 1)
                                        ? "; numbers of examples are for atCounts(…)"
                                        : ""));
    }

    @Test
    void refusesCountsThatTakeAll() {
        assertThatThrownBy(() -> splitobs(examples(10)).atCounts(7, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "counts must be above 0 and leave some of the 10 examples for the last part, but were [7, 3]");
        for (int[] counts : new int[][] {{}, {0}, {-1}, {3, -1}, {Integer.MAX_VALUE, Integer.MAX_VALUE}}) {
            assertThatThrownBy(() -> splitobs(examples(10)).atCounts(counts))
                    .hasMessage("counts must be above 0 and leave some of the 10 examples for the last part, but were "
                            + Arrays.toString(counts));
        }
    }

    @Test
    void numbersOfExamplesAreNoShares() {
        assertThatThrownBy(() -> splitobs(examples(100)).at(70))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("but were [70.0]; numbers of examples are for atCounts(…)");
        assertThat(sizes(splitobs(examples(100)).atCounts(70))).containsExactly(70, 30);
        assertThat(sizes(splitobs(examples(100)).at(0.7))).containsExactly(70, 30);
    }

    @Test
    void refusesAPartWithoutExamples() {
        assertThatThrownBy(() -> splitobs(examples(10)).at(0.01))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("part 1 would get none of the 10 examples; give it a larger share, or do without it");
        assertThatThrownBy(() -> splitobs(examples(10)).at(0.99)).hasMessageStartingWith("part 2 would");
    }

    @Test
    void refusesLabelsThatAreNotOneEach() {
        assertThatThrownBy(() -> splitobs(examples(3)).stratified(List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("each of the 3 examples needs a label, in the order of the rows, but there are 2 labels");
        assertThatThrownBy(() -> splitobs(examples(2)).stratified(Arrays.asList("a", null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("each example needs a label, but that of example 1 is null");
    }

    /** MLUtils' docstring: {@code kfolds(10, 5)}. */
    @Test
    void foldsValidateOnEachFifthInTurn() {
        List<Fold> folds = kfolds(examples(10), 5);

        assertThat(folds.stream().map(fold -> numbers(fold.validation())))
                .containsExactly(range(0, 2), range(2, 4), range(4, 6), range(6, 8), range(8, 10));
        assertThat(numbers(folds.get(1).train())).containsExactly(0, 1, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void theFirstFoldsTakeWhatIsLeftOver() {
        assertThat(kfolds(examples(11), 4).stream()
                        .map(fold -> fold.validation().size()))
                .containsExactly(3, 3, 3, 2);
    }

    @ParameterizedTest
    @CsvSource({"15, 5", "15, 15", "7, 2", "100, 7"})
    void everyExampleIsValidatedOnce(int n, int k) {
        List<Fold> folds = splitobs(examples(n)).shuffle(1).kfolds(k);

        assertThat(folds.stream().flatMapToInt(fold -> Arrays.stream(numbers(fold.validation()))))
                .hasSize(n)
                .doesNotHaveDuplicates();
        for (Fold fold : folds) {
            assertThat(IntStream.concat(Arrays.stream(numbers(fold.train())), Arrays.stream(numbers(fold.validation())))
                            .toArray())
                    .containsExactlyInAnyOrder(range(0, n));
        }
    }

    /** MLUtils: ten of one label, twenty of the other. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stratifiedFoldsHaveTheirShareOfEachLabel(boolean shuffled) {
        List<Integer> labels =
                IntStream.range(0, 30).map(i -> i < 10 ? 0 : 1).boxed().toList();
        Split split = splitobs(examples(30)).stratified(labels);

        for (Fold fold : (shuffled ? split.shuffle(2) : split).kfolds(5)) {
            assertThat(Arrays.stream(numbers(fold.validation())).filter(i -> i < 10))
                    .hasSize(2);
            assertThat(fold.validation().size()).isEqualTo(6);
            assertThat(fold.train().size()).isEqualTo(24);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 11})
    void refusesMoreFoldsThanExamples(int k) {
        assertThatThrownBy(() -> kfolds(examples(10), k))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kfolds(k) needs a k from 2 to 10, the number of examples, but k was " + k);
    }

    @Test
    void refusesMoreFoldsThanExamplesOfALabel() {
        assertThatThrownBy(() ->
                        splitobs(examples(4)).stratified(List.of(1, 1, 1, 2)).kfolds(2))
                .hasMessage("kfolds(k) needs a k from 2 to 1, the number of examples of the rarest label, but k was 2");
    }

    /** MLUtils: {@code leavepout(15) == kfolds(15, k=15)}, {@code leavepout(1:15, p=5) == kfolds(1:15, 3)}. */
    @Test
    void leavingSomeOutIsFoldsOfThatSize() {
        assertThat(splitobs(examples(15)).leavepout(1))
                .hasSize(15)
                .allMatch(fold -> fold.validation().size() == 1);
        assertThat(splitobs(examples(15)).leavepout(5))
                .hasSize(3)
                .allMatch(fold -> fold.validation().size() == 5);
        assertThatThrownBy(() -> splitobs(examples(15)).leavepout(8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leavepout(p) needs a p from 1 to 7, half the number of examples, but p was 8");
    }

    /** Rows are gathered by ND4J, which knows several layouts and types. */
    @Test
    void partsAreRightWhateverTheLayoutAndType() {
        INDArray transposed = Tensors.ofRows(DataType.DOUBLE, new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}})
                .transpose();
        INDArray integers = column(1, 2, 3, 4).castTo(DataType.INT32);
        Batch last = splitobs(transposed, integers).at(0.75).get(1);

        assertThat(Tensors.toDoubles(last.features())).containsExactly(4, 8);
        assertThat(last.features().dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(Tensors.toDoubles(last.targets())).containsExactly(4);
        assertThat(last.targets().dataType()).isEqualTo(DataType.INT32);
    }

    @Test
    void partsOfViewsAreRight() {
        INDArray all = rows(new double[] {1, 2, 3}, new double[] {4, 5, 6}, new double[] {7, 8, 9});
        INDArray corner = all.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(1, 3));

        assertThat(Tensors.toDoubles(splitobs(corner).at(0.5).get(1).features()))
                .containsExactly(8, 9);
    }

    @Test
    void partsAreCopies() {
        INDArray x = column(1, 2);
        Batch part = splitobs(x).at(0.5).get(0);
        x.addi(5);

        assertThat(Tensors.toDoubles(part.features())).containsExactly(1);
    }
}
