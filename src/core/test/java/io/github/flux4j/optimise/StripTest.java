package io.github.flux4j.optimise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What a formula of one's own may rely on. */
class StripTest {

    private static final List<BiFunction<Strip, Strip, Strip>> OPERATIONS = List.of(
            (strip, x) -> strip.set(x),
            (strip, x) -> strip.set(2, x),
            (strip, x) -> strip.add(1),
            (strip, x) -> strip.add(2, x),
            (strip, x) -> strip.times(2),
            (strip, x) -> strip.times(x),
            (strip, x) -> strip.over(x),
            (strip, x) -> strip.overRoot(1, x, 1),
            (strip, x) -> strip.root(),
            (strip, x) -> strip.mix(1, 1, x),
            (strip, x) -> strip.mixSquares(1, 1, x),
            (strip, x) -> strip.maxAbs(1, x),
            (strip, x) -> strip.clamp(0, 1),
            (strip, x) -> strip.sign(),
            (strip, x) -> strip.where(x, x),
            (strip, x) -> strip.map((a, b) -> a + b, x));

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void eachOperationReturnsItsStrip(DataType type) {
        Strip strip = Strip.of(type, 3);
        OPERATIONS.forEach(operation ->
                assertThat(operation.apply(strip, Strip.of(type, 3).add(1))).isSameAs(strip));
    }

    /** Moments below 10⁻³⁷, which Float32 would keep as slow subnormal numbers, become 0, and others stay. */
    @Test
    void momentsFlushWhatIsTooSmall() {
        for (double start : new double[] {1e-38, 1e-44}) {
            assertThat(mixed(start)).containsExactly(0, 0, 0);
        }
        double normal = (float) 1e-20;
        assertThat(mixed(normal)).containsExactly(normal, normal, normal);
    }

    /** A number that mixes with nothing, by each of the three words for moments. */
    private static double[] mixed(double start) {
        Strip nothing = Strip.of(DataType.FLOAT, 1);
        return new double[] {
            number(start).mix(1, 0, nothing).get(0),
            number(start).mixSquares(1, 0, nothing).get(0),
            number(start).maxAbs(1, nothing).get(0)
        };
    }

    private static Strip number(double value) {
        Strip strip = Strip.of(DataType.FLOAT, 1);
        strip.put(0, value);
        return strip;
    }
}
