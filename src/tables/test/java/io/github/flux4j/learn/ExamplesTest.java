package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.dense;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.layers.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    @Test
    void numbersOfRowsThatNoArrayHoldsAreRefused() {
        assertThat(Examples.numbers(1_000_000, 2000)).isEqualTo(2_000_000_000);
        assertThatThrownBy(() -> Examples.numbers(1_000_000, 3000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "1000000 rows of 3000 numbers each are 3000000000 numbers, but at most 2147483639 can be held"
                                + " at once; take fewer rows, or columns with fewer levels");
    }

    /** 2¹⁶ · 2¹⁶ is 0 as an int: without a check, an empty array. */
    @Test
    void outputsThatNoArrayHoldsAreRefused() {
        Layer any = dense(1, 1);
        assertThatThrownBy(() -> new Ensemble(List.of(any), 1 << 16).each(new float[1 << 16], 1 << 16))
                .hasMessageContaining("65536 rows of 65536 numbers each are 4294967296 numbers");
    }
}
