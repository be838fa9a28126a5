package io.github.flux4j.internal.fit;

import static io.github.flux4j.Flux4j.RELU;
import static io.github.flux4j.Flux4j.adamW;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.descent;
import static io.github.flux4j.Flux4j.dropout;
import static io.github.flux4j.Flux4j.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.fit.Epoch;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.optimise.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Networks that are trained in step. The data: y = sin 3a + b/2 and noise of a tenth, 120 rows. */
class JointTest {

    /** Float32 products of one row and of many add up in another order. */
    private static final double BLAS = 1e-6;

    private static final int NETWORKS = 4;
    private static final Examples NOISY = noisy(120);

    private static Examples noisy(int rows) {
        SplittableRandom random = new SplittableRandom(7);
        float[] x = new float[2 * rows];
        float[] y = new float[rows];
        for (int i = 0; i < rows; i++) {
            x[2 * i] = (float) (2 * random.nextDouble() - 1);
            x[2 * i + 1] = (float) (2 * random.nextDouble() - 1);
            y[i] = (float) (Math.sin(3 * x[2 * i]) + x[2 * i + 1] / 2 + 0.2 * (random.nextDouble() - 0.5));
        }
        return new Examples(x, 2, y, 1, null);
    }

    private static Layer network(int inputs, int outputs) {
        return chain(dense(inputs, 16, RELU), dropout(0.1), dense(16, outputs));
    }

    private static Recipe recipe(int epochs, int patience, Rule rule) {
        return new Recipe(Losses.MSE, rule, null, false, 16, true, false, epochs, patience, 0, false, 1);
    }

    private static Joint joint(Recipe recipe, int networks) {
        return joint(recipe, networks, new ArrayList<>());
    }

    private static Joint joint(Recipe recipe, int networks, List<Epoch> told) {
        Thread owner = Thread.currentThread();
        boolean all = networks == 1 && recipe.patience() == 0;
        Division division = all ? null : division(recipe, networks);
        Team team = new Team(recipe, k -> JointTest::network, NOISY, NOISY, division, null);
        return new Joint(team.members(networks), recipe, told::add, new Stop(null));
    }

    /** By chance; of one network a tenth. */
    private static Division division(Recipe recipe, int networks) {
        int parts = networks == 1 ? 10 : networks;
        return new Division(Division.parts(parts, networks, null, Seed.mix(recipe.seed(), -1), NOISY.rows()), "");
    }

    private static List<State> states(Outcome outcome) {
        return outcome.networks().stream().map(network -> state(network)).toList();
    }

    @Test
    void takesTheEpochOfTheLowestLossOnWhatIsLeftOut() {
        Outcome outcome = joint(recipe(300, 10, adamW(0.01, 0.01)), NETWORKS).train();
        List<Double> afterEpochs =
                outcome.leftOutLosses().subList(1, outcome.leftOutLosses().size());
        assertThat(outcome.leftOutLosses().get(outcome.bestEpoch())).isEqualTo(Collections.min(afterEpochs));
        assertThat(outcome.ending()).isEqualTo(Ending.PATIENCE);
        assertThat(outcome.epochs()).hasSize(outcome.bestEpoch() + 10);
        assertThat(outcome.losses()).hasSize(outcome.epochs().size() + 1);
    }

    /** The noise's variance is 0.2²/12 = 0.0033; a network that has learnt nothing has the target's, about 0.6. Dropout costs the rest. */
    @Test
    void learns() {
        Outcome outcome = joint(recipe(300, 40, adamW(0.01, 0.01)), NETWORKS).train();
        assertThat(outcome.leftOutLosses().get(outcome.bestEpoch())).isLessThan(0.06);
    }

