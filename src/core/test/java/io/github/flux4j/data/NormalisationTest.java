package io.github.flux4j.data;

import static io.github.flux4j.Flux4j.column;
import static io.github.flux4j.Flux4j.normalise;
import static io.github.flux4j.Flux4j.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.internal.arrays.Tensors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class NormalisationTest {

    /** A few roundings of numbers up to 2. */
    private static final double FLOAT64 = 1e-15;

    /** One rounding to Float32 of numbers up to 2. */
    private static final double FLOAT32 = 1.2e-7;

    /** The array of the docstring of {@code Flux.normalise}, mean 100 and variance 400, by the formula of Flux 0.16.11. */
    @Test
    void addsEpsilonToTheVariance() {
        INDArray x = column(90, 100, 110, 130, 70).castTo(DataType.DOUBLE);

        assertThat(normalise(x).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(Tensors.toDoubles(normalise(x)))
                .containsExactly(
                        new double[] {
                            -0.4999999937500001, 0, 0.4999999937500001, 1.4999999812500002, -1.4999999812500002
                        },
                        within(FLOAT64));
    }

    /** By hand: in columns (1, 3) and (30, 10) deviations 1 and 10; in rows (1, 30) and (3, 10) 14.5 and 3.5. */
    @Test
    void normalisesEachColumnOrEachRow() {
        INDArray x = rows(new double[] {1, 30}, new double[] {3, 10});
        double one = 1 / Math.sqrt(1.00001);
        double ten = 10 / Math.sqrt(100.00001);

        assertThat(Tensors.toDoubles(normalise(x)))
                .containsExactly(new double[] {-one, ten, one, -ten}, within(FLOAT32));
        assertThat(Tensors.toDoubles(normalise(x, 0))).isEqualTo(Tensors.toDoubles(normalise(x)));
        assertThat(Tensors.toDoubles(normalise(x, 1)))
                .containsExactly(
                        new double[] {
                            -14.5 / Math.sqrt(210.25001),
                            14.5 / Math.sqrt(210.25001),
                            -3.5 / Math.sqrt(12.25001),
                            3.5 / Math.sqrt(12.25001)
                        },
                        within(FLOAT32));
    }

    @Test
    void theShapeNeedNotBeSquare() {
        INDArray x = rows(new double[] {1, 2, 3}, new double[] {4, 6, 8});

        assertThat(Tensors.toDoubles(normalise(x, 1, 0)))
                .containsExactly(
                        new double[] {-Math.sqrt(1.5), 0, Math.sqrt(1.5), -Math.sqrt(1.5), 0, Math.sqrt(1.5)},
                        within(FLOAT32));
        assertThat(Tensors.toDoubles(normalise(x, 0, 0)))
                .containsExactly(new double[] {-1, -1, -1, 1, 1, 1}, within(FLOAT32));
    }

    /** By hand: of 1 and 3 with a variance of 1 and an eps of 3, ±1/2; σ + ε would give ±1/4, √(σ² + ε²) ±1/√10. */
    @Test
    void aLargeEpsilonTellsTheFormulasApart() {
        assertThat(Tensors.toDoubles(normalise(column(1, 3), 0, 3))).containsExactly(-0.5, 0.5);
    }

    @Test
    void aConstantColumnBecomesZero() {
        assertThat(Tensors.toDoubles(normalise(column(7, 7, 7)))).containsExactly(0, 0, 0);
    }

    @Test
    void leavesItsArgumentAlone() {
        INDArray x = column(1, 2);
        normalise(x);

        assertThat(Tensors.toDoubles(x)).containsExactly(1, 2);
    }

    @Test
    void integersBecomeFloat32() {
        assertThat(normalise(column(1, 2).castTo(DataType.INT32)).dataType()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void refusesWhatItCannotNormalise() {
        assertThatThrownBy(() -> normalise(column(1, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("array must be finite, but row 1, column 0 is NaN");
        assertThatThrownBy(() -> normalise(column(1, 2), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimension must be 0 (over the rows) or 1 (over the columns), but was 2");
        assertThatThrownBy(() -> normalise(column(1, 2), 0, Double.NaN))
                .hasMessage("eps must be finite and not negative, but was NaN");
    }
}
