package io.github.flux4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.format.Features;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowGuardTest {

    /** Halfway from the largest Float32 to the next power of two, which rounds to infinity; the oracle is the cast. */
    private static final double BEYOND = 0x1.ffffffp127;

    private static void require(RowGuard guard, double... row) {
        guard.require(new double[][] {row});
    }

    @Test
    void aNumberThatFloat32MakesInfiniteIsRefused() {
        RowGuard floats = new RowGuard(1, 1, 1, null, true, true);
        RowGuard doubles = new RowGuard(1, 1, 1, null, false, true);

        assertThat((float) BEYOND).isInfinite();
        assertThat((float) Math.nextDown(BEYOND)).isFinite();
        assertThatCode(() -> require(floats, -Math.nextDown(BEYOND))).doesNotThrowAnyException();
        assertThatThrownBy(() -> require(floats, -BEYOND))
                .hasMessageContaining("row 0, column 0 is -3.4028235677973366E38, too large for Float32");
        assertThatCode(() -> require(doubles, Double.MAX_VALUE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> require(doubles, Double.POSITIVE_INFINITY)).hasMessageContaining("is Infinity. Fill");
        assertThatThrownBy(() -> require(doubles, Double.NaN)).hasMessageContaining("is NaN. Fill");
        assertThatCode(() -> require(new RowGuard(1, 1, 1, null, true, false), Double.NaN))
                .doesNotThrowAnyException();
        assertThat(floats.isFloat32()).isTrue();
        assertThat(doubles.isFloat32()).isFalse();
    }

    /** The text takes two numbers, so that the third is that of the second column. */
    @Test
    void ofAPreparedRowTheColumnIsNamed() {
        Features features = Features.of(List.of(
                new TextFeature("colour", List.of("blue", "red"), "blue", false), NumberFeature.of("length", 0, 0, 1)));

        assertThatThrownBy(() -> require(new RowGuard(3, 3, 2, features, true, true), 0, 1, 1e39))
                .hasMessageContaining("row 0, column \"length\" is 1.0E39, too large for Float32");
    }

    @Test
    void theFirstRowDecidesWhereAnyNumberOfColumnsWillDo() {
        RowGuard any = new RowGuard(0, 2, 0, null, false, true);

        assertThatCode(() -> any.require(new double[][] {{1, 2, 3}, {4, 5, 6}})).doesNotThrowAnyException();
        assertThatThrownBy(() -> any.require(new double[][] {{1, 2, 3}, {4, 5}}))
                .hasMessage("the model expects at least 2 features per row, but row 1 has 2");
        assertThatThrownBy(() -> require(any, 1)).hasMessageContaining("but row 0 has 1");
        assertThatThrownBy(() -> require(new RowGuard(0, 0, 0, null, false, true)))
                .hasMessage("the model expects some features per row, but row 0 has 0");
        assertThatThrownBy(() -> require(new RowGuard(1, 1, 1, null, false, true), 1, 2))
                .hasMessage("the model expects 1 feature per row, but row 0 has 2");
        assertThatThrownBy(() -> any.require(new double[][] {null})).hasMessage("row 0 of features is null");
    }
}
