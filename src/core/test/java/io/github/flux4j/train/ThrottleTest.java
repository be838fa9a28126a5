package io.github.flux4j.train;

import static io.github.flux4j.Flux4j.MSE;
import static io.github.flux4j.Flux4j.column;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.descent;
import static io.github.flux4j.Flux4j.setup;
import static io.github.flux4j.Flux4j.throttle;
import static io.github.flux4j.Flux4j.trainer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Dense;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of Flux's own tests ("default", "leading", "trailing behaviour", "arguments") on a clock that is set by hand. */
class ThrottleTest {

    private final List<Integer> ran = new ArrayList<>();
    private double now = -5; // nanoTime may start anywhere, also below 0

    private Throttle everySecond() {
        return Throttle.of(progress -> ran.add(progress.batch()), 1).clock(() -> (long) (now * 1e9));
    }

    private static Progress batch(int number) {
        return new Progress(null, 1, number, 0);
    }

    @Test
    void runsTheFirstCallAndDropsThoseWithinTheTime() {
        Throttle throttle = everySecond();

        throttle.after(batch(1));
        throttle.after(batch(2));
        now += 0.99;
        throttle.after(batch(3));
        assertThat(ran).containsExactly(1);
        now += 0.02;
        throttle.after(batch(4));
        assertThat(ran).containsExactly(1, 4);
    }

    @Test
    void trailingRunsTheLastCallDroppedOnceTheTimeIsOver() {
        Throttle throttle = everySecond().trailing(true);

        throttle.after(batch(1));
        throttle.after(batch(2));
        throttle.after(batch(3));
        assertThat(ran).containsExactly(1);
        now += 1.01;
        throttle.after(batch(4));
        assertThat(ran).containsExactly(1, 3);
        now += 1.01;
        throttle.after(batch(5));
        assertThat(ran).containsExactly(1, 3, 4);
    }

    @Test
    void withoutLeadingTheFirstCallWaits() {
        Throttle throttle = everySecond().leading(false).trailing(true);

        throttle.after(batch(1));
        throttle.after(batch(2));
        assertThat(ran).isEmpty();
        now += 1.01;
        throttle.after(batch(3));
        assertThat(ran).containsExactly(2);
    }

    @Test
    void withNeitherTheFirstOfEachTimeRunsLate() {
        Throttle throttle = everySecond().leading(false);

        throttle.after(batch(1));
        throttle.after(batch(2));
        now += 1.01;
        throttle.after(batch(3));
        assertThat(ran).containsExactly(1);
    }

    @Test
    void flushRunsTheCallThatWaits() {
        Throttle throttle = everySecond().trailing(true);

        throttle.after(batch(1));
        throttle.after(batch(2));
        assertThat(throttle.flush()).isTrue();
        assertThat(throttle.flush()).isFalse();
        throttle.after(batch(3));
        assertThat(ran).containsExactly(1, 2);
    }

    /** Else an action slower than the time would leave no time for training. */
    @Test
    void theTimeBeginsWhenTheActionEnds() {
        Throttle throttle = Throttle.of(
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
        Throttle throttle = Throttle.of(progress -> ran.add(progress.batch()), 0);

        throttle.after(batch(1));
        throttle.after(batch(2));
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void isACallbackOfTheTrainer() {
        Dense model = dense(1, 1);
        List<Batch> threeBatches = Collections.nCopies(3, Batch.of(column(1), column(2)));

        trainer(MSE, model, setup(descent(), model))
                .afterBatch(throttle(progress -> ran.add(progress.batch()), 1e6))
                .train(threeBatches, 2);

        assertThat(ran).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAnythingButATime(double seconds) {
        assertThatThrownBy(() -> Throttle.of(() -> {}, seconds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("seconds must be finite and not negative, but was " + seconds);
    }
}
