package io.github.flux4j.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResidualsTest {

    @Test
    void coverageIsThatOfRowsByTheOthers() {
        Residuals alike = new Residuals(
                IntStream.range(0, 1000).mapToDouble(i -> i * 7919 % 1000).toArray(),
                IntStream.range(0, 1000).map(i -> i % 10).toArray());
        assertThat(alike.coverage(0.9)).isBetween(0.88, 0.92);
    }
}
