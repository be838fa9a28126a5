package io.github.flux4j.optimise;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is done to an optimiser between its steps: adjusting, freezing, taking the state out and putting it back. */
class OptimiserTest {

    private static final double ROUNDINGS = 1e-14; // Float64, some steps

    private static final INDArray X = rows(new double[] {1, -2}, new double[] {0.5, 3}, new double[] {-1, 1});
    private static final INDArray Y = column(1, 0, -1);

    static List<Rules.Known> rules() {
        return Rules.all();
    }

    static Stream<Arguments> rulesOfEachType() {
        return rules().stream()
                .flatMap(known -> Stream.of(DataType.FLOAT, DataType.DOUBLE).map(type -> Arguments.of(known, type)));
    }

    private static Chain model(DataType type) {
        seed(21);
        return Layer.copyAs(type, chain(dense(2, 3, TANH), dense(3, 1)));
    }

    private static double[] numbers(Layer model) {
        return Tensors.toDoubles(model.flatParameters());
    }

    /** The same gradients each time, whatever the parameters are. */
    private static List<INDArray> gradients(DataType type, int count, int length) {
        SplittableRandom random = new SplittableRandom(22);
        return Stream.generate(() -> {
                    double[] numbers = new double[length];
                    Arrays.setAll(numbers, i -> Randomness.gaussian(random));
                    return Tensors.of(type, numbers, length);
                })
                .limit(count)
                .toList();
    }

    // adjust

    /** Rules whose step is η times something that η has no part in. */
    static Stream<Rule> proportionalRules() {
        return Stream.of(
                descent(),
                rmsProp(),
                adam(),
                adamW(0.001, 0.01),
                rAdam(),
                adaMax(),
                adaGrad(),
                amsGrad(),
                nAdam(),
                adaBelief(),
                lion());
    }

    @ParameterizedTest
    @MethodSource("proportionalRules")
    void adjustKeepsTheState(Rule rule) {
        Dense one = f64(dense(2, 2));
        Dense other = copy(one);
        Optimiser steady = setup(rule, one);
        Optimiser adjusted = setup(rule, other);
        List<INDArray> gradients = gradients(DataType.DOUBLE, 6, 6);
        for (INDArray gradient : gradients.subList(0, 5)) {
            steady.step(gradient);
            adjusted.step(gradient);
        }
        double[] before = numbers(one);
        double eta = 10 * LearningRate.of(rule);
        adjusted.adjust(eta);
        steady.step(gradients.get(5));
        adjusted.step(gradients.get(5));

        for (int i = 0; i < before.length; i++) {
            double step = numbers(one)[i] - before[i];
            assertThat(numbers(other)[i] - before[i]).isCloseTo(10 * step, within(ROUNDINGS));
        }
        assertThat(LearningRate.of(adjusted.rule())).isEqualTo(eta);
        assertThat(steady.rule()).isEqualTo(rule);
    }

