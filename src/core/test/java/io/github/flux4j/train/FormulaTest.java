package io.github.flux4j.train;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Initialisers;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import io.github.flux4j.layers.State;
import io.github.flux4j.train.Training.Differentiated;
import io.github.flux4j.train.Training.Terms;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients of formulas: against the library's own losses, and against central finite differences in Float64. */
class FormulaTest {

    private static final double STEP = 1e-5;

    /** h²·L‴/6, and rounding of ε/h, of a loss and derivatives of size one. */
    private static final double DIFFERENCES = 1e-8;

    private static final INDArray X = numbers(5, 3);
    private static final INDArray Y = numbers(5, 2);
    private static final Batch BATCH = batch(X, Y);

    private static INDArray numbers(int rows, int columns) {
        double[] values = new SplittableRandom(rows * 31L + columns)
                .doubles((long) rows * columns, -1, 1)
                .toArray();
        return Tensors.of(DataType.DOUBLE, values, rows, columns);
    }

    private static Chain model() {
        seed(3);
        return f64(chain(dense(3, 4, TANH), dense(4, 2)));
    }

    private static SDVariable mse(Terms f) {
        return f.predictions().sub(f.targets()).pow(2).mean();
    }

    /** Of every third number, since each costs two runs. */
    private static final int EVERY = 3;

    private static double[] slopes(INDArray numbers, Supplier<Differentiated> loss) {
        return IntStream.iterate(0, i -> i < numbers.length(), i -> i + EVERY)
                .mapToDouble(i -> {
                    double before = numbers.getDouble(i);
                    numbers.putScalar(i, before + STEP);
                    double above = loss.get().loss();
                    numbers.putScalar(i, before - STEP);
                    double below = loss.get().loss();
                    numbers.putScalar(i, before);
                    return (above - below) / (2 * STEP);
                })
                .toArray();
    }

    private static double[] some(INDArray numbers) {
        double[] all = Tensors.toDoubles(numbers);
        return IntStream.iterate(0, i -> i < all.length, i -> i + EVERY)
                .mapToDouble(i -> all[i])
                .toArray();
    }

    private static void assertSlopes(Layer model, Differentiated found, Supplier<Differentiated> again) {
        assertThat(some(found.of(model).flat()))
                .containsExactly(slopes(model.flatParameters(), again), within(DIFFERENCES));
    }

