package io.github.flux4j.internal.fit;

import static io.github.flux4j.Flux4j.dense;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.format.Target;
import io.github.flux4j.internal.prepare.Classes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelTest {

    /** 2¹⁶ · 2¹⁶ is 0 as an int: without a check, an empty array. */
    @Test
    void outputsThatNoArrayHoldsAreRefused() {
        List<String> names =
                IntStream.range(0, 1 << 16).mapToObj(String::valueOf).toList();
        Model any = new Model(
                List.of(), null, new Classes(new Target.Classes("any", names, true), null, 0), List.of(dense(1, 1)));
        assertThatThrownBy(() -> any.meant(new float[1 << 16], 1 << 16))
                .hasMessageContaining("65536 rows of 65536 numbers each are 4294967296 numbers");
    }
}
