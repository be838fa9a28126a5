package io.github.flux4j.internal.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExamplesTest {

    @Test
    void numbersOfRowsThatNoArrayHoldsAreRefused() {
        assertThat(Examples.numbers(1_000_000, 2000)).isEqualTo(2_000_000_000);
        assertThatThrownBy(() -> Examples.numbers(1_000_000, 3000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "1000000 rows of 3000 numbers each are 3000000000 numbers, but memory holds at most 2147483639;"
                                + " use fewer rows, or columns with fewer levels");
    }
}
