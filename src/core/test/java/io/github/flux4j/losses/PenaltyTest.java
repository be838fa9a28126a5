package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.optimise.Rule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Penalties in the loss, and the rules that are the same. */
class PenaltyTest {

    private static final double ROUNDINGS = 1e-13; // 30 steps, Float64
    private static final double FLOAT32 = 2e-6; // the same in Float32

    private static final INDArray X = rows(new double[] {1, -2}, new double[] {0.5, 3}, new double[] {-1, 1});
    private static final INDArray Y = column(1, 0, -1);

    private static Dense given() {
        return f64(dense(rows(new double[] {2, -0.5}), column(-3).reshape(1), IDENTITY));
    }

    @Test
    void isAddedToTheLossAsFluxsDocumentationWritesIt() {
        Dense model = given();
        double plain = mse(model).of(X, Y);

        // by hand: Σ|p| = 5.5, Σp² = 13.25
        assertThat(mse(model).plus(l1(0.1)).of(X, Y)).isCloseTo(plain + 0.55, within(ROUNDINGS));
        assertThat(mse(model).plus(l2(0.1)).of(X, Y)).isCloseTo(plain + 0.05 * 13.25, within(ROUNDINGS));
        assertThat(mse(model).plus(l2(0.1)).plus(l1(0.2)).of(X, Y))
                .isCloseTo(plain + 0.05 * 13.25 + 0.2 * 5.5, within(ROUNDINGS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void isPartOfValueAndGradientInTraining(String engine) {
        Dense model = ForcedEngine.on(engine, given());
        Loss loss = mse(model).plus(l1(0.1)).plus(l2(0.01));
        var plain = withGradient(mse(model), X, Y);
        var penalised = withGradient(loss, X, Y);
        double[] expected = Tensors.toDoubles(plain.gradient().flat());
        expected[0] += 0.1 + 0.01 * 2;
        expected[1] += -0.1 + 0.01 * -0.5;
        expected[2] += -0.1 + 0.01 * -3;

        assertThat(penalised.loss()).isCloseTo(loss.of(X, Y), within(ROUNDINGS)).isGreaterThan(plain.loss());
        assertThat(Tensors.toDoubles(penalised.gradient().flat())).containsExactly(expected, within(ROUNDINGS));
    }

    static Stream<Arguments> penaltiesAndRules() {
        List<Arguments> same = List.of(
                Arguments.of(l2(0.05), optimiserChain(weightDecay(0.05), descent(0.1))),
                Arguments.of(l1(0.02), optimiserChain(signDecay(0.02), descent(0.1))),
                Arguments.of(
                        l1(0.02).plus(l2(0.05)), optimiserChain(signDecay(0.02), weightDecay(0.05), descent(0.1))));
        return same.stream()
                .flatMap(pair -> Stream.of(DataType.FLOAT, DataType.DOUBLE)
                        .map(type -> Arguments.of(pair.get()[0], pair.get()[1], type)));
    }

    @ParameterizedTest
    @MethodSource("penaltiesAndRules")
    void isTheDecayAtTheFrontOfDescent(Penalty penalty, Rule rule, DataType type) {
        seed(13);
        Chain inLoss = Layer.copyAs(type, chain(dense(2, 4, TANH), dense(4, 1)));
        Chain inRule = copy(inLoss);
        Loss penalised = mse(inLoss).plus(penalty);
        var plainOptimiser = setup(descent(0.1), inLoss);
        var decaying = setup(rule, inRule);
        for (int i = 0; i < 30; i++) {
            train(penalised, List.of(batch(X, Y)), plainOptimiser);
            train(mse(inRule), List.of(batch(X, Y)), decaying);
        }

        assertThat(Tensors.toDoubles(inLoss.flatParameters()))
                .containsExactly(
                        Tensors.toDoubles(inRule.flatParameters()),
                        within(type == DataType.FLOAT ? FLOAT32 : ROUNDINGS));
    }

    @Test
    void isReportedByTraining() {
        Dense model = given();
        Loss loss = mse(model).plus(l2(3));
        double before = loss.of(X, Y);

        assertThat(train(loss, params(model), List.of(batch(X, Y)), descent(0.01)))
                .isCloseTo(before, within(ROUNDINGS));
    }

    @Test
    void leavesTheGradientOfNothingAlone() {
        Dense model = dense(2, 1);

        assertThat(mse(model).plus(l2(0))).isEqualTo(mse(model));
        assertThat(mse(model).plus(l2(0.5)).plus(l2(0.25))).isEqualTo(mse(model).plus(l2(0.75)));
        assertThat(mse(model).isPenalised()).isFalse();
        assertThat(mse(model).plus(l1(0.5)).isPenalised()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void isFiniteAndNotNegative(double lambda) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> l1(lambda))
                .withMessage("penalties must be finite and ≥ 0, but were l1 = " + lambda + ", l2 = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> l2(lambda))
                .withMessage("penalties must be finite and ≥ 0, but were l1 = 0.0, l2 = " + lambda);
    }
}
