package io.github.flux4j.optimise;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ParamsTest {

    private static final INDArray X = column(0, 1, 2);
    private static final INDArray Y = X.add(1);

    @Test
    void areWeightAndBiasLayerByLayer() {
        Dense first = dense(2, 4);
        Dense second = dense(4, 1).withoutBias();
        Params parameters = params(chain(first, TANH, second));

        assertThat(parameters).hasSize(3);
        assertThat(parameters.get(0)).isSameAs(first.weight());
        assertThat(parameters.get(1)).isSameAs(first.bias());
        assertThat(parameters.get(2)).isSameAs(second.weight());
    }

    @Test
    void areLive() {
        Dense model = dense(1, 1);
        Params parameters = params(model);
        parameters.get(0).assign(2);
        parameters.get(1).assign(-1);

        assertThat(model.predict(3)).containsExactly(5);
        train(mse(model), parameters, List.of(batch(X, Y)), descent());
        assertThat(parameters.get(0)).isEqualTo(model.weight()).isNotEqualTo(column(2));
    }

    @Test
    void areTheSameObjectEachTime() {
        Dense model = dense(1, 1);

        assertThat(params(model)).isSameAs(params(model)).isNotSameAs(params(dense(1, 1)));
    }

    @Test
    void followALayerIntoAChain() {
        Dense layer = dense(1, 1);
        Params parameters = params(layer);
        Chain model = chain(layer, dense(1, 1));
        model.flatParameters().assign(7);

        assertThat(parameters.get(0)).isEqualTo(column(7));
    }

    @Test
    void keepOneOptimiserForEachRule() {
        Params parameters = params(dense(1, 1));
        Rule rule = descent();

        assertThat(parameters.optimiser(rule)).isSameAs(parameters.optimiser(rule));
        assertThat(parameters.optimiser(descent()))
                .as("an equal rule")
                .isSameAs(parameters.optimiser(rule))
                .isNotSameAs(parameters.optimiser(descent(0.2)))
                .isNotSameAs(params(dense(1, 1)).optimiser(rule));
    }

    @Test
    void keepTheRulesUsedLastAndForgetTheOthers() {
        Params parameters = params(dense(1, 1));
        Optimiser kept = parameters.optimiser(adam(1));
        Optimiser forgotten = parameters.optimiser(adam(2));
        for (int i = 3; i <= 9; i++) {
            parameters.optimiser(adam(i));
            parameters.optimiser(adam(1));
        }

        assertThat(parameters.optimiser(adam(1))).isSameAs(kept);
        assertThat(parameters.optimiser(adam(2))).isNotSameAs(forgotten);
    }

    @Test
    void anOptimiserFollowsItsLayerIntoAChain() {
        Dense layer = dense(1, 1);
        Optimiser before = setup(momentum(), layer);
        Dense twin = copy(layer);
        Optimiser ofTwin = setup(momentum(), twin);
        train(MSE, layer, List.of(batch(X, Y)), before);
        Chain chain = chain(layer);
        train(MSE, layer, List.of(batch(X, Y)), before);
        train(MSE, twin, List.of(batch(X, Y)), ofTwin);
        train(MSE, twin, List.of(batch(X, Y)), ofTwin);

        assertThat(chain.flatParameters()).isEqualTo(twin.flatParameters());
    }

    @Test
    void anOptimiserNeedsParameters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup(descent(), chain(RELU, TANH)))
                .withMessage("Chain(relu, tanh) has no parameters, so there is nothing to train");
        assertThat(params(RELU)).isEmpty();
    }

    @Test
    void aGradientIsFoundByItsParameter() {
        Chain model = chain(dense(1, 2), dense(2, 1));
        Gradient gradient = withGradient(MSE, model, X, Y).gradient();

        assertThat(gradient).hasSize(4);
        for (int i = 0; i < 4; i++) {
            INDArray parameter = params(model).get(i);
            assertThat(gradient.of(parameter)).isSameAs(gradient.get(i));
            assertThat(gradient.get(i).shape()).isEqualTo(parameter.shape());
        }
        assertThat(Nd4j.concat(0, gradient.stream().map(INDArray::ravel).toArray(INDArray[]::new)))
                .isEqualTo(gradient.flat());
    }

    @Test
    void aGradientIsOfItsModelsParametersOnly() {
        Gradient gradient = withGradient(MSE, dense(1, 1), X, Y).gradient();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> gradient.of(X))
                .withMessage(
                        "that array is not a parameter of Dense(1 => 1); take it from weight(), bias() or params(model)");
    }
}
