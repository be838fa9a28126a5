package io.github.flux4j.data;

import static io.github.flux4j.Flux4j.batch;
import static io.github.flux4j.Flux4j.column;
import static io.github.flux4j.Flux4j.oversample;
import static io.github.flux4j.Flux4j.seed;
import static io.github.flux4j.Flux4j.shuffleobs;
import static io.github.flux4j.Flux4j.undersample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.internal.arrays.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts marked MLUtils are from its tests {@code resample.jl} and docstrings. */
class ResamplingTest {

    /** MLUtils' labels: a twice, c twice, b once. */
    private static final List<String> LABELS = List.of("a", "c", "c", "a", "b");

    @BeforeEach
    void seeded() {
        seed(11);
    }

    /** Examples 0 to n − 1 with targets by which each is known. */
    private static Batch examples(int n) {
        double[] numbers = IntStream.range(0, n).asDoubleStream().toArray();
        return batch(column(numbers), column(numbers));
    }

    private static List<Integer> numbers(Batch batch) {
        assertThat(Tensors.toDoubles(batch.targets())).isEqualTo(Tensors.toDoubles(batch.features()));
        return Arrays.stream(Tensors.toDoubles(batch.features()))
                .mapToObj(v -> (int) v)
                .toList();
    }

    private static <T> Map<T, Long> counts(List<T> values) {
        return values.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static Map<String, Long> labelCounts(Batch batch, List<String> labels) {
        return counts(numbers(batch).stream().map(labels::get).toList());
    }

    @Test
    void shufflingKeepsEveryExample() {
        List<Integer> all = IntStream.range(0, 50).boxed().toList();

        assertThat(numbers(shuffleobs(examples(50))))
                .containsExactlyInAnyOrderElementsOf(all)
                .isNotEqualTo(all);
    }

    @Test
    void theSeedDecidesTheShuffle() {
        assertThat(numbers(shuffleobs(examples(50), 1))).isEqualTo(numbers(shuffleobs(examples(50), 1)));
        assertThat(numbers(shuffleobs(examples(50), 1))).isNotEqualTo(numbers(shuffleobs(examples(50), 2)));
    }

    /** MLUtils: six examples, the one b twice. */
    @Test
    void oversamplingRepeatsTheRarerLabels() {
        Batch balanced = oversample(examples(5), LABELS);

        assertThat(numbers(balanced)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 4);
    }

    /** MLUtils: labels c c c a b give nine, the lone ones three times. */
    @Test
    void oversamplingRepeatsAsOftenAsNeeded() {
        Batch balanced = oversample(examples(5), List.of("c", "c", "c", "a", "b"));

        assertThat(numbers(balanced)).containsExactlyInAnyOrder(0, 1, 2, 3, 3, 3, 4, 4, 4);
    }

    @Test
    void oversamplingRepeatsEachOfALabelAboutAsOften() {
        List<String> labels =
                IntStream.range(0, 13).mapToObj(i -> i < 10 ? "a" : "b").toList();
        Map<Integer, Long> counts = counts(numbers(oversample(examples(13), labels)));

        assertThat(IntStream.range(10, 13).mapToLong(counts::get)).containsExactlyInAnyOrder(3L, 3L, 4L);
    }

    /** MLUtils' docstring: with 0.5 each label has at least half as many as the largest. */
    @Test
    void oversamplingMayGoPartOfTheWay() {
        List<String> labels = IntStream.range(0, 14)
                .mapToObj(i -> i < 8 ? "a" : i < 13 ? "b" : "c")
                .toList();

        assertThat(labelCounts(oversample(examples(14), labels, 0.5), labels))
                .isEqualTo(Map.of("a", 8L, "b", 5L, "c", 4L));
    }

    @Test
    void undersamplingKeepsAsManyOfEachAsOfTheRarest() {
        List<String> labels = IntStream.range(0, 20)
                .mapToObj(i -> i < 12 ? "a" : i < 17 ? "b" : "c")
                .toList();
        Batch balanced = undersample(examples(20), labels);

        assertThat(labelCounts(balanced, labels)).isEqualTo(Map.of("a", 3L, "b", 3L, "c", 3L));
        assertThat(numbers(balanced)).doesNotHaveDuplicates();
    }

    /** Drawn, not cut off: in 200 draws of 1 out of 4 each is drawn 50 times, ± 5 standard deviations of 6.1. */
    @Test
    void undersamplingDrawsEachAsLikely() {
        List<String> labels = List.of("a", "a", "a", "a", "b");
        Map<Integer, Long> counts = counts(IntStream.range(0, 200)
                .mapToObj(i -> numbers(undersample(examples(5), labels)))
                .flatMap(List::stream)
                .toList());

        assertThat(counts.get(4)).isEqualTo(200);
        assertThat(IntStream.range(0, 4).mapToLong(counts::get)).allMatch(count -> count > 19 && count < 81);
    }

    @Test
    void theTargetsAreTheLabelsIfNoneAreTold() {
        Batch data = batch(column(0, 1, 2, 3), column(1, 1, 1, 2));

        assertThat(Tensors.toDoubles(oversample(data).targets())).containsExactlyInAnyOrder(1, 1, 1, 2, 2, 2);
        assertThat(Tensors.toDoubles(undersample(data).targets())).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void theCommonSeedDecides() {
        List<Integer> first = numbers(undersample(examples(5), LABELS));
        List<Integer> second = numbers(oversample(examples(5), LABELS));
        seed(11);

        assertThat(numbers(undersample(examples(5), LABELS))).isEqualTo(first);
        assertThat(numbers(oversample(examples(5), LABELS))).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAFractionThatIsNone(double fraction) {
        assertThatThrownBy(() -> oversample(examples(5), LABELS, fraction))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fraction must be finite and above 0, but was " + fraction);
    }

    @Test
    void refusesLabelsThatAreNotOneEach() {
        assertThatThrownBy(() -> oversample(examples(4), LABELS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("each of the 4 examples needs a label");
        assertThatThrownBy(() -> undersample(examples(4), LABELS)).hasMessageContaining("there are 5 labels");
    }
}
