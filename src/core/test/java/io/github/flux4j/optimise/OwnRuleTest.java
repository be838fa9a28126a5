package io.github.flux4j.optimise;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Scale;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rules that are written here, as anybody may write them. */
class OwnRuleTest {

    private static final double FLOAT32 = 1e-6; // a few operations on numbers of size one
    private static final double FLOAT64 = 1e-14;

    private static final List<Batch> DATA = List.of(batch(column(1, 2, -1), column(2, 1, 0)));

    /** The mean of what descent and the last step would do: {@code v ← (η·g + v)/2; p ← p − v}, v starting at {@code first}. */
    record Halfway(double eta, double first) implements Rule {

        @Override
        public double[] memory() {
            return new double[] {first};
        }

        @Override
        public void apply(Strip d, Strip p, Strip[] m, long t) {
            m[0].mix(0.5, eta / 2, d);
            d.set(m[0]);
        }
    }

    static Stream<DataType> types() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE);
    }

    static Stream<Arguments> enginesAndTypes() {
        return ForcedEngine.ALL.stream().flatMap(engine -> types().map(type -> Arguments.of(engine, type)));
    }

    private static double tolerance(DataType type) {
        return type == DataType.FLOAT ? FLOAT32 : FLOAT64;
    }

    private static Dense line(DataType type) {
        return Layer.copyAs(type, dense(column(1), column(0).reshape(1), IDENTITY));
    }

    private static INDArray gradient(DataType type, double... values) {
        return Tensors.of(type, values, values.length);
    }

    private static double[] numbers(Layer model) {
        return Tensors.toDoubles(model.flatParameters());
    }

    @ParameterizedTest
    @MethodSource("types")
    void doesWhatIsWorkedOutByHand(DataType type) {
        Dense model = line(type);
        Optimiser optimiser = setup(new Halfway(0.5, 0), model);

        // v = (0.5·2 + 0)/2 = 0.5, then (0.5·−1 + 0.5)/2 = 0, then (0.5·1 + 0)/2 = 0.25; of the bias a half of it
        optimiser.step(gradient(type, 2, 1));
        assertThat(numbers(model)).containsExactly(0.5, -0.25);
        optimiser.step(gradient(type, -1, -0.5));
        assertThat(numbers(model)).containsExactly(0.5, -0.25);
        optimiser.step(gradient(type, 1, 0.5));
        assertThat(numbers(model)).containsExactly(0.25, -0.375);
    }

    @Test
    void itsMemoryBeginsAsItSays() {
        Dense model = line(DataType.FLOAT);
        setup(new Halfway(0.5, 4), model).step(gradient(DataType.FLOAT, 0, 2));

        assertThat(numbers(model)).containsExactly(1 - 2, -2.5);
    }

    /** On each engine, against the same numbers by the library's momentum: v ← v/2 + (η/2)·g. */
    @ParameterizedTest
    @MethodSource("enginesAndTypes")
    void trainsOnEveryEngineAndInBothStyles(String engine, DataType type) {
        Dense own = ForcedEngine.on(engine, line(type));
        Dense implicit = ForcedEngine.on(engine, line(type));
        Dense library = ForcedEngine.on(engine, line(type));
        Optimiser optimiser = setup(new Halfway(0.2, 0), own);
        Optimiser momentum = setup(momentum(0.1, 0.5), library);
        for (int pass = 0; pass < 5; pass++) {
            train(MSE, own, DATA, optimiser);
            train(mse(implicit), params(implicit), DATA, new Halfway(0.2, 0));
            train(MSE, library, DATA, momentum);
        }

        assertThat(numbers(own)).containsExactly(numbers(library), within(tolerance(type)));
        assertThat(numbers(implicit)).isEqualTo(numbers(own));
    }

    @ParameterizedTest
    @MethodSource("types")
    void standsInChainsAndIsAdjusted(DataType type) {
        Dense model = line(type);
        Optimiser optimiser = setup(optimiserChain(clipGrad(1), new Halfway(0.5, 0), weightDecay(0.5)), model);
        optimiser.adjust(1).adjust(model.bias(), "eta", 2);
        optimiser.step(gradient(type, 8, -8));

        // clipped to ±1, of weight 1 the half of 1·1 and 0.5·1, of bias 0 the half of 2·−1
        assertThat(numbers(model)).containsExactly(0, 1);
        assertThat(optimiser.rule()).isEqualTo(optimiserChain(clipGrad(1), new Halfway(1, 0), weightDecay(0.5)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.adjust("rho", 1))
                .withMessageEndingWith("has no rho; it has [delta, eta, first, lambda]");
    }

    @Test
    void followsASchedule() {
        Dense model = line(DataType.DOUBLE);
        Optimiser optimiser = setup(new Halfway(9, 0), model).perBatch("eta", t -> t);
        optimiser.step(gradient(DataType.DOUBLE, 1, 0));
        optimiser.step(gradient(DataType.DOUBLE, 1, 0));

        // 1 − 1/2, then v = (2·1 + 0.5)/2
        assertThat(model.weight().getDouble(0)).isEqualTo(0.5 - 1.25);
        assertThat(optimiser.rule()).isEqualTo(new Halfway(2, 0));
    }

    @ParameterizedTest
    @MethodSource("types")
    void goesOnInDeeplearning4jsNetwork(DataType type) {
        seed(3);
        Chain model = Layer.copyAs(type, chain(dense(1, 3, TANH), dense(3, 1)));
        Chain twin = copy(model);
        Rule rule = new Halfway(0.1, 0);
        train(MSE, model, DATA, setup(rule, model));
        train(MSE, twin, DATA, setup(rule, twin));
        model.network().fit(column(1, 2, -1).castTo(type), column(2, 1, 0).castTo(type));
        train(MSE, twin, DATA, setup(rule, twin));

        assertThat(numbers(model)).containsExactly(numbers(twin), within(10 * tolerance(type)));
    }

    @Test
    void isRoundedToTheTypeThatItComputesIn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup(new Halfway(1e39, 0), line(DataType.FLOAT)))
                .withMessageContaining("doesn't fit a Float32 model, where eta = 1.0E39 is Infinity");
        assertThat(setup(new Halfway(1e39, 0), line(DataType.DOUBLE)).rule()).isEqualTo(new Halfway(1e39, 0));
    }

    /** Any formula, element by element; and one without a record. */
    @ParameterizedTest
    @MethodSource("types")
    void mayBeALambda(DataType type) {
        Dense model = line(type);
        Rule rule = (d, p, m, t) -> d.map((g, x) -> Math.tanh(g) * x * t, p);
        Optimiser optimiser = setup(rule, model);
        optimiser.step(gradient(type, 0.5, 0.5));

        assertThat(model.weight().getDouble(0)).isEqualTo(1 - Math.tanh(0.5), within(tolerance(type)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.adjust(0.1))
                .withMessageEndingWith(" has no eta; it has []");
    }

    /** A rule that has another for a part, chains included. */
    record Doubled(Rule rule) implements Rule {

        @Override
        public double[] memory() {
            return rule.memory();
        }

        @Override
        public void apply(Strip d, Strip p, Strip[] m, long t) {
            rule.apply(d, p, m, t);
            d.times(2);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.flux4j.optimise.Rules#all")
    void mayHaveALibraryRuleForAPart(Rules.Known known) {
        Scale one = f64(scale(3));
        Scale other = f64(scale(3));
        INDArray gradient = gradient(DataType.DOUBLE, 1, -2, 0.25, 0, 3, 0.5);
        Optimiser optimiser = setup(new Doubled(known.rule()), one);
        if (known.printed().contains("ClipNorm")) {
            assertThatThrownBy(() -> optimiser.step(gradient))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageEndingWith(
                            "works in an optimiser and its chains; another rule can't apply it to a strip");
        } else if (!known.printed().contains("AccumGrad")) {
            double[] before = numbers(one);
            optimiser.step(gradient);
            setup(known.rule(), other).step(gradient);
            for (int i = 0; i < before.length; i++) {
                double step = before[i] - numbers(other)[i];
                assertThat(before[i] - numbers(one)[i]).isCloseTo(2 * step, within(FLOAT64 * 100)); // steps up to 3
            }
        }
    }

    /** Fails at step {@code failing}, on the last strip of a long array, in its own way. */
    record Failing(double failing, double result) implements Rule {

        @Override
        public double[] memory() {
            return new double[] {1, 0};
        }

        @Override
        public void apply(Strip d, Strip p, Strip[] m, long t) {
            m[0].add(1, d);
            m[1].add(1);
            d.map((g, x) -> t == failing && g == 7 ? fail() : g, p);
        }

        private double fail() {
            if (Double.isNaN(result)) {
                throw new IllegalStateException("no number at all");
            }
            return result;
        }
    }

    private static INDArray gradientWithASeven(DataType type, int length) {
        double[] g = new double[length];
        g[length - 1] = 7;
        g[0] = 1;
        return gradient(type, g);
    }

    /** One strip, several, and so many that threads share them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1300, 80_000})
    void aStepThatFailsLeavesParametersAndStateAsTheyWere(int width) {
        for (double result : new double[] {Double.POSITIVE_INFINITY, Double.NaN}) {
            for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
                Scale model = Layer.copyAs(type, scale(width));
                Scale twin = copy(model);
                INDArray g = gradientWithASeven(type, 2 * width);
                Optimiser optimiser = setup(new Failing(2, result), model);
                optimiser.step(g);
                double[] before = numbers(model);
                OptimiserState state = optimiser.state();

                assertThatThrownBy(() -> optimiser.step(g))
                        .isInstanceOf(Double.isNaN(result) ? IllegalStateException.class : ArithmeticException.class);
                assertThat(numbers(model)).isEqualTo(before);
                Optimiser other = setup(new Failing(9, result), twin);
                other.step(g);
                assertThat(memory(optimiser)).isDeepEqualTo(memory(other));
                assertThat(state.rule()).isEqualTo(optimiser.rule());
            }
        }
    }

    private static double[][] memory(Optimiser optimiser) {
        return optimiser.state().slots().stream()
                .flatMap(slot -> slot.memory().stream())
                .toArray(double[][]::new);
    }

    @Test
    void aStepThatIsNotFiniteSaysWhose() {
        Dense model = line(DataType.FLOAT);
        Optimiser optimiser = setup(new Failing(1, Double.POSITIVE_INFINITY), model);

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> optimiser.step(gradient(DataType.FLOAT, 1, 7)))
                .withMessageStartingWith(
                        "a step of Failing[failing=1.0, result=Infinity] would give bias a -Infinity; nothing was changed.");
    }

    record Forgetful(double... first) implements Rule {

        @Override
        public double[] memory() {
            return first;
        }

        @Override
        public void apply(Strip d, Strip p, Strip[] m, long t) {}
    }

    @Test
    void whatItRemembersMustBeginFinite() {
        for (double[] bad : new double[][] {null, {Double.NaN}, {0, 1e39}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> setup(new Forgetful(bad), line(DataType.FLOAT)))
                    .withMessageContaining("must return finite numbers");
        }
        assertThat(setup(new Forgetful(1e39), line(DataType.DOUBLE)).rule().growth())
                .isInfinite();
    }
}
