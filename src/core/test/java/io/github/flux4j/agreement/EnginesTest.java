package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.LossSamples;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Rules;
import io.github.flux4j.train.DivergedException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The engines give the same predictions, losses and trained parameters: every layer, loss, rule and layout of a batch. */
class EnginesTest {

    /** Relative; sums of up to 64 products in another order, tanh by another method (4 units in the last place), over some steps. */
    private static final double FLOAT32 = 1e-5;

    /** The same in Float64, where tanh is within one unit. */
    private static final double FLOAT64 = 1e-12;

    private static final int STEPS = 2;

    private static Stream<DataType> types() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE);
    }

    /** Two models of the same numbers, which draw the same, an engine each. */
    private static List<Chain> onEach(Supplier<Chain> make, DataType type) {
        return ForcedEngine.ALL.stream()
                .map(engine -> {
                    seed(31);
                    return ForcedEngine.on(engine, Layer.copyAs(type, make.get()));
                })
                .toList();
    }

    private static void assertClose(double[] actual, double[] expected, DataType type) {
        double size = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(1));
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            // NaN is close to NaN
            if (Double.compare(actual[i], expected[i]) != 0) {
                assertThat(actual[i])
                        .as("element %d", i)
                        .isCloseTo(expected[i], within((type == DataType.FLOAT ? FLOAT32 : FLOAT64) * size));
            }
        }
    }

    private static void assertAgree(
            Supplier<Chain> make, DataType type, LossFunction loss, Rule rule, Batch... batches) {
        List<Chain> models = onEach(make, type);
        List<Optimiser> optimisers =
                models.stream().map(model -> setup(rule, model)).toList();
        for (Batch batch : batches) {
            for (int step = 0; step < STEPS; step++) {
                assertAgree(models, optimisers, type, loss, batch);
            }
        }
        INDArray x = batches[0].features();
        if (!models.get(0).toString().contains("rrelu")) { // which draws in testing too
            assertClose(numbers(models.get(0).predict(x)), numbers(models.get(1).predict(x)), type);
        }
        assertThat(state(models.get(0)).maxDifference(state(models.get(1)))).isLessThan(1e-3); // statistics too
    }

    private static void assertAgree(
            List<Chain> models, List<Optimiser> optimisers, DataType type, LossFunction loss, Batch batch) {
        if (batch.size() == 1 && models.get(0).toString().contains("BatchNorm")) {
            assertAllRefuse(models, optimisers, loss, batch);
            return;
        }
        double[] losses = new double[2];
        for (int i = 0; i < 2; i++) {
            seed(33); // for what draws while training
            losses[i] = train(loss, models.get(i), List.of(batch), optimisers.get(i));
        }

        assertClose(new double[] {losses[0]}, new double[] {losses[1]}, type);
        assertClose(
                numbers(models.get(0).flatParameters()), numbers(models.get(1).flatParameters()), type);
    }

    /** One example has no variance. */
    private static void assertAllRefuse(
            List<Chain> models, List<Optimiser> optimisers, LossFunction loss, Batch batch) {
        for (int i = 0; i < models.size(); i++) {
            Chain model = models.get(i);
            Optimiser optimiser = optimisers.get(i);
            State before = state(model);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> train(loss, model, List.of(batch), optimiser))
                    .withMessageContaining("can't train on a batch of 1 example");
            assertThat(state(model)).isEqualTo(before);
        }
    }

    private static double[] numbers(INDArray array) {
        return Tensors.toDoubles(array);
    }

    private static final INDArray X = rows(new double[] {0.5, -1}, new double[] {1, 0.25}, new double[] {-0.5, 0.75});

    /** Predictions that suit the loss: numbers of either sign, or above zero where it takes logarithms of them. */
    private static Chain head(LossFunction loss) {
        boolean logarithms = !List.of(
                        MSE, MAE, HUBER, LOGITCROSSENTROPY, LOGITBINARYCROSSENTROPY, HINGE_LOSS, SQUARED_HINGE_LOSS)
                .contains(loss);
        return logarithms ? chain(dense(2, 3, TANH), dense(3, 2, SIGMOID)) : chain(dense(2, 3, TANH), dense(3, 2));
    }

    static Stream<Arguments> lossesOfEachType() {
        return LossSamples.all().stream().flatMap(sample -> types().map(type -> Arguments.of(sample, type)));
    }

    @ParameterizedTest
    @MethodSource("lossesOfEachType")
    void agreeOnEveryLossWithAndWithoutWeights(LossSamples.Sample sample, DataType type) {
        INDArray y = sample.targets();
        Supplier<Chain> model = () -> head(sample.loss());
        assertAgree(model, type, sample.loss(), descent(0.05), batch(X, y));
        assertAgree(model, type, sample.loss(), descent(0.05), batch(X, y, column(0.5, 2, 0)));
        if (sample.isOfTerms()) {
            assertAgree(model, type, sample.loss().sum(), descent(0.05), batch(X, y));
        }
    }

    static Stream<Arguments> rulesOfEachType() {
        return Rules.all().stream().flatMap(known -> types().map(type -> Arguments.of(known.rule(), type)));
    }

    @ParameterizedTest
    @MethodSource("rulesOfEachType")
    void agreeOnEveryRule(Rule rule, DataType type) {
        assertAgree(() -> chain(dense(2, 3, TANH), dense(3, 2)), type, MSE, rule, batch(X, X.mul(2)));
    }

    static Stream<Arguments> layersOfEachType() {
        return Layers.ofBothEngines().stream().flatMap(known -> types().map(type -> Arguments.of(known, type)));
    }

    private static final INDArray WIDE = numbers(5, 2);
    private static final INDArray AIMS = numbers(5, 2).muli(0.5);

    private static INDArray numbers(int rows, int columns) {
        double[] values = new SplittableRandom(rows + columns)
                .doubles((long) rows * columns, -2, 2)
                .toArray();
        return Tensors.of(DataType.FLOAT, values, rows, columns);
    }

    /** The same examples, lying differently. */
    static Stream<Named<Batch>> layouts() {
        return Stream.of(
                Named.of("rows", batch(WIDE, AIMS)),
                Named.of("columns", batch(WIDE.dup('f'), AIMS.dup('f'))),
                Named.of("transposed", batch(WIDE.transpose().dup('c').transpose(), AIMS)),
                Named.of("strided", batch(strided(WIDE), strided(AIMS))),
                Named.of("behind others", batch(behindOthers(WIDE), behindOthers(AIMS))),
                Named.of("one row", batch(WIDE.getRow(2, true), AIMS.getRow(2, true))),
                Named.of("FLOAT64", batch(WIDE.castTo(DataType.DOUBLE), AIMS.castTo(DataType.DOUBLE))),
                Named.of("INT", batch(WIDE.castTo(DataType.INT32), AIMS.castTo(DataType.INT32))));
    }

    /** Every other column of a wider array. */
    private static INDArray strided(INDArray array) {
        INDArray wider = Tensors.zeros(array.dataType(), array.rows(), 2L * array.columns());
        wider.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, wider.columns()))
                .assign(array);
        return wider.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, wider.columns()));
    }

    /** The last rows of a longer array. */
    private static INDArray behindOthers(INDArray array) {
        INDArray longer = Tensors.zeros(array.dataType(), array.rows() + 3L, array.columns());
        longer.get(NDArrayIndex.interval(3, longer.rows()), NDArrayIndex.all()).assign(array);
        return longer.get(NDArrayIndex.interval(3, longer.rows()), NDArrayIndex.all());
    }

    private static INDArray first(int rows, INDArray array) {
        return array.get(NDArrayIndex.interval(0, rows), NDArrayIndex.all());
    }

    @ParameterizedTest
    @MethodSource("layersOfEachType")
    void agreeOnEveryLayerAndLayout(Layers.Known known, DataType type) {
        Batch[] batches = layouts().map(Named::getPayload).toArray(Batch[]::new);
        assertAgree(known::inChain, type, MSE, descent(0.05), batches);
    }

    static Stream<Arguments> layoutsOnEveryEngine() {
        return layouts()
                .limit(5)
                .flatMap(layout -> ForcedEngine.ALL.stream()
                        .flatMap(engine -> types().map(type -> Arguments.of(layout, engine, type))));
    }

    @ParameterizedTest
    @MethodSource("layoutsOnEveryEngine")
    void theLayoutMakesNoDifference(Batch batch, String engine, DataType type) {
        seed(32);
        Chain model = ForcedEngine.on(engine, Layer.copyAs(type, chain(dense(2, 3, TANH), dense(3, 2))));
        Chain twin = ForcedEngine.on(engine, copy(model));
        train(MSE, model, List.of(batch, batch), setup(adam(), model));
        train(MSE, twin, List.of(batch(WIDE, AIMS), batch(WIDE, AIMS)), setup(adam(), twin));

        assertClose(numbers(model.flatParameters()), numbers(twin.flatParameters()), type);
    }

    /**
     * Sizes at which the lean engine calls BLAS. No bias in front of a batch normalisation, since it has no gradient but for rounding, of
     * which Adam would make steps.
     */
    static Stream<Arguments> largeModels() {
        return Stream.<Named<Supplier<Chain>>>of(
                        Named.of("dense", () -> chain(dense(40, 64, TANH), dense(64, 30, RELU), dense(30, 3))),
                        Named.of(
                                "no bias",
                                () -> chain(
                                        dense(40, 64, SWISH).withoutBias(),
                                        dense(64, 3).withoutBias())),
                        Named.of(
                                "normalised",
                                () -> chain(
                                        dense(40, 64).withoutBias(),
                                        batchNorm(64, RELU),
                                        layerNorm(64),
                                        dense(64, 3, SOFTMAX))),
                        Named.of(
                                "kernel first",
                                () -> chain(batchNorm(40), dropout(0.2), dense(40, 64, GELU), dense(64, 3))),
                        Named.of("kernel last", () -> chain(dense(40, 64, ELU), dense(64, 3), scale(3), LOGSOFTMAX)))
                .flatMap(model -> types().map(type -> Arguments.of(model, type)));
    }

    @ParameterizedTest
    @MethodSource("largeModels")
    void agreeOnLargeLayersAndBatches(Supplier<Chain> make, DataType type) {
        INDArray x = numbers(33, 40);
        INDArray y = numbers(33, 3);
        INDArray few = first(31, x);
        INDArray fewTargets = first(31, y);
        Batch[] batches = {
            batch(x, y),
            batch(x.dup('f'), y),
            batch(strided(x), strided(y)),
            batch(few, fewTargets),
            batch(few.dup('f'), fewTargets),
            batch(x.getRow(7, true), y.getRow(7, true))
        };
        assertAgree(make, type, MSE, descent(0.01), batches);
        assertAgree(make, type, MSE, adam(0.01), batches[0]);
    }

    /** So many weights that threads share products; few rows go another way than many. */
    @ParameterizedTest
    @MethodSource("types")
    void agreeOnManyWeights(DataType type) {
        INDArray x = numbers(40, 300);
        INDArray y = numbers(40, 3);
        INDArray few = first(6, x);
        INDArray fewTargets = first(6, y);
        Batch[] batches = {
            batch(x, y),
            batch(x.dup('f'), y),
            batch(few, fewTargets),
            batch(few.dup('f'), fewTargets),
            batch(x.getRow(7, true), y.getRow(7, true))
        };
        assertAgree(
                () -> chain(dense(300, 200, TANH), dense(200, 301, RELU).withoutBias(), dense(301, 3)),
                type,
                MSE,
                descent(0.01),
                batches);
    }

    /** So many rows that threads share them; all of the losses' ways to be computed. */
    @ParameterizedTest
    @MethodSource("types")
    void agreeOnBatchesOfManyRows(DataType type) {
        INDArray x = numbers(1501, 10);
        INDArray y = numbers(1501, 3);
        INDArray weights = numbers(1501, 1).mul(0.25).add(1);
        LossFunction own =
                LossFunction.of("own", (p, t) -> p.sub(t).mul(p.sub(t)).mean());
        Supplier<Chain> make = () -> chain(dense(10, 40, TANH), dense(40, 20).withoutBias(), SWISH, dense(20, 3));
        assertAgree(make, type, MSE, descent(0.01), batch(x, y), batch(x.dup('f'), y), batch(strided(x), strided(y)));
        assertAgree(make, type, MAE.sum(), descent(1e-5), batch(x, y, weights));
        assertAgree(make, type, own, adam(0.01), batch(x, y));
    }

    /** From one row to so many that threads share them, which only one caller at a time gets. */
    @Test
    void predictionsForManyThreadsAreThoseForOne() {
        List<INDArray> batches = IntStream.range(0, 60)
                .mapToObj(i -> numbers(1 + 13 * (i % 20), 30))
                .toList();
        for (String engine : ForcedEngine.ALL) {
            Chain model = ForcedEngine.on(engine, chain(dense(30, 300, TANH), dense(300, 3)));
            List<double[]> expected =
                    batches.stream().map(x -> numbers(model.predict(x))).toList();
            IntStream.range(0, 600).parallel().map(i -> i % 60).forEach(i -> {
                double[] predictions = numbers(model.predict(batches.get(i)));
                assertClose(predictions, expected.get(i), DataType.FLOAT);
            });
        }
    }

    @Test
    void aDivergenceLeavesTheParametersOfALargeModelAsTheyWere() {
        Chain model = chain(dense(10, 40, TANH), dense(40, 3));
        INDArray x = numbers(4000, 10);
        INDArray y = numbers(4000, 3).muli(1e30f);
        double[] before = numbers(model.flatParameters());
        assertThatThrownBy(() -> train(MSE, model, List.of(batch(x, y)), setup(descent(), model)))
                .isInstanceOf(DivergedException.class);
        assertThat(numbers(model.flatParameters())).isEqualTo(before);
    }

    @Test
    void agreeFromBatchToBatchOfOtherSizesAndArrays() {
        List<Batch> batches = List.of(
                batch(numbers(7, 2), numbers(7, 2)),
                batch(numbers(1, 2), numbers(1, 2)),
                batch(numbers(300, 2).dup('f'), numbers(300, 2)),
                batch(strided(numbers(7, 2)), numbers(7, 2)),
                batch(numbers(2, 2), numbers(2, 2), column(1, 3)));
        List<Chain> models = onEach(() -> chain(dense(2, 8, TANH), dense(8, 2)), DataType.DOUBLE);
        for (Chain model : models) {
            Optimiser optimiser = setup(adam(0.01), model);
            for (int epoch = 0; epoch < 3; epoch++) {
                train(MSE, model, batches, optimiser);
                model.predict(numbers(4, 2)); // in between, of another size
            }
        }

        assertClose(
                numbers(models.get(0).flatParameters()), numbers(models.get(1).flatParameters()), DataType.DOUBLE);
    }

    @Test
    void seeParametersAndFeaturesThatWereChangedInPlace() {
        for (String engine : ForcedEngine.ALL) {
            Chain model = ForcedEngine.on(engine, chain(dense(2, 30), dense(30, 2)));
            INDArray x = numbers(20, 2);
            INDArray before = model.predict(x);
            x.muli(2);
            assertThat(model.predict(x)).as(engine).isNotEqualTo(before);
            model.flatParameters().assign(0);
            assertThat(numbers(model.predict(x))).as(engine).containsOnly(0);
        }
    }
}
