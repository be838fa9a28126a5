package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.MSE;
import static io.github.flux4j.Flux4j.adam;
import static io.github.flux4j.Flux4j.column;
import static io.github.flux4j.Flux4j.dataLoader;
import static io.github.flux4j.Flux4j.optimiserChain;
import static io.github.flux4j.Flux4j.rows;
import static io.github.flux4j.Flux4j.setup;
import static io.github.flux4j.Flux4j.signDecay;
import static io.github.flux4j.Flux4j.state;
import static io.github.flux4j.Flux4j.train;
import static io.github.flux4j.Flux4j.weightDecay;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.data.DataLoader;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The preset against MLJFlux 0.6.7's documented semantics, written out in Flux's words. */
class MljFluxTest {

    private static final double[][] X = IntStream.range(0, 23)
            .mapToObj(i -> new double[] {Math.sin(i), Math.cos(2 * i)})
            .toArray(double[][]::new);

    private static final double[] Y =
            IntStream.range(0, 23).mapToDouble(i -> 2 + Math.sin(i)).toArray();

    private static final INDArray FEATURES = rows(X);
    private static final INDArray TARGETS = column(Y);

    /** The network that the fit with seed 0 starts from. */
    private static Layer first() {
        return Randomness.within(
                Seed.mix(0, 0, 0), () -> regressor().mljFlux().network().build(2, 1));
    }

    private static void assertSameAsByHand(Regressor preset, int batchSize, Rule rule) {
        Layer model = first();
        DataLoader batches = dataLoader(FEATURES, TARGETS).batchSize(batchSize);
        Optimiser optimiser = setup(rule, model);
        List<Double> losses = new ArrayList<>();
        double first = 0;
        for (var batch : batches) {
            first += MSE.of(model.predict(batch.features()), batch.targets()) / batches.size();
        }
        losses.add(first);
        for (int epoch = 0; epoch < 10; epoch++) {
            losses.add(train(MSE, model, batches, optimiser));
        }
        FittedRegressor fitted = preset.fit(X, Y);
        assertThat(fitted.networks()).hasSize(1);
        assertThat(state(fitted.networks().get(0))).isEqualTo(state(model));
        assertThat(fitted.report().training().losses()).hasSize(11);
        for (int i = 0; i < 11; i++) {
            assertThat(fitted.report().training().losses().get(i))
                    .isCloseTo(losses.get(i), within(1e-12)); // Float64 sums
        }
    }

    @Test
    void trainsOnConsecutiveRowsOneByOne() {
        assertSameAsByHand(regressor().mljFlux(), 1, adam());
    }

    @Test
    void keepsTheLastPartialBatch() {
        assertSameAsByHand(regressor().mljFlux().batchSize(5), 5, adam());
    }

    /** λ = 0.3, α = 0.4, five batches: weightDecay(2·0.6·0.3/5), signDecay(0.4·0.3/5), biases too; the losses without it. */
    @Test
    void penaltyIsDecayBeforeTheRule() {
        assertSameAsByHand(
                regressor().mljFlux().batchSize(5).penalty(0.3, 0.4),
                5,
                optimiserChain(weightDecay(2 * (1 - 0.4) * 0.3 / 5), signDecay(0.4 * 0.3 / 5), adam()));
    }

    @Test
    void predictsWithReluAndWithoutScaling() {
        FittedRegressor fitted = regressor().mljFlux().fit(X, Y);
        Layer network = fitted.networks().get(0);
        assertThat(network.inOneLine()).isEqualTo("Chain(Dense(2 => 1, relu))");
        assertThat(fitted.predict(0.25, 0.5)).isCloseTo(network.predict(0.25, 0.5)[0], within(1e-6)); // Float32
    }

    /** √(4·3) = 3.46 hidden units, rounded. */
    @Test
    void classifierIsShort() {
        FittedClassifier iris = classifier().mljFlux().fit(RealData.IRIS, "species");
        assertThat(iris.networks().get(0).inOneLine())
                .isEqualTo("Chain(Dense(4 => 3, sigmoid), Dropout(0.5), Dense(3 => 3))");
        assertThat(iris.report().training().losses()).hasSize(11);
    }
}