    @Test
    void anExpressionOfThePredictionsIsTheBuiltInLoss() {
        Chain model = model();
        var expected = withGradient(MSE, model, X, Y);
        Differentiated found = withGradient(FormulaTest::mse, model, BATCH);

        assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-14));
        assertThat(Tensors.toDoubles(found.gradient().flat()))
                .containsExactly(Tensors.toDoubles(expected.gradient().flat()), within(1e-14));
    }

    /** Flux's {@code gradient(m -> loss(m(x), y) + λ*sum(abs2, m[1].weight), model)}. */
    @Test
    void aPenaltyOnOneLayerIsDerivedByItsParametersToo() {
        Chain model = model();
        Function<Terms, SDVariable> formula =
                f -> mse(f).add(f.parameter("layers.0.weight").pow(2).sum().mul(0.1));
        Differentiated found = withGradient(formula, model, BATCH);

        assertSlopes(model, found, () -> withGradient(formula, model, BATCH));
        double[] penalty = Tensors.toDoubles(((Dense) model.get(0)).weight());
        double[] without = Tensors.toDoubles(
                withGradient(FormulaTest::mse, model, BATCH).gradient().flat());
        for (int i = 0; i < penalty.length; i++) { // 0.1·∂w²/∂w = 0.2·w
            assertThat(found.gradient().flat().getDouble(i)).isCloseTo(without[i] + 0.2 * penalty[i], within(1e-13));
        }
    }

    @Test
    void slopesByWhatAFormulaLeavesOutAreZero() {
        Chain model = model();
        Differentiated ofNothing = withGradient(f -> f.constant(column(2)).sum(), model, BATCH);
        Differentiated ofABias =
                withGradient(f -> f.parameter("layers.1.bias").add(3).sum(), model, BATCH);

        assertThat(ofNothing.loss()).isEqualTo(2);
        assertThat(Tensors.toDoubles(ofNothing.gradient().flat())).containsOnly(0);
        assertThat(Tensors.toDoubles(ofABias.gradient().flat())).contains(1, 1).contains(0);
        assertThat(Tensors.toDoubles(ofABias.features())).hasSize(15).containsOnly(0);
    }

    @Test
    void theSlopesByTheFeaturesComeBack() {
        Chain model = model();
        Differentiated found = withGradient(FormulaTest::mse, model, BATCH);
        INDArray x = X.dup();
        double[] expected = slopes(x, () -> withGradient(FormulaTest::mse, model, batch(x, Y)));

        assertThat(some(found.features())).containsExactly(expected, within(DIFFERENCES));
    }

    @Test
    void whatAFormulaKeepsComesBackByName() {
        Chain model = model();
        Differentiated found = withGradient(
                f -> f.keep("error", mse(f))
                        .add(f.keep("size", f.predictions().pow(2).mean()).mul(2)),
                model,
                BATCH);

        double error = MSE.of(model.predict(X), Y);
        assertThat(Tensors.toDoubles(found.kept().get("error"))[0]).isCloseTo(error, within(1e-14));
        assertThat(found.loss())
                .isCloseTo(error + 2 * Tensors.toDoubles(found.kept().get("size"))[0], within(1e-14));
    }

    /** An encoder of mean and logarithm of the variance, z = μ + e^(s/2)·ε with given noise, a decoder, and the KL term. */
    @Test
    void aVariationalAutoencoderIsTwoModelsInOneLoss() {
        seed(5);
        Chain encoder = f64(chain(dense(3, 3, TANH), parallel(CONCAT, dense(3, 2), dense(3, 2))));
        Chain decoder = f64(chain(dense(2, 3, TANH), dense(3, 3)));
        INDArray noise = numbers(5, 2);
        Function<Terms, SDVariable> formula = f -> {
            SDVariable code = f.predictions();
            SDVariable mean = code.get(SDIndex.all(), SDIndex.interval(0, 2));
            SDVariable log = code.get(SDIndex.all(), SDIndex.interval(2, 4));
            SDVariable z =
                    mean.add(log.mul(0.5).getSameDiff().math().exp(log.mul(0.5)).mul(f.constant(noise)));
            SDVariable restored = f.predictions(decoder, z);
            SDVariable kl = log.getSameDiff()
                    .math()
                    .exp(log)
                    .add(mean.pow(2))
                    .sub(1)
                    .sub(log)
                    .sum()
                    .mul(0.5 / 5);
            return restored.sub(f.features()).pow(2).mean().add(kl);
        };
        Supplier<Differentiated> again = () -> withGradient(formula, encoder, batch(X, Y));
        Differentiated found = again.get();

        assertSlopes(encoder, found, again);
        assertSlopes(decoder, found, again);
        var ofEncoder = setup(adam(0.05), encoder);
        var ofDecoder = setup(adam(0.05), decoder);
        for (int step = 0; step < 30; step++) {
            Differentiated next = again.get();
            update(ofEncoder, encoder, next.gradient());
            update(ofDecoder, decoder, next.of(decoder));
        }
        assertThat(again.get().loss()).isLessThan(found.loss() * 0.7);
    }

    /** The slopes of both uses add up. */
    @Test
    void aModelMayStandInAFormulaTwice() {
        Layer model = f64(chain(dense(3, 3, TANH), batchNorm(3)));
        Function<Terms, SDVariable> formula = f -> f.predictions(model, f.predictions())
                .sub(f.predictions())
                .pow(2)
                .mean();
        Batch batch = batch(X, X);
        assertSlopes(model, withGradient(formula, model, batch), () -> withGradient(formula, model, batch));
    }

    @Test
    void aGradientInFloat32IsCloseToThatInFloat64() {
        Chain exact = model();
        Chain single = f32(exact);
        Function<Terms, SDVariable> formula =
                f -> mse(f).add(f.parameter("layers.1.bias").pow(2).sum());
        Differentiated coarse = withGradient(formula, single, BATCH);

        assertThat(coarse.gradient().flat().dataType()).isEqualTo(DataType.FLOAT);
        assertThat(Tensors.toDoubles(coarse.gradient().flat()))
                .containsExactly(
                        Tensors.toDoubles(
                                withGradient(formula, exact, BATCH).gradient().flat()),
                        within(1e-6));
    }

    @Test
    void runningStatisticsMoveOnceAsAfterAnyGradient() {
        seed(7);
        Chain one = chain(dense(3, 2), batchNorm(2));
        Chain other = copy(one);
        withGradient(FormulaTest::mse, one, BATCH);
        withGradient(MSE, other, X, Y);

        assertThat(((BatchNorm) one.get(1)).runningMean()).isEqualTo(((BatchNorm) other.get(1)).runningMean());
        assertThat(State.of(one)).isEqualTo(State.of(other));
    }

    @Test
    void whatIsWrongIsRefusedAndChangesNothing() {
        Chain model = model();
        State before = state(model);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withGradient(f -> f.predictions(), model, BATCH))
                .withMessage(
                        "a formula must return a single number, but returned shape [5, 2]; end it with mean() or sum()");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> withGradient(f -> f.parameter("layers.7.weight").sum(), model, BATCH))
                .withMessageContaining("has no parameter layers.7.weight; it has [layers.0.weight,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withGradient(
                        f -> f.predictions(f32(model), f.features()).sum(), model, BATCH))
                .withMessageContaining("must have the same type");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withGradient(FormulaTest::mse, model, BATCH).of(dense(1, 1)))
                .withMessageContaining("took no part");
        Chain forced = ForcedEngine.on("dl4j", model());
        assertThatThrownBy(() -> withGradient(FormulaTest::mse, forced, BATCH))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("the engine dl4j can't wait");
        assertThat(state(model)).isEqualTo(before);
    }

    /** One layer by formula in two models, and one model in eight threads at once. */
    @Test
    void formulaLayersAreSafeInThreads() throws Exception {
        seed(9);
        Chain model = chain(dense(3, 3, TANH), Layers.straight(), dense(3, 2));
        List<double[]> alone =
                IntStream.range(1, 40).mapToObj(rows -> predicted(model, rows)).toList();
        ForkJoinPool pool = new ForkJoinPool(8);
        try {
            List<double[]> together = pool.submit(() -> IntStream.range(1, 40)
                            .parallel()
                            .mapToObj(rows -> predicted(model, rows))
                            .toList())
                    .get();
            assertThat(together).usingRecursiveComparison().isEqualTo(alone);
        } finally {
            pool.shutdown();
        }
    }

    private static double[] predicted(Chain model, int rows) {
        return Tensors.toDoubles(model.predict(numbers(rows, 3).castTo(DataType.FLOAT)));
    }

    @Test
    void aFormulaLayerThatDoesNotFitIsRefusedByName() {
        Layer affine = Layers.straight();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.of(
                        "twins",
                        (x, p) -> x,
                        parameter("w", 1, Initialisers.ZEROS),
                        parameter("w", 1, Initialisers.ZEROS)))
                .withMessageContaining("must have different names");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.of("sum", (x, p) -> x.sum()).predict(1.0, 2.0))
                .withMessageStartingWith("sum must return a row for each row of x");
        assertThat(affine.trainables()).extracting("path").containsExactly("w", "b");
        assertThat(affine.trainables().get(0).values().shape()).containsExactly(3, 3);
    }
}
