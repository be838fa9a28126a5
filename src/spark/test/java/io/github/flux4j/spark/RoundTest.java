package io.github.flux4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 64, 65, 1000})
    void anOrderHasEachPlaceOnce(int n) {
        FeistelOrder order = new FeistelOrder(n, 5);
        assertThat(IntStream.range(0, n).map(order::at).sorted()).containsExactly(range(n));
    }

    private static Integer[] range(int n) {
        return IntStream.range(0, n).boxed().toArray(Integer[]::new);
    }

    @Test
    void ordersOfOtherSeedsAreOthersAndLookShuffled() {
        int[] one = IntStream.range(0, 1000).map(new FeistelOrder(1000, 1)::at).toArray();
        int[] other =
                IntStream.range(0, 1000).map(new FeistelOrder(1000, 2)::at).toArray();

        assertThat(IntStream.range(0, 1000).filter(i -> one[i] == other[i]).count())
                .isLessThan(10); // 1 expected
        double mean = Arrays.stream(one, 0, 500).average().orElseThrow();
        assertThat(mean).isBetween(450.0, 550.0); // 499.5 with a standard deviation of 9
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 6, 7, 8, 100})
    void anEpochHasEachRowOnce(int rows) {
        int[] all = IntStream.range(0, 7)
                .flatMap(step -> Arrays.stream(new Round(1, 3, step, 1, 7).rows(step, 2, 3, 8, rows)))
                .sorted()
                .toArray();
        assertThat(all).containsExactly(IntStream.range(0, rows).toArray());
    }

    @Test
    void partitionsOfOneRowTakeTurns() {
        int[] ofOne = {1, 1, 1, 1, 1, 1};
        for (int step = 0; step < 3; step++) {
            Round round = new Round(1, 0, step, 1, 3);
            assertThat(IntStream.range(0, 6).filter(p -> round.rows(round.first(), p, ofOne).length > 0))
                    .hasSize(2);
        }
    }

    @Test
    void epochsAndPartitionsHaveOrdersOfTheirOwn() {
        int[] sizes = {1000, 1000};
        int[] rows = new Round(1, 0, 0, 1, 4).rows(0, 0, sizes);
        assertThat(new Round(1, 1, 0, 1, 4).rows(0, 0, sizes)).isNotEqualTo(rows);
        assertThat(new Round(1, 0, 0, 1, 4).rows(0, 1, sizes)).isNotEqualTo(rows);
        assertThat(new Round(2, 0, 0, 1, 4).rows(0, 0, sizes)).isNotEqualTo(rows);
        assertThat(new Round(1, 0, 0, 1, 4).rows(0, 0, sizes)).isEqualTo(rows);
    }
}
