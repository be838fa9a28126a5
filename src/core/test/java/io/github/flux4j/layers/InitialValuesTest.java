package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.flux4j.internal.arrays.Tensors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What Dense and Scale start with: an initialiser, a given bias, and each of them whatever else is asked for. */
class InitialValuesTest {

    private static final INDArray BIAS = column(3, -1, 2);

    private static double[] numbers(INDArray array) {
        return Tensors.toDoubles(array);
    }

    /** Flux's {@code Dense(in => out; bias = vector)}. */
    @Test
    void denseTakesAGivenBiasWithRandomWeights() {
        seed(5);
        Dense model = dense(4, 3, TANH).withBias(BIAS);
        seed(5);

        assertThat(model.weight()).isEqualTo(dense(4, 3).weight());
        assertThat(numbers(model.bias())).containsExactly(3, -1, 2);
        assertThat(model.bias().rank()).isEqualTo(1);
        assertThat(model).hasToString("Dense(4 => 3, tanh)  # 15 parameters");
        assertThat(numbers(dense(4, 3).withoutBias().withBias(BIAS).bias())).containsExactly(3, -1, 2);
    }

    @Test
    void denseKeepsWhatIsNotChanged() {
        Dense model = f64(dense(4, 3)).withInit(Initialisers.ONES).withBias(BIAS);

        assertThat(model.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(numbers(model.weight())).containsOnly(1);
        assertThat(numbers(model.withoutBias().weight())).containsOnly(1);
        Dense other = model.withInit(Initialisers.ZEROS);
        assertThat(numbers(other.weight())).containsOnly(0);
        assertThat(numbers(other.bias())).containsExactly(3, -1, 2);
        other.bias().assign(9);
        assertThat(numbers(model.bias())).as("copied").containsExactly(3, -1, 2);
        assertThat(numbers(BIAS)).as("copied").containsExactly(3, -1, 2);
    }

    @Test
    void aBiasMustFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(4, 2).withBias(BIAS))
                .withMessageStartingWith("weight has shape [2, 4], so bias must have 2 elements");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(4, 3).withBias(column(1, Double.NaN, 2)))
                .withMessageStartingWith("bias must be finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scale(2).withBias(BIAS))
                .withMessage("Scale(2) needs a bias of 2 elements, but the shape is [3, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scale(3).withBias(column(1, Double.POSITIVE_INFINITY, 2)))
                .withMessageStartingWith("bias must be finite");
        assertThatNullPointerException()
                .isThrownBy(() -> dense(4, 3).withBias(null))
                .withMessageContaining("withoutBias()");
        assertThatNullPointerException()
                .isThrownBy(() -> scale(3).withBias(null))
                .withMessageContaining("withoutBias()");
    }

    @Test
    void aVectorTooLongForAnArrayIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scale(1 << 30))
                .withMessage(
                        "scale(1073741824) would have 2147483648 parameters, but a model can have at most 536870911"
                                + " of type FLOAT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batchNorm(Integer.MAX_VALUE))
                .withMessageStartingWith("batchNorm(2147483647) would have 4294967294 parameters");
    }

    /** Flux's {@code Scale(n; init, bias)}; Flux asks init for a vector, which has fan_in 1. */
    @Test
    void scaleStartsAsItsInitialiserSays() {
        Scale model = scale(3, TANH).withInit((out, in, random) -> new double[] {out, in, 0.5});

        assertThat(numbers(model.scale())).containsExactly(3, 1, 0.5);
        assertThat(numbers(model.bias())).containsOnly(0);
        assertThat(numbers(model.withoutBias().flatParameters())).containsExactly(3, 1, 0.5);
        assertThat(numbers(model.withBias(BIAS).flatParameters())).containsExactly(3, 1, 0.5, 3, -1, 2);
        assertThat(numbers(model.withBias(BIAS).withInit(Initialisers.ZEROS).flatParameters()))
                .containsExactly(0, 0, 0, 3, -1, 2);
        assertThat(numbers(scale(3).withoutBias().withInit(Initialisers.ZEROS).flatParameters()))
                .containsExactly(0, 0, 0);
        assertThat(f64(model).withBias(BIAS).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(model.withBias(BIAS).predict(0, 0, 0)[1])
                .isEqualTo(TANH.predict(column(-1)).getDouble(0));
    }

    @Test
    void aRandomScaleRepeatsForASeed() {
        seed(6);
        double[] first = numbers(scale(50).withInit(Initialisers.GLOROT_UNIFORM).scale());
        seed(6);

        assertThat(numbers(scale(50).withInit(Initialisers.GLOROT_UNIFORM).scale()))
                .isEqualTo(first);
        double bound = Math.sqrt(6.0 / 51); // fan_in 1, fan_out 50
        assertThat(DoubleStream.of(first)).allMatch(value -> Math.abs(value) <= bound);
        assertThat(DoubleStream.of(first).distinct().count()).isGreaterThan(40);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scale(3).withInit((out, in, random) -> new double[4]))
                .withMessage("an initialiser must give 3 values for a vector of 3, but gave 4");
    }
}