    /** Reads a rule's learning rate. */
    private static final class LearningRate {
        static double of(Rule rule) {
            try {
                return (double) rule.getClass().getMethod("eta").invoke(rule);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** By hand, of rules whose state has η in it: p = 1, gradients 0.5, −0.25, 1. */
    @Test
    void adjustKeepsVelocities() {
        // v = 0.005, then with η = 0.1: 0.9·0.005 − 0.025 = −0.0205, 0.9·−0.0205 + 0.1 = 0.08155
        assertThat(pathWithAdjustment(momentum()))
                .containsExactly(new double[] {0.995, 1.0155, 0.93395}, within(ROUNDINGS));
        // v = −5e-4 after the first; steps −0.81·−5e-4 + 1.9·0.1·−0.25, then v = −4.5e-4 + 0.025, −0.81·v + 0.19
        double first = 1 - 1.9 * 0.001 * 0.5;
        double second = first - (0.81 * 5e-4 - 1.9 * 0.1 * 0.25);
        double third = second - (-0.81 * (-4.5e-4 + 0.025) + 0.19);
        assertThat(pathWithAdjustment(nesterov()))
                .containsExactly(new double[] {first, second, third}, within(ROUNDINGS));
    }

    private static double[] pathWithAdjustment(Rule rule) {
        Dense model = f64(dense(column(1), null, IDENTITY));
        Optimiser optimiser = setup(rule, model);
        double[] gradients = {0.5, -0.25, 1};
        return IntStream.range(0, 3)
                .mapToDouble(i -> {
                    optimiser.step(Tensors.of(DataType.DOUBLE, new double[] {gradients[i]}, 1));
                    optimiser.adjust(0.1);
                    return model.weight().getDouble(0);
                })
                .toArray();
    }

    @Test
    void adjustReachesEveryRuleOfAChainThatHasTheNumber() {
        Optimiser optimiser = setup(optimiserChain(weightDecay(), adamW(), descent()), dense(1, 1));
        optimiser.adjust("lambda", 0.5).adjust(0.25);

        assertThat(optimiser.rule())
                .isEqualTo(
                        optimiserChain(weightDecay(0.5), new AdamW(0.25, 0.9, 0.999, 0.5, 1e-8, true), descent(0.25)));
        assertThat(optimiser.adjust("beta1", 0.5).rule().toString()).contains("(0.5, 0.999)");
    }

    @Test
    void adjustRefusesUnknownNamesAndBadNumbersWithoutAChange() {
        Optimiser optimiser = setup(adam(), dense(1, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.adjust("rho", 0.5))
                .withMessage("Adam(0.001, (0.9, 0.999), 1.0E-8) has no rho; it has [beta1, beta2, epsilon, eta]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.adjust(Double.NaN))
                .withMessage("learningRate must be finite and > 0, but was NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup(clipGrad(), dense(1, 1)).adjust(0.1))
                .withMessage("ClipGrad(10.0) has no eta; it has [delta]");
        assertThat(optimiser.rule()).isEqualTo(adam());
    }

    @Test
    void adjustOfALayerOrAnArrayIsOfItAlone() {
        Chain model = model(DataType.DOUBLE);
        Chain plain = copy(model);
        Dense first = (Dense) model.get(0);
        Dense second = (Dense) model.get(1);
        Optimiser optimiser =
                setup(descent(0.1), model).adjust(first, "eta", 0.2).adjust(second.bias(), "eta", 0.3);
        INDArray gradient = gradients(DataType.DOUBLE, 1, 13).get(0);
        optimiser.step(gradient);

        double[] g = Tensors.toDoubles(gradient);
        double[] before = numbers(plain);
        double[] expected = new double[13];
        Arrays.setAll(expected, i -> before[i] - (i < 9 ? 0.2 : i < 12 ? 0.1 : 0.3) * g[i]);
        assertThat(numbers(model)).containsExactly(expected, within(ROUNDINGS));
        assertThat(optimiser.rule()).isEqualTo(descent(0.1));
    }

    @Test
    void adjustOfASliceOrAnInnerChainIsOfItsLayers() {
        Chain model = f64(chain(chain(dense(1, 1), dense(1, 1)), dense(1, 1)));
        model.flatParameters().assign(0);
        Optimiser optimiser =
                setup(descent(1), model).adjust(model.get(0), "eta", 2).adjust(model.slice(1, 2), "eta", 3);
        optimiser.step(Tensors.of(DataType.DOUBLE, new double[] {1, 1, 1, 1, 1, 1}, 6));

        assertThat(numbers(model)).containsExactly(-2, -2, -2, -2, -3, -3);
    }

    @Test
    void onlyPartsOfTheModelCanBeAdjustedOrFrozen() {
        Optimiser optimiser = setup(descent(), dense(2, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.adjust(dense(3, 1), "eta", 0.1))
                .withMessageContaining("isn't a part of Dense(2 => 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.freeze(RELU))
                .withMessageContaining("isn't a part of Dense(2 => 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.freeze(X))
                .withMessageContaining("that array is not a parameter of Dense(2 => 1)");
    }

    @Test
    void decayCanLeaveBiasesAlone() {
        Chain model = f64(chain(dense(1, 1), batchNorm(1), layerNorm(1), scale(1)));
        model.flatParameters().assign(2);
        Optimiser optimiser =
                setup(optimiserChain(weightDecay(0.5), descent(1)), model).withoutDecayOfBiases();
        optimiser.step(Tensors.zeros(DataType.DOUBLE, 8));

        // weight, bias, β, γ, diag.scale, diag.bias, scale, bias: weights lose half
        assertThat(numbers(model)).containsExactly(1, 2, 2, 1, 1, 2, 1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup(descent(), dense(1, 1)).withoutDecayOfBiases())
                .withMessage("Descent(0.1) has no lambda; it has [eta]");
    }

    // freeze and thaw

    @ParameterizedTest
    @MethodSource("rulesOfEachType")
    void aFrozenLayerAndItsStateStayAsTheyAre(Rules.Known known, DataType type) {
        Chain model = model(type);
        Chain first = model(type);
        Chain whole = model(type);
        List<INDArray> gradients = gradients(type, 9, 13);
        Optimiser optimiser = setup(known.rule(), model);
        Optimiser withoutTheMiddle = setup(known.rule(), first);
        Optimiser all = setup(known.rule(), whole);
        for (int i = 0; i < 9; i++) {
            if (i == 3) {
                optimiser.freeze(model.get(0));
            }
            if (i == 6) {
                optimiser.thaw(model.get(0));
            }
            optimiser.step(gradients.get(i));
            all.step(gradients.get(i));
            if (i < 3 || i >= 6) {
                withoutTheMiddle.step(gradients.get(i));
            }
        }

        // the frozen layer is where it would be without the three steps, the other where it would be anyway
        assertThat(numbers(model.get(0))).isEqualTo(numbers(first.get(0)));
        assertThat(numbers(model.get(1))).isEqualTo(numbers(whole.get(1)));
    }

    @Test
    void aFrozenArrayIsNotEvenDecayed() {
        Chain model = model(DataType.FLOAT);
        Dense second = (Dense) model.get(1);
        Optimiser optimiser =
                setup(optimiserChain(weightDecay(0.5), adam()), model).freeze(second.weight());
        INDArray before = second.weight().dup();
        double[] others = numbers(model.get(0));
        for (int i = 0; i < 3; i++) {
            train(MSE, model, List.of(batch(X, Y)), optimiser);
        }

        assertThat(second.weight()).isEqualTo(before);
        assertThat(numbers(model.get(0))).isNotEqualTo(others);
        optimiser.thaw(second.weight());
        train(MSE, model, List.of(batch(X, Y)), optimiser);
        assertThat(second.weight()).isNotEqualTo(before);
    }

    @Test
    void aWholeModelCanBeFrozen() {
        Chain model = model(DataType.FLOAT);
        double[] before = numbers(model);
        Optimiser optimiser = setup(adam(), model).freeze(model);
        train(MSE, model, List.of(batch(X, Y)), optimiser);
        assertThat(numbers(model)).isEqualTo(before);

        train(MSE, model, List.of(batch(X, Y)), optimiser.thaw(model));
        assertThat(numbers(model)).isNotEqualTo(before);
    }

    @Test
    void whatIsAdjustedWhileFrozenHoldsAfterwards() {
        Dense model = f64(dense(column(1), column(1).reshape(1), IDENTITY));
        Optimiser optimiser = setup(descent(0.1), model).freeze(model.bias()).adjust(0.5);
        INDArray gradient = Tensors.of(DataType.DOUBLE, new double[] {1, 1}, 2);
        optimiser.step(gradient);
        optimiser.thaw(model.bias()).step(gradient);

        assertThat(numbers(model)).containsExactly(0, 0.5);
    }

    // state

    @ParameterizedTest
    @MethodSource("rulesOfEachType")
    void goesOnBitEqualFromItsStateInACopy(Rules.Known known, DataType type) {
        Chain model = model(type);
        List<INDArray> gradients = gradients(type, 8, 13);
        Optimiser optimiser = setup(known.rule(), model);
        gradients.subList(0, 4).forEach(optimiser::step);
        OptimiserState state = optimiser.state();
        Chain copy = copy(model);
        gradients.subList(4, 8).forEach(optimiser::step);

        Optimiser resumed = setup(known.rule(), copy).load(state);
        gradients.subList(4, 8).forEach(resumed::step);
        assertThat(numbers(copy)).isEqualTo(numbers(model));
        assertThat(state.rule()).isEqualTo(known.rule());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void canBeTurnedBack(Rules.Known known) {
        Chain model = model(DataType.FLOAT);
        List<INDArray> gradients = gradients(DataType.FLOAT, 6, 13);
        Optimiser optimiser = setup(known.rule(), model);
        gradients.subList(0, 3).forEach(optimiser::step);
        OptimiserState state = optimiser.state();
        double[] then = numbers(model);
        gradients.subList(3, 6).forEach(optimiser::step);
        double[] there = numbers(model);

        Tensors.write(then, model.flatParameters());
        optimiser.load(state);
        gradients.subList(3, 6).forEach(optimiser::step);
        assertThat(numbers(model)).isEqualTo(there);
    }

    @Test
    void aStateHasTheHyperparametersAndWhatIsFrozen() {
        Chain model = model(DataType.DOUBLE);
        Dense second = (Dense) model.get(1);
        Optimiser optimiser =
                setup(adam(), model).adjust(0.5).adjust(second, "eta", 0.25).freeze(second.bias());
        Chain copy = copy(model);
        Optimiser resumed = setup(adam(), copy).load(optimiser.state());
        INDArray gradient = gradients(DataType.DOUBLE, 1, 13).get(0);
        optimiser.step(gradient);
        resumed.step(gradient);

        assertThat(resumed.rule()).isEqualTo(adam(0.5));
        assertThat(numbers(copy)).isEqualTo(numbers(model));
        assertThat(numbers(copy)[12]).isEqualTo(second.bias().getDouble(0));
    }

    @Test
    void takingAStateOutChangesNothing() {
        for (Rules.Known known : rules()) {
            Chain one = model(DataType.FLOAT);
            Chain other = model(DataType.FLOAT);
            Optimiser watched = setup(known.rule(), one);
            Optimiser alone = setup(known.rule(), other);
            for (INDArray gradient : gradients(DataType.FLOAT, 5, 13)) {
                watched.step(gradient);
                watched.state();
                alone.step(gradient);
            }
            assertThat(numbers(one)).as(known.toString()).isEqualTo(numbers(other));
        }
    }

    @Test
    void aStateOfAnotherRuleOrModelIsRefusedWithoutAChange() {
        Optimiser optimiser = setup(adam(), dense(2, 1));
        INDArray gradient = Tensors.of(DataType.FLOAT, new double[] {1, 2, 3}, 3);
        optimiser.step(gradient);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.load(setup(nAdam(), dense(2, 1)).state()))
                .withMessage(
                        "tried to load the state of NAdam(0.001, (0.9, 0.999), 1.0E-8) for [weight[2], bias[1]] into "
                                + "Adam(0.001, (0.9, 0.999), 1.0E-8) for [weight[2], bias[1]]; rule and structure must be the same");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.load(setup(adam(), dense(3, 1)).state()))
                .withMessageContaining("for [weight[3], bias[1]] into");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        optimiser.load(setup(adam(), chain(dense(2, 1))).state()))
                .withMessageContaining("for [layers.0.weight[2], layers.0.bias[1]] into");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup(new RMSProp(0.1, 0.9, 1e-8, true), dense(2, 1))
                        .load(setup(rmsProp(), dense(2, 1)).state()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup(optimiserChain(adam()), dense(2, 1)).load(optimiser.state()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup(optimiserChain(adam(), clipGrad()), dense(2, 1))
                        .load(setup(optimiserChain(clipGrad(), adam()), dense(2, 1))
                                .state()));
        assertThat(optimiser.load(setup(adam(0.5), dense(2, 1)).state()).rule()).isEqualTo(adam(0.5));
    }

    // both styles

    @ParameterizedTest
    @MethodSource("rulesOfEachType")
    void bothStylesAreBitEqual(Rules.Known known, DataType type) {
        Chain implicit = model(type);
        Chain explicit = model(type);
        Chain byHand = model(type);
        Optimiser optimiser = setup(known.rule(), explicit);
        Optimiser updater = setup(known.rule(), byHand);
        for (int epoch = 0; epoch < 5; epoch++) {
            double one = train(mse(implicit), params(implicit), List.of(batch(X, Y)), known.rule());
            double other = train(MSE, explicit, List.of(batch(X, Y)), optimiser);
            update(updater, byHand, withGradient(MSE, byHand, X, Y).gradient());
            assertThat(other).isEqualTo(one);
        }

        assertThat(numbers(explicit)).isEqualTo(numbers(implicit));
        assertThat(numbers(byHand)).isEqualTo(numbers(implicit));
    }

    @ParameterizedTest
    @MethodSource("io.github.flux4j.optimise.Rules#all")
    void theArticlesStyleGoesOnWithARuleWrittenInTheCall(Rules.Known known) throws ReflectiveOperationException {
        Chain kept = model(DataType.FLOAT);
        Chain written = model(DataType.FLOAT);
        for (int pass = 0; pass < 5; pass++) {
            train(mse(kept), params(kept), List.of(batch(X, Y)), known.rule());
            train(mse(written), params(written), List.of(batch(X, Y)), another(known.rule()));
        }

        assertThat(numbers(written)).isEqualTo(numbers(kept));
        assertThat(params(written).optimiser(known.rule()).model()).isSameAs(written);
    }

    /** An equal rule, of records made anew. */
    private static Rule another(Rule rule) throws ReflectiveOperationException {
        RecordComponent[] components = rule.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getAccessor().invoke(rule);
        }
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Rule made = rule.getClass().getConstructor(types).newInstance(values);
        assertThat(made).isNotSameAs(rule).isEqualTo(rule);
        return made;
    }

    @Test
    void setupStartsAtZeroWhateverTheParamsRemember() {
        Chain trained = model(DataType.FLOAT);
        double[] start = numbers(trained);
        train(mse(trained), params(trained), List.of(batch(X, Y)), momentum());
        double[] afterOne = numbers(trained);
        trained.flatParameters().assign(Tensors.of(DataType.FLOAT, start, start.length));
        train(mse(trained), List.of(batch(X, Y)), setup(momentum(), trained));

        assertThat(numbers(trained)).isEqualTo(afterOne);
    }

    @Test
    void theArticlesStyleTakesAnAdjustment() {
        Chain model = model(DataType.FLOAT);
        Rule rule = descent();
        train(mse(model), params(model), List.of(batch(X, Y)), rule);
        double[] before = numbers(model);
        params(model).optimiser(rule).freeze(model);
        train(mse(model), params(model), List.of(batch(X, Y)), rule);

        assertThat(numbers(model)).isEqualTo(before);
    }

    @Test
    void theArticlesStyleFindsARuleThatWasAdjusted() {
        Chain model = model(DataType.FLOAT);
        Rule rule = momentum();
        train(mse(model), params(model), List.of(batch(X, Y)), rule);
        Optimiser optimiser = params(model).optimiser(rule).adjust(0.5);

        assertThat(params(model).optimiser(rule)).isSameAs(optimiser);
    }

    /** Each alone would be refused, since {@code smallest} may not be above {@code largest}. */
    @Test
    void severalNumbersAreAdjustedAtOnceOrNotAtAll() {
        Optimiser optimiser = setup(rprop(), model(DataType.FLOAT));
        Rule before = optimiser.rule();

        assertThatIllegalArgumentException().isThrownBy(() -> optimiser.adjust("smallest", 60));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.adjust(Map.of("eta", 0.5, "rho", 0.5)))
                .withMessageContaining("has no rho");
        assertThatIllegalArgumentException().isThrownBy(() -> optimiser.adjust(Map.of("eta", 0.5, "smallest", 60.0)));
        assertThat(optimiser.rule()).isEqualTo(before);
        optimiser.adjust(Map.of("smallest", 60.0, "largest", 70.0));
        assertThat(optimiser.rule()).isEqualTo(new Rprop(1e-3, 0.5, 1.2, 60, 70));
    }

    @Test
    void belongsToOneModel() {
        Chain model = model(DataType.FLOAT);
        Chain twin = copy(model);
        Optimiser optimiser = setup(adam(), model);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(MSE, twin, List.of(batch(X, Y)), optimiser))
                .withMessageStartingWith("this optimiser belongs to another model, Chain(")
                .withMessageEndingWith("make one for it with setup(rule, model)");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        update(optimiser, twin, withGradient(MSE, twin, X, Y).gradient()));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        update(optimiser, model, withGradient(MSE, twin, X, Y).gradient()));
    }
}