    @Test
    void everyRowIsLeftOutByOneNetwork() {
        Outcome outcome = joint(recipe(1, 1, descent(0.01)), NETWORKS).train();
        assertThat(outcome.leftOut().stream().flatMapToInt(part -> IntStream.of(part.rows())))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 120).boxed().toList());
    }

    @Test
    void oneNetworkKeepsTheOutputsOfTheBestEpoch() {
        Outcome outcome = joint(recipe(60, 5, adamW(0.01, 0.01)), 1).train();
        LeftOut.Kept first = outcome.leftOut().get(0);
        for (int i = 0; i < first.rows().length; i++) {
            int row = first.rows()[i];
            double[] features = {NOISY.features()[2 * row], NOISY.features()[2 * row + 1]};
            assertThat(outcome.networks().get(0).predict(features)[0]).isCloseTo(first.outputs()[i], within(BLAS));
        }
    }

    /** The rows that choose an epoch make it look better than it is, so what is reported comes from epochs that other rows chose. */
    @Test
    void noRowChoosesTheEpochOfItsOwnPrediction() {
        Outcome outcome = joint(recipe(300, 40, adamW(0.01, 0.01)), NETWORKS).train();
        double sum = 0;
        for (LeftOut.Kept part : outcome.leftOut()) {
            for (int i = 0; i < part.rows().length; i++) {
                double off = part.outputs()[i] - NOISY.targets()[part.rows()[i]];
                sum += off * off / NOISY.count();
            }
        }
        assertThat(sum)
                .isGreaterThan(outcome.leftOutLosses().get(outcome.bestEpoch()))
                .isLessThan(0.06);
    }

    @Test
    void isTheSameForAnyNumberOfThreads() {
        Outcome one =
                Threads.within(1, () -> joint(recipe(20, 40, adamW()), NETWORKS).train());
        Outcome several = joint(recipe(20, 40, adamW()), NETWORKS).train();
        assertThat(states(several)).isEqualTo(states(one));
        assertThat(several.leftOutLosses()).isEqualTo(one.leftOutLosses());
    }

    @Test
    void goesOnAsIfItHadNotEnded() {
        Outcome half = joint(recipe(7, 40, adamW(0.01, 0.01)), NETWORKS).train();
        Outcome resumed = joint(recipe(14, 40, adamW(0.01, 0.01)), NETWORKS).resume(half);
        Outcome whole = joint(recipe(14, 40, adamW(0.01, 0.01)), NETWORKS).train();
        assertThat(states(resumed)).isEqualTo(states(whole));
        assertThat(resumed.losses()).isEqualTo(whole.losses());
        assertThat(resumed.leftOutLosses()).isEqualTo(whole.leftOutLosses());
        assertThat(resumed.leftOut().get(2).outputs())
                .isEqualTo(whole.leftOut().get(2).outputs());
    }

    @Test
    void withoutPatienceMakesAllEpochsAndLeavesNothingOutForOneNetwork() {
        Outcome outcome = joint(recipe(9, 0, adamW()), 1).train();
        assertThat(outcome.epochs()).hasSize(9);
        assertThat(outcome.bestEpoch()).isEqualTo(9);
        assertThat(outcome.leftOutLosses()).isEmpty();
    }

    @Test
    void oneNetworkLeavesOutATenth() {
        Outcome outcome = joint(recipe(2, 40, adamW()), 1).train();
        assertThat(outcome.leftOut().get(0).rows()).hasSize(12);
    }

    @Test
    void tellsOfEachEpoch() {
        List<Epoch> told = new ArrayList<>();
        Outcome outcome = joint(recipe(3, 40, adamW()), NETWORKS, told).train();
        assertThat(told).extracting(Epoch::number).containsExactly(1, 2, 3);
        assertThat(told.get(2).leftOutLoss()).isEqualTo(outcome.leftOutLosses().get(3));
        assertThat(told.get(0).rows()).isEqualTo(4 * 80); // five whole batches of 16 of 90 rows
    }

    @Test
    void aRuleThatIsTooFastIsAnErrorThatSaysWhichNetwork() {
        assertThatThrownBy(() -> joint(recipe(50, 0, descent(1e6)), 2).train())
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("the fit diverged in epoch 1, network 1 of 2: ")
                .hasMessageContaining("Try a smaller learning rate");
    }

    @Test
    void anInterruptEndsWithTheBestSoFarAndStaysSet() {
        Thread owner = Thread.currentThread();
        Recipe recipe = recipe(10_000, 0, adamW());
        Team team = new Team(recipe, k -> JointTest::network, NOISY, NOISY, division(recipe, 2), null);
        Outcome outcome = new Joint(
                        team.members(2),
                        recipe,
                        epoch -> {
                            if (epoch.number() == 5) {
                                owner.interrupt();
                            }
                        },
                        new Stop(null))
                .train();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome.ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(outcome.epochs().size()).isBetween(5, 6);
    }
}
