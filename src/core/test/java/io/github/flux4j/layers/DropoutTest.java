package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.losses.LossFunction;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Dropout and AlphaDropout. */
class DropoutTest {

    private static final int MANY = 20_000;

    /** Four standard errors of a proportion, 4·√(0.25/20000). */
    private static final double PROPORTION = 0.015;

    private static final double FLOAT32 = 1e-6;
    private static final double SUM = 0.06; // of 1000 Float32 terms, up to 1000, each addition rounded by half of 6e-5

    /** selu(−∞) = −λ·α. */
    private static final double DROPPED = -1.7580993408473766;

    static Stream<Named<DoubleFunction<Layer>>> kinds() {
        return Stream.of(Named.of("Dropout", p -> dropout(p)), Named.of("AlphaDropout", p -> alphaDropout(p)));
    }

    private static INDArray ones(int n) {
        return Tensors.zeros(DataType.FLOAT, 1, n).assign(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void dropsThatShareAndScalesTheRest(double p) {
        seed(5);
        double[] y = Tensors.toDoubles(trainmode(dropout(p)).predict(ones(MANY)));
        double[] kept = Arrays.stream(y).filter(v -> v != 0).toArray();

        assertThat(1 - kept.length / (double) MANY).isCloseTo(p, within(PROPORTION));
        assertThat(Arrays.stream(kept))
                .allSatisfy(v -> assertThat(v).isCloseTo(1 / (1 - p), within(FLOAT32 / (1 - p))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void alphaDropoutKeepsMeanAndVariance(double p) {
        seed(6);
        SplittableRandom random = new SplittableRandom(7);
        double[] normal = new double[MANY];
        Arrays.setAll(normal, i -> io.github.flux4j.internal.arrays.Randomness.gaussian(random));
        INDArray y = trainmode(alphaDropout(p)).predict(Tensors.of(DataType.FLOAT, normal, 1, MANY));

        // the mean's standard error is 1/√20000 = 0.007; the variance's about twice that
        assertThat(y.meanNumber().doubleValue()).isCloseTo(0, within(0.03));
        assertThat(y.varNumber().doubleValue()).isCloseTo(1, within(0.06));
    }

    @Test
    void alphaDropoutIsItsFormula() {
        seed(8);
        double p = 0.3;
        double a = 1 / Math.sqrt((1 - p) * (1 + p * DROPPED * DROPPED));
        double b = -a * DROPPED * p;
        double[] y = Tensors.toDoubles(trainmode(alphaDropout(p)).predict(ones(MANY)));
        long kept =
                Arrays.stream(y).filter(v -> Math.abs(v - (a + b)) < FLOAT32).count();
        long dropped = Arrays.stream(y)
                .filter(v -> Math.abs(v - (a * DROPPED + b)) < FLOAT32)
                .count();

        assertThat(kept + dropped).isEqualTo(MANY);
        assertThat(dropped / (double) MANY).isCloseTo(p, within(PROPORTION));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void worksInTrainingOnlyUnlessForced(DoubleFunction<Layer> kind) {
        Layer layer = kind.apply(0.5);
        INDArray x = ones(100);
        assertThat(layer.predict(x)).isEqualTo(x);
        assertThat(trainingLoss(layer, x)).isPositive();

        testmode(layer);
        assertThat(layer.predict(x)).isEqualTo(x);
        assertThat(trainingLoss(layer, x)).isZero();

        trainmode(layer);
        assertThat(layer.predict(x)).isNotEqualTo(x);
        assertThat(trainingLoss(layer, x)).isPositive();

        automode(layer);
        assertThat(layer.predict(x)).isEqualTo(x);
    }

    /** How far the training pass is from the features themselves. */
    private static double trainingLoss(Layer layer, INDArray x) {
        return withGradient(MSE, layer, x, x).loss();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void modesReachIntoChains(DoubleFunction<Layer> kind) {
        Chain model = chain(chain(kind.apply(0.5)), scale(100));
        INDArray x = ones(100);

        assertThat(trainmode(model).predict(x)).isNotEqualTo(x);
        assertThat(testmode(model).predict(x)).isEqualTo(x);
        assertThat(trainingLoss(model, x)).isZero();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aCopyIsInTheSameMode(DoubleFunction<Layer> kind) {
        INDArray x = ones(100);

        assertThat(copy(trainmode(kind.apply(0.5))).predict(x)).isNotEqualTo(x);
        assertThat(trainingLoss(f64(testmode(kind.apply(0.5))), x)).isZero();
        assertThat(copy(trainmode(chain(kind.apply(0.5)))).predict(x)).isNotEqualTo(x);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void withZeroChangesNothingAndWithOneLeavesNothing(DoubleFunction<Layer> kind) {
        INDArray x = rows(new double[] {1, -2, 3});

        assertThat(trainmode(kind.apply(0)).predict(x)).isEqualTo(x);
        assertThat(trainmode(kind.apply(1)).predict(x)).isEqualTo(x.mul(0));
        Chain all = chain(dense(3, 3), kind.apply(1));
        assertThat(Tensors.toDoubles(withGradient(MSE, all, x, x).gradient().flat()))
                .containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void drawsAnewEachTimeAndTheSameForASeed(DoubleFunction<Layer> kind) {
        seed(9);
        Layer one = trainmode(kind.apply(0.5));
        INDArray first = one.predict(ones(100));
        INDArray second = one.predict(ones(100));
        seed(9);
        Layer other = trainmode(kind.apply(0.5));

        assertThat(second).isNotEqualTo(first);
        assertThat(other.predict(ones(100))).isEqualTo(first);
        assertThat(other.predict(ones(100))).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void theGradientGoesThroughWhatWasKept(String engine) {
        seed(10);
        Chain model = ForcedEngine.on(engine, chain(scale(1000), dropout(0.25)));
        LossFunction sum = LossFunction.of(
                "sum",
                (yhat, y) -> yhat.sumNumber().doubleValue(),
                (yhat, y) -> yhat.dup().assign(1));
        var step = withGradient(sum, model, ones(1000), ones(1000));
        double[] slopes = Tensors.toDoubles(step.gradient().of(((Scale) model.get(0)).bias()));

        // all x are 1 and all scales too, so the loss is the sum of the factors, and these are the slopes
        assertThat(Arrays.stream(slopes).sum()).isCloseTo(step.loss(), within(SUM));
        assertThat(Arrays.stream(slopes)).allMatch(v -> v == 0 || Math.abs(v - 4 / 3.0) < FLOAT32);
    }

    private static double[] sums(INDArray y, int dimension) {
        return Tensors.toDoubles(y.sum(dimension));
    }

    /** Flux's {@code dims = 2}, whose examples are columns: an example is kept as a whole or dropped as a whole. */
    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void withDims0DropsWholeRows(String engine) {
        seed(12);
        INDArray y = ForcedEngine.on(engine, trainmode(dropout(0.25).withDims(0)))
                .predict(Tensors.zeros(DataType.DOUBLE, 2000, 3).assign(1));
        double[] rows = sums(y, 1);

        assertThat(Arrays.stream(rows)).allMatch(sum -> sum == 0 || Math.abs(sum - 3 / 0.75) < FLOAT32);
        // four standard errors of a proportion of 2000, 4·√(0.25·0.75/2000)
        assertThat(Arrays.stream(rows).filter(sum -> sum == 0).count() / 2000.0).isCloseTo(0.25, within(0.04));
    }

    /** Flux's {@code dims = 1}: a feature is kept or dropped in all examples. */
    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void withDims1DropsWholeColumns(String engine) {
        seed(13);
        INDArray y = ForcedEngine.on(engine, trainmode(dropout(0.25).withDims(1)))
                .predict(Tensors.zeros(DataType.FLOAT, 3, 2000).assign(1));
        double[] columns = sums(y, 0);

        assertThat(Arrays.stream(columns)).allMatch(sum -> sum == 0 || Math.abs(sum - 3 / 0.75) < 3 * FLOAT32);
        assertThat(Arrays.stream(columns).filter(sum -> sum == 0).count() / 2000.0)
                .isCloseTo(0.25, within(0.04));
    }

    @Test
    void dimsAreKeptByACopyAndDoNothingInTesting() {
        Dropout layer = dropout(0.5).withDims(1);
        INDArray x = rows(new double[] {1, 2}, new double[] {3, 4});

        assertThat(layer.predict(x)).isEqualTo(x);
        assertThat(copy(trainmode(layer))).hasToString("Dropout(0.5, dims=1, active=true)");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void dimsAreThoseOfRowsAndColumns(int dims) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dropout(0.5).withDims(dims))
                .withMessage("Dropout's dims must be 0 (whole rows) or 1 (whole columns), but was " + dims);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aProbabilityIsFromZeroToOne(double p) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dropout(p))
                .withMessage("Dropout expects 0 ≤ p ≤ 1, but p was " + p);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> alphaDropout(p))
                .withMessage("AlphaDropout expects 0 ≤ p ≤ 1, but p was " + p);
    }
}
