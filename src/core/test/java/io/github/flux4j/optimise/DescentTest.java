package io.github.flux4j.optimise;

import static io.github.flux4j.Flux4j.descent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescentTest {

    @Test
    void hasFluxsLearningRateAndPrintsAsFluxDoes() {
        assertThat(descent().eta()).isEqualTo(0.1);
        assertThat(descent()).hasToString("Descent(0.1)").isEqualTo(descent(0.1));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0, -0.1, -Double.MIN_VALUE
            })
    void learningRateIsFiniteAndAboveZero(double eta) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> descent(eta))
                .withMessage("learningRate must be finite and > 0, but was " + eta);
    }
}
