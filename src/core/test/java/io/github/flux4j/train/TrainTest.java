package io.github.flux4j.train;

import static io.github.flux4j.Flux4j.*;
import static io.github.flux4j.internal.arrays.Tensors.toDoubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Descent;
import io.github.flux4j.optimise.Gradient;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.train.Training.WithGradient;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TrainTest {

    private static final double FLOAT_LOSS = 1e-6; // relative; five terms of Float32 predictions

    private static final INDArray X = column(0, 1, 2, 3, 4);
    private static final INDArray Y = X.add(1);

    private static Dense line(double weight, double bias) {
        return dense(column(weight), column(bias).reshape(1), IDENTITY);
    }

    private static Chain smallNet() {
        return chain(dense(1, 3, TANH), dense(3, 1));
    }

    @Test
    void oneStepOfTheArticleIsAsByHand() {
        Dense model = line(0.5, 0);
        double loss = train(mse(model), params(model), List.of(batch(X, Y)), descent());

        // e = w − 1 = −0.5, d = b − 1 = −1: loss 6e² + 4ed + d² = 4.5, ∂w = 12e + 4d = −10, ∂b = 4e + 2d = −4
        assertThat(loss).isEqualTo(4.5, within(4.5 * FLOAT_LOSS));
        assertThat(model.weight().getFloat(0)).isEqualTo(1.5f);
        assertThat(model.bias().getFloat(0)).isEqualTo(0.4f, within(1e-7f));
    }

    @Test
    void returnsTheMeanOfTheLossesBeforeTheUpdates() {
        Dense model = line(0.5, 0);
        Dense twin = f32(model);
        Batch first = batch(X, Y);
        Batch second = batch(column(5, 6), column(6, 7));

        double before = mse(twin).of(first.features(), first.targets());
        train(mse(twin), params(twin), List.of(first), descent(0.01));
        double between = mse(twin).of(second.features(), second.targets());

        assertThat(train(mse(model), params(model), List.of(first, second), descent(0.01)))
                .isEqualTo((before + between) / 2, within(FLOAT_LOSS));
    }

    @Test
    void isOnePassOverTheData() {
        Dense model = line(0.5, 0);
        Dense twin = f32(model);
        train(mse(model), params(model), dataLoader(X, Y), descent(0.01));
        for (int i = 0; i < 5; i++) {
            train(mse(twin), params(twin), List.of(batch(column(i), column(i + 1))), descent(0.01));
        }

        assertThat(toDoubles(model.flatParameters())).isEqualTo(toDoubles(twin.flatParameters()));
    }

    static Stream<Arguments> lossesOnEngines() {
        return Stream.of(MSE, MAE).flatMap(loss -> ForcedEngine.ALL.stream().map(engine -> Arguments.of(loss, engine)));
    }

    @ParameterizedTest
    @MethodSource("lossesOnEngines")
    void theArticlesStyleAndTheExplicitStyleAreBitEqual(LossFunction loss, String engine) {
        seed(1);
        Chain implicit = ForcedEngine.on(engine, smallNet());
        Chain explicit = ForcedEngine.on(engine, f32(implicit));
        DataLoader one = dataLoader(X, Y).batchSize(2).shuffle(9);
        DataLoader other = dataLoader(X, Y).batchSize(2).shuffle(9);
        Descent rule = descent(0.05);
        Optimiser optimiser = setup(rule, explicit);

        for (int epoch = 0; epoch < 5; epoch++) {
            double loss1 = train(loss.bind(implicit), params(implicit), one, rule);
            double loss2 = train(loss, explicit, other, optimiser);
            assertThat(loss1).isEqualTo(loss2);
            assertThat(toDoubles(implicit.flatParameters())).isEqualTo(toDoubles(explicit.flatParameters()));
        }
    }

    @Test
    void repeatsForASeed() {
        Supplier<double[]> run = () -> {
            seed(4);
            Chain model = smallNet();
            DataLoader data = dataLoader(X, Y).batchSize(2).shuffle();
            for (int epoch = 0; epoch < 3; epoch++) {
                train(mse(model), params(model), data, descent(0.05));
            }
            return toDoubles(model.flatParameters());
        };

        assertThat(run.get()).isEqualTo(run.get());
    }

    @Test
    void updateWithAGradientIsAStepOfTrain() {
        Chain model = smallNet();
        Chain twin = f32(model);
        Optimiser optimiser = setup(descent(), model);
        train(MSE, twin, List.of(batch(X, Y)), setup(descent(), twin));

        WithGradient step = withGradient(MSE, model, X, Y);
        double[] gradient = toDoubles(step.gradient().flat());
        update(optimiser, model, step.gradient());

        assertThat(toDoubles(model.flatParameters())).isEqualTo(toDoubles(twin.flatParameters()));
        assertThat(toDoubles(step.gradient().flat())).as("left as it was").isEqualTo(gradient);
    }

    @Test
    void withGradientLeavesTheModelAsItWas() {
        Chain model = smallNet();
        double[] before = toDoubles(model.flatParameters());
        WithGradient result = withGradient(mse(model), X, Y);

        assertThat(toDoubles(model.flatParameters())).isEqualTo(before);
        assertThat(result.loss()).isEqualTo(mse(model).of(X, Y), within(FLOAT_LOSS));
        assertThat(withGradient(MSE, model, X, Y).gradient().flat())
                .isEqualTo(result.gradient().flat());
    }

    @Test
    void withGradientIsAsByHand() {
        Dense model = line(0.5, 0);
        Gradient gradient = withGradient(MSE, model, X, Y).gradient();

        assertThat(gradient.of(model.weight()).getDouble(0)).isEqualTo(-10, within(10 * FLOAT_LOSS));
        assertThat(gradient.of(model.bias()).getDouble(0)).isEqualTo(-4, within(4 * FLOAT_LOSS));
    }

    @Test
    void weightsCountExamplesDifferently() {
        Dense model = line(0.5, 0);
        INDArray weights = column(2, 0, 1, 0, 2);
        double loss = train(mse(model), params(model), List.of(batch(X, Y, weights)), descent());

        // residuals −1, −1.5, −2, −2.5, −3: (2·1 + 1·4 + 2·9)/5, ∂b = 2·(2·(−1) + (−2) + 2·(−3))/5
        assertThat(loss).isEqualTo(24 / 5.0, within(4.8 * FLOAT_LOSS));
        assertThat(model.bias().getFloat(0)).isEqualTo(0.4f, within(1e-7f));
    }

    static Stream<Arguments> layoutsOfOneBatch() {
        return layouts().flatMap(arrays -> ForcedEngine.ALL.stream().map(engine -> Arguments.of(arrays, engine)));
    }

    private static Stream<List<INDArray>> layouts() {
        INDArray x = rows(new double[] {1, 0}, new double[] {0, 1}, new double[] {2, -1}, new double[] {4, 3});
        INDArray y = rows(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6}, new double[] {7, 8});
        INDArray wide = Nd4j.zeros(DataType.FLOAT, 8, 7);
        INDArray stridedX = wide.get(NDArrayIndex.interval(0, 2, 8), NDArrayIndex.interval(0, 2));
        INDArray stridedY = wide.get(NDArrayIndex.interval(1, 2, 8), NDArrayIndex.interval(3, 5));
        stridedX.assign(x);
        stridedY.assign(y);
        return Stream.of(
                List.of(x.dup('f'), y.dup('f')),
                List.of(
                        x.transpose().dup('c').transpose(),
                        y.transpose().dup('c').transpose()),
                List.of(stridedX, stridedY),
                List.of(x.castTo(DataType.DOUBLE), y),
                List.of(x.castTo(DataType.INT32), y.castTo(DataType.INT64)),
                List.of(x, y.castTo(DataType.INT16).dup('f')));
    }

    @ParameterizedTest
    @MethodSource("layoutsOfOneBatch")
    void trainsTheSameOnEveryLayoutAndTypeOfTheData(List<INDArray> arrays, String engine) {
        Chain model = ForcedEngine.on(engine, chain(dense(2, 3, TANH), dense(3, 2)));
        Chain twin = ForcedEngine.on(engine, f32(model));
        INDArray x = arrays.get(0);
        INDArray y = arrays.get(1);
        INDArray denseX = x.castTo(DataType.FLOAT).dup('c');
        INDArray denseY = y.castTo(DataType.FLOAT).dup('c');

        double loss = train(mse(model), params(model), List.of(batch(x, y), batch(x, y)), descent(0.01));
        assertThat(train(mse(twin), params(twin), List.of(batch(denseX, denseY), batch(denseX, denseY)), descent(0.01)))
                .isEqualTo(loss);
        assertThat(toDoubles(model.flatParameters())).isEqualTo(toDoubles(twin.flatParameters()));
    }

    @Test
    void leavesTheDataAsItWas() {
        INDArray x = X.dup();
        INDArray y = Y.dup();
        for (Layer model : List.of(smallNet(), chain(RELU, dense(1, 1), TANH))) {
            train(mse(model), params(model), List.of(batch(x, y)), descent());
        }

        assertThat(x).isEqualTo(X);
        assertThat(y).isEqualTo(Y);
    }

    @Test
    void saysInWhichBatchTheFeaturesDoNotFit() {
        Dense single = line(0.5, 0);
        List<Batch> rowInSecondBatch = List.of(batch(X, Y), batch(X.transpose(), column(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(mse(single), params(single), rowInSecondBatch, descent()))
                .withMessage("Dense(1 => 1) expects 1 feature per row, but batch 2 has 5 (shape [1, 5])."
                        + " That is one example with 5 features; for 5 examples with one feature each pass a column,"
                        + " shape [5, 1]: column(…) or x.reshape(5, 1)");

        Chain net = chain(dense(784, 32, RELU), dense(32, 1));
        INDArray narrow = Nd4j.ones(DataType.FLOAT, 64, 28);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(mse(net), params(net), List.of(batch(narrow, narrow)), descent()))
                .withMessage(
                        "layer 1, Dense(784 => 32, relu), expects 784 features per row, but batch 1 has 28 (shape [64, 28])");
    }

    @Test
    void saysInWhichBatchTheTargetsDoNotFit() {
        Dense model = line(0.5, 0);
        List<Batch> data = List.of(batch(X, Y), batch(X, Nd4j.ones(DataType.FLOAT, 5, 2)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(mae(model), params(model), data, descent()))
                .withMessage(
                        "mae expects targets of the predictions' shape [5, 1], but the targets of batch 2 have shape [5, 2]."
                                + " Nothing is broadcast: give one row per example and one column per output");
    }

    @Test
    void needsData() {
        Dense model = line(0.5, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(mse(model), params(model), List.of(), descent()))
                .withMessage(
                        "there is no batch to train on: data is empty; pass List.of(batch(x, y)) or dataLoader(x, y)");
        assertThatIllegalStateException()
                .isThrownBy(() -> train(mse(model), params(model), List.of(batch(X)), descent()))
                .withMessage("this batch has features but no targets; make it with batch(features, targets)");
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> train(mse(model), params(model), Arrays.asList((Batch) null), descent()))
                .withMessage("a batch is null");
    }

    @Test
    void lossParamsOptimiserAndGradientAreOfOneModel() {
        Dense model = line(0.5, 0);
        Chain other = smallNet();
        List<Batch> data = List.of(batch(X, Y));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(mse(model), params(other), data, descent()))
                .withMessage("the loss belongs to Dense(1 => 1), but the params to another model,"
                        + " Chain(Dense(1 => 3, tanh), Dense(3 => 1)); take both from one model: train(mse(model), params(model), …)."
                        + " To train a part only, freeze the rest: setup(rule, model).freeze(layer)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(MSE, model, data, setup(descent(), other)))
                .withMessage("this optimiser belongs to another model, Chain(Dense(1 => 3, tanh), Dense(3 => 1)),"
                        + " not to this Dense(1 => 1); make one for it with setup(rule, model)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> update(
                        setup(descent(), model),
                        model,
                        withGradient(MSE, other, X, Y).gradient()))
                .withMessage("the gradient belongs to another model, Chain(Dense(1 => 3, tanh), Dense(3 => 1)),"
                        + " not to this Dense(1 => 1); take it from withGradient(loss, model, x, y)");
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void theGradientOfAModelWithoutParametersIsEmpty(String engine) {
        Chain model = ForcedEngine.on(engine, chain(RELU, TANH));
        WithGradient result = withGradient(MSE, model, column(-1, 0), column(2, 0));

        assertThat(result.gradient()).isEmpty();
        assertThat(result.loss()).isEqualTo(2, within(2 * FLOAT_LOSS)); // (0² + 2²)/2
    }

    static Stream<Batch> batchesThatDoNotFit() {
        return Stream.of(
                batch(X.transpose(), column(1)),
                batch(X),
                batch(X, Nd4j.ones(DataType.FLOAT, 5, 2)),
                batch(column(1e30), column(1e30)));
    }

    @ParameterizedTest
    @MethodSource("batchesThatDoNotFit")
    void aRefusedBatchLeavesTheParametersAsTheyWere(Batch batch) {
        Chain model = smallNet();
        double[] before = toDoubles(model.flatParameters());
        Optimiser optimiser = setup(descent(), model);

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> train(MSE, model, List.of(batch), optimiser));
        assertThat(toDoubles(model.flatParameters())).isEqualTo(before);

        Chain twin = f32(model);
        train(MSE, model, List.of(batch(X, Y)), optimiser);
        train(MSE, twin, List.of(batch(X, Y)), setup(descent(), twin));
        assertThat(toDoubles(model.flatParameters())).as("still trains").isEqualTo(toDoubles(twin.flatParameters()));
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void stopsAtTheFirstNonFiniteLoss(String engine) {
        Dense model = ForcedEngine.on(engine, line(0.5, 0));
        Dense twin = ForcedEngine.on(engine, f32(model));
        INDArray x = column(0, 1, 2, 3, 4, 5, 6);
        INDArray y = x.mul(4).add(2);
        int last = lastBatchWithALossInFloat32(x, y, 0.5, 0);

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(
                        () -> train(mse(model), params(model), Collections.nCopies(1000, batch(x, y)), descent(0.1)))
                .withMessage("loss became Infinity at batch " + (last + 1)
                        + " with Descent(0.1); the parameters are those before"
                        + " that batch. Try a smaller learning rate or scale the features")
                .satisfies(diverged -> {
                    assertThat(diverged.batch()).isEqualTo(last + 1);
                    assertThat(diverged.loss()).isInfinite();
                    assertThat(diverged.rule()).isEqualTo(descent(0.1));
                    assertThat(diverged.epoch()).as("one pass has no epoch").isZero();
                    assertThat(diverged.history().losses()).isEmpty();
                });

        train(mse(twin), params(twin), Collections.nCopies(last, batch(x, y)), descent(0.1));
        assertThat(toDoubles(model.flatParameters())).isEqualTo(toDoubles(twin.flatParameters()));
        assertThat(DoubleStream.of(toDoubles(model.flatParameters()))).allMatch(Double::isFinite);
    }

    /** By gradient descent in Float64: how many batches have a loss that Float32 can say. */
    private static int lastBatchWithALossInFloat32(INDArray x, INDArray y, double weight, double bias) {
        double w = weight;
        double b = bias;
        for (int batch = 0; ; batch++) {
            double loss = 0;
            double dw = 0;
            double db = 0;
            for (int i = 0; i < x.length(); i++) {
                double residual = w * x.getDouble(i) + b - y.getDouble(i);
                loss += residual * residual / x.length();
                dw += 2 * residual * x.getDouble(i) / x.length();
                db += 2 * residual / x.length();
            }
            if (loss > Float.MAX_VALUE) {
                return batch;
            }
            w -= 0.1 * dw;
            b -= 0.1 * db;
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void stopsAtALossThatIsNaN(String engine) {
        Chain model = ForcedEngine.on(engine, smallNet());
        model.flatParameters().putScalar(0, Float.NaN);
        double[] before = toDoubles(model.flatParameters());

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> train(mae(model), params(model), List.of(batch(X, Y)), descent(0.5)))
                .withMessage("loss became NaN at batch 1 with Descent(0.5); the parameters are those before that batch,"
                        + " which already had a NaN in layers.0.weight. Load a finite state, or make a new model");
        assertThat(toDoubles(model.flatParameters())).isEqualTo(before);
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void aLayersWeightThatIsNaNStopsTrainingToo(String engine) {
        Dense model = ForcedEngine.on(engine, line(0.5, 0));
        model.weight().assign(Float.NaN);

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> train(mse(model), params(model), List.of(batch(X, Y)), descent()));
        assertThat(withGradient(MSE, model, X, Y).loss()).isNaN();
    }

    @Test
    void float64GoesOnWhereFloat32Overflows() {
        Dense model = f64(line(0.5, 0));
        INDArray x = column(0, 1, 2, 3, 4, 5, 6);

        double loss = train(mse(model), params(model), Collections.nCopies(100, batch(x, x.mul(4))), descent(0.1));
        assertThat(loss).isFinite().isGreaterThan(Float.MAX_VALUE);
    }
}
