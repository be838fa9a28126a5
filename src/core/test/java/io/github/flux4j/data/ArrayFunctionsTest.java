package io.github.flux4j.data;

import static io.github.flux4j.Flux4j.column;
import static io.github.flux4j.Flux4j.dropout;
import static io.github.flux4j.Flux4j.logsumexp;
import static io.github.flux4j.Flux4j.rows;
import static io.github.flux4j.Flux4j.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.internal.arrays.Tensors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** By NNlib's formulas. */
class ArrayFunctionsTest {

    /** One rounding to Float32 of numbers up to 1000. */
    private static final double FLOAT32 = 3.1e-5;

    private static final INDArray X = rows(new double[][] {{1, 2, 3}, {1000, 999, -1000}});

    @Test
    void dropoutIsZeroOrScaled() {
        seed(1);
        INDArray dropped = dropout(Nd4j.ones(DataType.FLOAT, 100, 100), 0.2);

        assertThat(Tensors.toDoubles(dropped)).containsOnly(0, 1.25);
        // 10⁴ draws: five standard deviations, 1.25·√(0.2·0.8/10⁴) = 0.005
        assertThat(dropped.meanNumber().doubleValue()).isCloseTo(1, within(0.025));
        seed(1);
        assertThat(dropout(Nd4j.ones(DataType.FLOAT, 100, 100), 0.2)).isEqualTo(dropped);
    }

    @Test
    void dropoutLeavesItsArgumentAndTakesEitherEnd() {
        INDArray x = column(1, -2).castTo(DataType.DOUBLE);

        assertThat(dropout(x, 0)).isEqualTo(x).isNotSameAs(x);
        assertThat(Tensors.toDoubles(dropout(x, 1))).containsOnly(0);
        assertThat(dropout(x, 0.5).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(Tensors.toDoubles(x)).containsExactly(1, -2);
        assertThatThrownBy(() -> dropout(x, Double.NaN)).hasMessage("p is a probability, from 0 to 1, but was NaN");
    }

    /** e³(1 + e⁻¹ + e⁻²) and e¹⁰⁰⁰(1 + e⁻¹), which no number holds. */
    @Test
    void logsumexpDoesNotOverflow() {
        double first = 3 + Math.log(1 + Math.exp(-1) + Math.exp(-2));
        double second = 1000 + Math.log1p(Math.exp(-1));

        assertThat(logsumexp(X)).isCloseTo(second, within(1e-12));
        assertThat(logsumexp(X, 1).shape()).containsExactly(2, 1);
        assertThat(Tensors.toDoubles(logsumexp(X, 1))).containsExactly(new double[] {first, second}, within(FLOAT32));
        assertThat(Tensors.toDoubles(logsumexp(X, 0))).containsExactly(new double[] {1000, 999, 3}, within(FLOAT32));
        assertThatThrownBy(() -> logsumexp(X, 2)).hasMessageContaining("dimension must be 0");
    }

    @Test
    void logsumexpOfTheEndsIsAnEnd() {
        double infinite = Double.NEGATIVE_INFINITY;

        assertThat(logsumexp(column(infinite, infinite))).isEqualTo(infinite);
        assertThat(logsumexp(column(infinite, 0))).isZero();
        assertThat(logsumexp(column(1, -infinite))).isEqualTo(-infinite);
        assertThat(logsumexp(column(1, Double.NaN))).isNaN();
    }
}
