package io.github.flux4j.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class EpochTest {

    private static final long SECOND = 1_000_000_000;

    /** By hand: 3100 rows in 0.1 s are 31 k a second; 48 epochs took 4.8 s, so 352 take 35.2 s. */
    @Test
    void isALine() {
        Epoch epoch = new Epoch(48, 400, 0.0812, 0.1239, 36, 0.1211, 3100, SECOND / 10, 48 * SECOND / 10);
        assertThat(epoch)
                .hasToString("epoch 48/400  loss 0.0812  held out 0.124 (best 0.121, 12 ago)  31 k rows/s  35 s left");
    }

    @Test
    void saysNothingOfWhatIsNotLeftOut() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(new Epoch(10, 10, 1.5, Double.NaN, 0, Double.NaN, 50, SECOND, 1000 * SECOND))
                    .hasToString("epoch 10/10  loss 1.5  50 rows/s  0 s left");
            assertThat(new Epoch(1, 11, 1.5, 2, 1, 2, 50, SECOND, 1000 * SECOND))
                    .hasToString("epoch 1/11  loss 1.5  held out 2 (best 2, now)  50 rows/s  2 h left");
        } finally {
            Locale.setDefault(before);
        }
    }
}
