package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import io.github.flux4j.layers.State;
import io.github.flux4j.optimise.Optimiser;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A training loop of a user's own, {@code loss.gradient} and {@code optimiser.step}, beside {@code trainstep}: equal to the bit, statistics too. */
class OwnLoopTest {

    private static final INDArray X = rows(new double[][] {{1, -2}, {0.5, 3}, {-1, 0.25}, {2, 1}});
    private static final INDArray Y = rows(new double[][] {{1, 0}, {-1, 1}, {0.5, 2}, {0, -1}});
    private static final Batch FIRST = batch(X, Y);
    private static final Batch SECOND = batch(X.mul(2).add(1), Y);

    static Stream<Arguments> layersOnEngines() {
        return Layers.all().stream()
                .flatMap(known -> known.engines().stream().map(engine -> Arguments.of(engine, known)));
    }

    private static INDArray room(Layer model) {
        return Nd4j.create(model.dataType(), model.parameterCount());
    }

    private static Chain normalised() {
        seed(5);
        return chain(dense(2, 3), batchNorm(3), dense(3, 2));
    }

    private static INDArray mean(Chain model) {
        return ((BatchNorm) model.get(1)).runningMean();
    }

    @ParameterizedTest
    @MethodSource("layersOnEngines")
    void equalsTrainstepToTheBit(String engine, Layers.Known known) {
        List<Object> own = steps(engine, known, (model, optimiser, batch) -> {
            INDArray into = room(model);
            double value = mse(model).gradient(batch, into);
            optimiser.step(into);
            return value;
        });

        assertThat(own)
                .isEqualTo(steps(engine, known, (model, optimiser, batch) -> trainstep(MSE, model, batch, optimiser)));
    }

    /** One step, which gives the loss before it. */
    interface Step {
        double on(Chain model, Optimiser optimiser, Batch batch);
    }

    /** Losses of three steps of a model that is made anew, and the state after each; one model at a time, since some draw numbers at each step. */
    private static List<Object> steps(String engine, Layers.Known known, Step step) {
        seed(5);
        Chain model = ForcedEngine.on(engine, known.inChain());
        Optimiser optimiser = setup(adam(), model);
        return Stream.of(FIRST, SECOND, FIRST)
                .flatMap(batch -> Stream.<Object>of(step.on(model, optimiser, batch), State.of(model)))
                .toList();
    }

    /** Whatever was asked for before that led to no step: a gradient looked at, a batch skipped, a step refused. */
    @Test
    void gradientsWithoutAStepChangeNothingOfTheNext() {
        Chain own = normalised();
        Chain theirs = normalised();
        Optimiser optimiser = setup(descent(), own);
        INDArray into = room(own);
        mse(own).gradient(SECOND, into);
        mse(own).gradient(FIRST, into);
        optimiser.step(into);
        trainstep(MSE, theirs, FIRST, setup(descent(), theirs));
        assertThat(State.of(own)).isEqualTo(State.of(theirs));

        mse(own).gradient(SECOND, room(own));
        trainstep(MSE, own, FIRST, optimiser);
        trainstep(MSE, theirs, FIRST, setup(descent(), theirs));
        assertThat(State.of(own)).isEqualTo(State.of(theirs));

        LossFunction lost = loss((p, y) -> Double.NaN, (p, y) -> p);
        trainstep(lost, own, SECOND, optimiser);
        mse(own).gradient(FIRST, into);
        optimiser.step(into.dup());
        trainstep(MSE, theirs, FIRST, setup(descent(), theirs));
        assertThat(State.of(own)).isEqualTo(State.of(theirs));
    }

    @Test
    void aStepIsFollowedByStatisticsOnce() {
        Chain model = normalised();
        Optimiser optimiser = setup(descent(), model);
        INDArray into = room(model);
        mse(model).gradient(FIRST, into);
        optimiser.step(into);
        INDArray once = mean(model).dup();
        optimiser.step(into);
        optimiser.commitStatistics();

        assertThat(mean(model)).isEqualTo(once).isNotEqualTo(Nd4j.zeros(3));
    }

    /** The mean of several gradients, in an array of its own or in either of theirs, is of no one batch. */
    @Test
    void averagedGradientsMoveStatisticsOnlyWhenAsked() {
        for (int kept = 0; kept < 3; kept++) {
            Chain model = normalised();
            Optimiser optimiser = setup(descent(), model);
            INDArray[] gradients = {room(model), room(model), room(model)};
            mse(model).gradient(FIRST, gradients[0]);
            mse(model).gradient(SECOND, gradients[1]);
            INDArray average = gradients[0].add(gradients[1]).div(2);
            optimiser.step(gradients[kept].assign(average));
            assertThat(mean(model)).isEqualTo(Nd4j.zeros(3));

            Chain twin = normalised();
            trainstep(MSE, twin, SECOND, setup(descent(), twin));
            optimiser.commitStatistics();
            assertThat(mean(model)).isEqualTo(mean(twin));
        }
    }

    @Test
    void summedIntoAnotherArrayTheyMoveNoStatisticsEither() {
        Chain model = normalised();
        INDArray into = room(model);
        INDArray sum = room(model);
        for (Batch batch : List.of(FIRST, SECOND)) {
            mse(model).gradient(batch, into);
            sum.addi(into);
        }
        setup(descent(), model).step(sum);

        assertThat(mean(model)).isEqualTo(Nd4j.zeros(3));
    }

    @Test
    void aModelOfWhichNoGradientWasAskedKeepsItsStatistics() {
        Chain model = normalised();
        INDArray into = room(model);
        withGradient(MSE, model, X, Y);
        INDArray moved = mean(model).dup();
        setup(descent(), model).step(into);

        assertThat(mean(model)).isEqualTo(moved);
    }

    @Test
    void statisticsThatWouldOverflowStopTheStep() {
        Chain model = chain(batchNorm(2), dense(2, 2));
        INDArray into = room(model);
        mse(model).gradient(batch(X.mul(1e30), Y), into);
        State before = State.of(model);
        Optimiser optimiser = setup(descent(), model);

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> optimiser.step(into))
                .withMessageStartingWith("the running variance of BatchNorm(2) would overflow Float32");
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(optimiser::commitStatistics);
        assertThat(State.of(model)).isEqualTo(before);
    }
}
