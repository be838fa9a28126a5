package io.github.flux4j.optimise;

import static io.github.flux4j.Flux4j.*;
import static io.github.flux4j.internal.arrays.Tensors.toDoubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Dense;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule's numbers in the type that it computes in: what Float32 can't hold is refused where the type is known. */
class RuleNumbersTest {

    private static final List<Batch> DATA = List.of(batch(column(1, 2), column(2, 4)));

    static Stream<Rule> beyondFloat32() {
        return Stream.of(
                descent(1e39),
                descent(1e-46),
                momentum(0.01, 0.99999999),
                new Adam(0.001, 0.9, 0.999, 1e-46),
                adam(0.001, 0.9, 0.99999999),
                weightDecay(1e40),
                clipNorm(1e39),
                new Rprop(1e-3, 0.5, 1.2, 1e-6, 1e39),
                optimiserChain(clipGrad(1), optimiserChain(adamW(), descent(1e39))));
    }

    @ParameterizedTest
    @MethodSource("beyondFloat32")
    void whatFloat32CannotHoldIsRefusedForAFloat32ModelAlone(Rule rule) {
        Dense model = dense(1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup(rule, model))
                .withMessageContaining(" doesn't fit a Float32 model, where ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(mse(model), params(model), DATA, rule))
                .withMessageEndingWith("Choose a number that Float32 can hold, or train in Float64: f64(model)");
        assertThat(setup(rule, f64(model)).rule()).isEqualTo(rule);
    }

    @Test
    void saysWhichNumberBecomesWhat() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup(adam(0.001, 0.9, 0.99999999), dense(1, 1)))
                .withMessage(
                        "Adam(0.001, (0.9, 0.99999999), 1.0E-8) doesn't fit a Float32 model, where beta2 = 0.99999999 is 1.0."
                                + " Choose a number that Float32 can hold, or train in Float64: f64(model)");
    }

    @ParameterizedTest
    @MethodSource("io.github.flux4j.optimise.Rules#all")
    void everyRulesUsualNumbersFit(Rules.Known known) {
        assertThat(setup(known.rule(), dense(2, 2)).rule()).isEqualTo(known.rule());
    }

    @Test
    void adjustingIsCheckedToo() {
        Dense model = dense(1, 1);
        Optimiser optimiser = setup(descent(0.5), model);
        assertThatIllegalArgumentException().isThrownBy(() -> optimiser.adjust(1e39));
        assertThatIllegalArgumentException().isThrownBy(() -> optimiser.adjust(model.bias(), "eta", 1e-50));
        assertThatIllegalArgumentException().isThrownBy(() -> optimiser.perBatch("eta", t -> 1e39));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> optimiser.load(setup(descent(1e39), f64(model)).state()));
        assertThat(optimiser.rule()).isEqualTo(descent(0.5));
    }

    @Test
    void aScheduleMayFallBelowWhatFloat32CanHold() {
        Dense model = dense(1, 1);
        Optimiser optimiser = setup(descent(), model).perBatch("eta", t -> Math.pow(1e-46, t));
        double[] before = toDoubles(model.flatParameters());
        for (int i = 0; i < 3; i++) {
            train(MSE, model, DATA, optimiser);
        }

        assertThat(toDoubles(model.flatParameters())).isEqualTo(before);
    }
}
