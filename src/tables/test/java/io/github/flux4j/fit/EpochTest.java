package io.github.flux4j.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EpochTest {

    private static final long SECOND = 1_000_000_000;

    /** By hand: 3100 rows in 0.1 s are 31 k a second. */
    @Test
    void isALine() {
        Epoch epoch = new Epoch(
                48, 400, 0.0812, 0.1239, 36, 0.1211, 3100, SECOND / 10, 48 * SECOND / 10, 1, Duration.ofSeconds(35));
        assertThat(epoch)
                .hasToString(
                        "epoch 48/400  about 35 s left  loss 0.0812  held out 0.124 (best 0.121, 12 ago)  31 k rows/s");
    }

    @Test
    void withinAnEpochSaysHowMuchOfItIsDone() {
        Epoch epoch = new Epoch(
                1, 400, Double.NaN, Double.NaN, 0, 1 / 0.0, 62_000, 2 * SECOND, 2 * SECOND, 0.23, Duration.ofHours(2));
        assertThat(epoch).hasToString("epoch 1/400, 23 % of it  about 2 h left  31 k rows/s");
    }

    @Test
    void saysNothingOfWhatIsNotLeftOut() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(new Epoch(10, 10, 1.5, Double.NaN, 0, Double.NaN, 50, SECOND, 1000 * SECOND, 1, Duration.ZERO))
                    .hasToString("epoch 10/10  about 0 s left  loss 1.5  50 rows/s");
        } finally {
            Locale.setDefault(before);
        }
    }

    /** By hand: 30 s of 30 + 90. */
    @Test
    void progressIsTheShareOfTheTime() {
        Epoch epoch = new Epoch(20, 400, 1, 1, 20, 1, 50, SECOND, 30 * SECOND, 1, Duration.ofSeconds(90));
        assertThat(epoch.progress()).isCloseTo(0.25, within(1e-12));
    }
}
