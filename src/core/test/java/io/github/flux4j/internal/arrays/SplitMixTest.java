package io.github.flux4j.internal.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is Java's own {@link SplittableRandom}. */
class SplitMixTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, 0x9e3779b97f4a7c15L})
    void givesJavasNumbersAlsoAfterSplits(long seed) {
        SplittableRandom java = new SplittableRandom(seed);
        SplitMix ours = new SplitMix(seed);
        for (int i = 0; i < 100; i++) {
            sameNumbers(ours, java);
            sameNumbers(ours.split(), java.split());
            java = i % 10 == 9 ? java.split() : java;
            ours = i % 10 == 9 ? ours.split() : ours;
        }
    }

    private static void sameNumbers(RandomGenerator ours, RandomGenerator java) {
        assertThat(ours.nextLong()).isEqualTo(java.nextLong());
        assertThat(ours.nextInt()).isEqualTo(java.nextInt());
        assertThat(ours.nextDouble()).isEqualTo(java.nextDouble());
        assertThat(ours.nextInt(1, 1000)).isEqualTo(java.nextInt(1, 1000));
        assertThat(ours.nextInt(7)).isEqualTo(java.nextInt(7));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 1L << 40})
    void goesOnFromAState(long seed) {
        SplitMix first = new SplitMix(seed).split();
        first.nextDouble();
        SplitMix second = new SplitMix(0);
        second.become(new SplitMix.State(first.state().seed(), first.state().gamma()));
        assertThat(second.nextLong()).isEqualTo(first.nextLong());
        assertThat(second.split().nextLong()).isEqualTo(first.split().nextLong());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2})
    void anEvenStepIsRefused(long gamma) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SplitMix.State(1, gamma));
    }
}
