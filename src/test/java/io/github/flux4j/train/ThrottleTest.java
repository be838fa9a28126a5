package io.github.flux4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of Flux's own tests ("default", "leading", "trailing behaviour", "arguments") on a clock that is set by hand. */
class ThrottleTest {

    private final List<Integer> ran = new ArrayList<>();
    private double now = -5; // nanoTime may start anywhere, also below 0

    private Throttle<Integer> everySecond() {
        return Throttle.<Integer>of(ran::add, 1).clock(() -> (long) (now * 1e9));
    }

    @Test
    void runsTheFirstCallAndDropsThoseWithinTheTime() {
        Throttle<Integer> throttle = everySecond();

        throttle.accept(1);
        throttle.accept(2);
        now += 0.99;
        throttle.accept(3);
        assertThat(ran).containsExactly(1);
        now += 0.02;
        throttle.accept(4);
        assertThat(ran).containsExactly(1, 4);
    }

    @Test
    void trailingRunsTheLastCallDroppedOnceTheTimeIsOver() {
        Throttle<Integer> throttle = everySecond().trailing(true);

        throttle.accept(1);
        throttle.accept(2);
        throttle.accept(3);
        assertThat(ran).containsExactly(1);
        now += 1.01;
        throttle.accept(4);
        assertThat(ran).containsExactly(1, 3);
        now += 1.01;
        throttle.accept(5);
        assertThat(ran).containsExactly(1, 3, 4);
    }

    @Test
    void withoutLeadingTheFirstCallWaits() {
        Throttle<Integer> throttle = everySecond().leading(false).trailing(true);

        throttle.accept(1);
        throttle.accept(2);
        assertThat(ran).isEmpty();
        now += 1.01;
        throttle.accept(3);
        assertThat(ran).containsExactly(2);
    }

    @Test
    void withNeitherTheFirstOfEachTimeRunsLate() {
        Throttle<Integer> throttle = everySecond().leading(false);

        throttle.accept(1);
        throttle.accept(2);
        now += 1.01;
        throttle.accept(3);
        assertThat(ran).containsExactly(1);
    }

    @Test
    void flushRunsTheCallThatWaits() {
        Throttle<Integer> throttle = everySecond().trailing(true);

        throttle.accept(1);
        throttle.accept(2);
        assertThat(throttle.flush()).isTrue();
        assertThat(throttle.flush()).isFalse();
        throttle.accept(3);
        assertThat(ran).containsExactly(1, 2);
    }

    /** Else an action slower than the time would leave no time for training. */
    @Test
    void theTimeBeginsWhenTheActionEnds() {
        Throttle<Object> throttle = Throttle.of(
                        () -> {
                            ran.add(0);
                            now += 5;
                        },
                        1)
                .clock(() -> (long) (now * 1e9));

        throttle.run();
        throttle.run();
        assertThat(ran).hasSize(1);
    }

    @Test
    void ofZeroSecondsEveryCallRuns() {
        Throttle<Integer> throttle = Throttle.of(ran::add, 0);

        throttle.accept(1);
        throttle.accept(2);
        assertThat(ran).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAnythingButATime(double seconds) {
        assertThatThrownBy(() -> Throttle.of(() -> {}, seconds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("seconds must be finite and not negative, but was " + seconds);
    }
}
