package io.github.flux4j.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Percentiles of single runs. */
class LatencyTest {

    private static final long SHORT = 200_000_000; // nanoseconds

    private static final double SLOW = 100_000; // nanoseconds

    @Test
    void aPercentileIsTheNearestRank() {
        long[] sorted = LongStream.rangeClosed(1, 10_000).toArray();
        assertThat(Latency.percentile(0.99, sorted)).isEqualTo(9900);
        assertThat(Latency.percentile(0.999, sorted)).isEqualTo(9990);
    }

    @Test
    void aPercentileThatFewerThanTenRunsExceedIsNotTold() {
        assertThat(Latency.percentile(0.99, new long[1000])).isNotNull();
        assertThat(Latency.percentile(0.99, new long[999])).isNull();
    }

    @Test
    void twoSlowRunsOfAHundredAreInThe99thPercentileAndNotInTheMedian() {
        AtomicInteger count = new AtomicInteger();
        Measured measured = new Latency(SHORT, SHORT).of(() -> {
            long end = System.nanoTime() + (count.incrementAndGet() % 50 == 0 ? (long) SLOW : 0);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });
        assertThat(measured.nanos()).isLessThan(SLOW / 2);
        assertThat(measured.p99()).isGreaterThanOrEqualTo(SLOW);
        assertThat(measured.p999()).isGreaterThanOrEqualTo(measured.p99());
        assertThat(measured.clock()).isPositive().isLessThan(SLOW);
    }
}
