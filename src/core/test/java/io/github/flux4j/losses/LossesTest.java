package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.Flux4j;
import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.engine.LossInput;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every loss against the numbers of Flux's documentation and test suite, finite differences and itself. */
class LossesTest {

    private static final double ROUNDINGS = 1e-13; // relative, Float64; a few terms, some of which cancel
    private static final double FLOAT32 = 1e-6; // relative; golden numbers printed in Float32
    private static final double STEP = 1e-6;

    /** Central differences: h²·f‴/6 and rounding of ε/h. */
    private static final double DIFFERENCES = 3e-9;

    static List<LossSamples.Sample> samples() {
        return LossSamples.all();
    }

    @Test
    void allAreTestedAndAreWords() {
        List<String> tested =
                samples().stream().map(LossSamples.Sample::toString).toList();
        List<Object> words = Arrays.stream(Flux4j.class.getFields())
                .filter(field -> field.getType() == LossFunction.class)
                .map(LossesTest::value)
                .toList();

        assertThat(Losses.all()).allSatisfy(loss -> assertThat(tested).contains(loss.toString()));
        assertThat(words).containsExactlyInAnyOrderElementsOf(Losses.all());
        assertThat(Arrays.stream(Losses.class.getFields())
                        .filter(field -> Modifier.isStatic(field.getModifiers()))
                        .map(LossesTest::value))
                .containsExactlyInAnyOrderElementsOf(Losses.all());
    }

    private static Object value(java.lang.reflect.Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyOneCanBeBoundToAModelByItsWord() throws ReflectiveOperationException {
        Dense model = dense(2, 2);
        for (LossFunction loss : Losses.all()) {
            String word = loss.toString().equals("huber_loss") ? "huber" : camelCase(loss.toString());
            Object bound = Flux4j.class.getMethod(word, Layer.class).invoke(null, model);
            assertThat(bound).isEqualTo(new Loss(loss, model));
        }
    }

    private static String camelCase(String name) {
        StringBuilder word = new StringBuilder();
        for (String part : name.split("_")) {
            word.append(word.isEmpty() ? part.charAt(0) : part.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(part.substring(1));
        }
        return word.toString();
    }

    // Flux's arrays are given as they stand there, one example a column, and transposed.

    private static INDArray f64(double[]... rows) {
        return Tensors.ofRows(DataType.DOUBLE, rows).transpose();
    }

    private static INDArray f32(double[]... rows) {
        return rows(rows).transpose();
    }

    private static double[] row(double... values) {
        return values;
    }

    private static double[] range(int from, int to) {
        double[] values = new double[to - from + 1];
        Arrays.setAll(values, i -> from + i);
        return values;
    }

    private record Printed(String call, Supplier<Double> value, double expected, double tolerance) {
        @Override
        public String toString() {
            return call;
        }
    }

    private static Printed in64(String call, Supplier<Double> value, double expected) {
        return new Printed(call, value, expected, ROUNDINGS * Math.max(1, Math.abs(expected)));
    }

    private static Printed in32(String call, Supplier<Double> value, double expected) {
        return new Printed(call, value, expected, FLOAT32 * Math.max(1, Math.abs(expected)));
    }

    static Stream<Printed> documented() {
        INDArray oneToThree = f64(row(1, 2, 3));
        INDArray near = f64(row(1.1, 2.1, 3.1));
        INDArray softmaxed =
                SOFTMAX.predict(rows(range(-7, -5), range(-4, -2), range(-1, 1), range(2, 4), range(5, 7)));
        INDArray hot = onehotbatch(List.of(0, 1, 2, 1, 0), List.of(0, 1, 2));
        INDArray logits = rows(
                row(-9, -8, -7),
                row(-6, -5, -4),
                row(-3, -2, -1),
                row(0, 0, 1),
                row(2, 3, 4),
                row(5, 6, 7),
                row(8, 9, 7.5));
        INDArray letters = onehotbatch(List.of("a", "b", "c", "a", "b", "a", "a"), List.of("a", "b", "c"));
        INDArray scores = f64(row(0.1, 0.3, 1, 1.5));
        INDArray signs = f64(row(1, -1, 1, 1));
        INDArray halves = f64(row(0.5, 0.5), row(0.5, 0.5));
        INDArray identity = f64(row(1, 0), row(0, 1));
        INDArray distances = f64(row(0.5, 1.5, 2.5));
        return Stream.of(
                in64("mae", () -> MAE.of(f64(row(1.1, 1.9, 3.1)), oneToThree), 0.10000000000000009),
                in64("mse", () -> MSE.of(f64(row(1.1, 1.9, 3.1)), oneToThree), 0.010000000000000018),
                in32("msle", () -> MSLE.of(f32(row(1.1, 2.2, 3.3)), f32(row(1, 2, 3))), 0.009084041),
                in32("msle of less", () -> MSLE.of(f32(row(0.9, 1.8, 2.7)), f32(row(1, 2, 3))), 0.011100831),
                in64("huber_loss", () -> HUBER.of(near, oneToThree), 0.005000000000000009),
                in64("huber_loss, delta=0.05", () -> huber(0.05).of(near, oneToThree), 0.003750000000000005),
                in32("crossentropy", () -> CROSSENTROPY.of(softmaxed, hot), 1.6076053),
                in32("crossentropy; agg=sum", () -> CROSSENTROPY.sum().of(softmaxed, hot), 5 * 1.6076053),
                in32("smoothed", () -> CROSSENTROPY.of(softmaxed, labelSmoothing(hot, 0.15)), 1.5776052),
                in32("logitcrossentropy", () -> LOGITCROSSENTROPY.of(logits, letters), 1.5791205),
                in32(
                        "binarycrossentropy",
                        () -> BINARYCROSSENTROPY.of(f32(row(0.731059, 0.5, 0.731059)), f32(row(1, 0, 1))),
                        0.43989),
                in32(
                        "logitbinarycrossentropy",
                        () -> LOGITBINARYCROSSENTROPY.of(f32(row(2, -1, Math.PI)), f32(row(1, 0, 1))),
                        0.160832),
                in64("kldivergence", () -> KLDIVERGENCE.of(halves, identity), Math.log(2)),
                in64("kldivergence; agg=sum", () -> KLDIVERGENCE.sum().of(halves, identity), 2 * Math.log(2)),
                in64("poisson_loss", () -> POISSON_LOSS.of(f64(row(1, 3, 3)), oneToThree), 0.5023128522198171),
                in64("hinge_loss", () -> HINGE_LOSS.of(scores, signs), 0.55),
                in64("squared_hinge_loss", () -> SQUARED_HINGE_LOSS.of(scores, signs), 0.625),
                in64("dice_coeff_loss", () -> DICE_COEFF_LOSS.of(near, oneToThree), 0.000992391663909964),
                in64("tversky_loss", () -> TVERSKY_LOSS.of(halves, identity), 1 - 2 / 3.0), // by hand
                in64(
                        "siamese_contrastive_loss",
                        () -> SIAMESE_CONTRASTIVE_LOSS.of(distances, oneToThree),
                        -4.833333333333333),
                in64(
                        "siamese_contrastive_loss, margin=2",
                        () -> siameseContrastiveLoss(2).of(distances, oneToThree),
                        -4));
    }

    /** Of Flux's {@code test/losses.jl}. */
    static Stream<Printed> tested() {
        INDArray y = f64(row(1, 1, 0, 0));
        INDArray p = f64(row(.9, .1, .1, .9));
        INDArray hot = f64(row(0, 0, 1, 1), row(1, 1, 0, 0));
        INDArray chances = f64(row(.1, .9, .9, .1), row(.9, .1, .1, .9));
        double v = Math.log(.1 / .9);
        INDArray logits = f64(row(v, 0, 0, v), row(0, v, v, 0));
        INDArray dice = f64(row(0, 1.4, 0.5, 1.2));
        INDArray diceY = f64(row(1.0, 0.5, 0.3, 2.4));
        INDArray binaryY = f64(row(0, 1, 0), row(1, 0, 1));
        INDArray binary = f64(row(0.268941, 0.5, 0.268941), row(0.731059, 0.5, 0.731059));
        INDArray softmaxed =
                SOFTMAX.predict(rows(range(-7, -5), range(-4, -2), range(-1, 1), range(2, 4), range(5, 7)));
        INDArray classes = onehotbatch(List.of(0, 1, 2, 1, 0), List.of(0, 1, 2));
        INDArray pairs = f64(row(0.4, 0.2), row(0.5, 0.5), row(0.1, 0.3));
        INDArray pairsY = f64(row(1, 0), row(0, 0), row(0, 1));
        INDArray five = f64(row(0.6, 0.4, 0.1, 0.2, 0.7));
        return Stream.of(
                in64("mse", () -> MSE.of(p, y), (.1 * .1 + .9 * .9) / 2),
                in64("mae", () -> MAE.of(p, y), 0.5),
                in64("huber", () -> HUBER.of(p, y), 0.20500000000000002),
                in64("msle", () -> MSLE.of(f64(row(345, 332, 789)), f64(row(123, 456, 789))), 0.38813985859136585),
                in64("crossentropy", () -> CROSSENTROPY.of(chances, hot), 1.203972804325936),
                in64(
                        "crossentropy, smoothed",
                        () -> CROSSENTROPY.of(chances, labelSmoothing(hot, 0.1)),
                        1.2039728043259348),
                in64("logitcrossentropy", () -> LOGITCROSSENTROPY.of(logits, hot), 1.203972804325936),
                in64(
                        "kldivergence",
                        () -> KLDIVERGENCE.of(f64(row(4), row(5), row(6)), f64(row(1), row(2), row(3))),
                        6 * Math.log(1)
                                + 2 * Math.log(2)
                                + 3 * Math.log(3)
                                - Math.log(4)
                                - 2 * Math.log(5)
                                - 3 * Math.log(6)),
                in64(
                        "kldivergence, one class",
                        () -> KLDIVERGENCE.of(f64(row(4, 5, 6)), f64(row(1, 2, 3))),
                        -1.7661057888493457),
                in64("hinge", () -> HINGE_LOSS.of(f64(row(5, 6, 7, 8)), f64(row(1, 2, 3, 4))), 0),
                in64("hinge, half", () -> HINGE_LOSS.of(f64(row(1, 2, 3, 4)), f64(row(.5, 1, 1.5, 2))), 0.125),
                in64(
                        "squared hinge, half",
                        () -> SQUARED_HINGE_LOSS.of(f64(row(1, 2, 3, 4)), f64(row(.5, 1, 1.5, 2))),
                        0.0625),
                in64(
                        "poisson",
                        () -> POISSON_LOSS.of(f64(row(0.4, 0.5, 0.6)), f64(row(0.1, 0.2, 0.3))),
                        0.6278353988097339),
                in64("dice", () -> DICE_COEFF_LOSS.of(dice, diceY), 0.2799999999999999),
                in64("dice of the same", () -> DICE_COEFF_LOSS.of(diceY, diceY), 0),
                in64("tversky", () -> TVERSKY_LOSS.of(dice, diceY), -0.06772009029345383),
                in64("tversky, beta=0.8", () -> tverskyLoss(0.8).of(dice, diceY), -0.09490740740740744),
                in64("tversky of the same", () -> TVERSKY_LOSS.of(diceY, diceY), -0.5576923076923075),
                in64("binary focal", () -> BINARY_FOCAL_LOSS.of(binary, binaryY), 0.0728675615927385),
                in64(
                        "binary focal, other",
                        () -> BINARY_FOCAL_LOSS.of(f64(row(0.6, 0.3), row(0.4, 0.7)), f64(row(1, 0), row(0, 1))),
                        0.05691642237852222),
                in64(
                        "binary focal, gamma=0",
                        () -> binaryFocalLoss(0).of(binary, binaryY),
                        BINARYCROSSENTROPY.of(binary, binaryY)),
                // Flux's own tolerance for it is 3e-4; in exact arithmetic the formula gives 1.1277556
                new Printed("focal", () -> FOCAL_LOSS.of(softmaxed, classes), 1.1277571935622628, 2e-6),
                in64("focal, other", () -> FOCAL_LOSS.of(pairs, pairsY), 0.45990566879720157),
                in32("focal, gamma=0", () -> focalLoss(0).of(softmaxed, classes), 1.6076053),
                in64("siamese", () -> SIAMESE_CONTRASTIVE_LOSS.of(pairs, pairsY), 0.2333333333333333),
                in64("siamese, margin=0.5", () -> siameseContrastiveLoss(0.5).of(pairs, pairsY), 0.10000000000000002),
                in64("siamese, margin=1.5", () -> siameseContrastiveLoss(1.5).of(pairs, pairsY), 0.5333333333333333),
                in64("siamese, margin=0", () -> siameseContrastiveLoss(0).of(pairs, pairsY), 0.09166666666666667),
                in32("siamese in Float32", () -> SIAMESE_CONTRASTIVE_LOSS.of(softmaxed, classes), 0.32554644),
                in32(
                        "siamese in Float32, margin=1.5",
                        () -> siameseContrastiveLoss(1.5).of(softmaxed, classes),
                        0.6532292),
                in64(
                        "siamese of pairs",
                        () -> SIAMESE_CONTRASTIVE_LOSS.of(five, f64(row(1, 0, 0, 1, 1))),
                        0.21200000000000005),
                in64("siamese of the same", () -> SIAMESE_CONTRASTIVE_LOSS.of(five, five), 0.18800000000000003));
    }

    @ParameterizedTest
    @MethodSource({"documented", "tested"})
    void isWhatFluxPrints(Printed printed) {
        assertThat(printed.value().get()).isCloseTo(printed.expected(), within(printed.tolerance()));
    }

    @Test
    void aClassOfNoChanceThatDidNotHappenCountsNothing() {
        // Flux's test: crossentropy([0.1,0.0,0.9], same) ≈ crossentropy([0.1,0.9], same); a vector is one example
        INDArray three = Tensors.of(DataType.DOUBLE, new double[] {0.1, 0, 0.9}, 3);
        INDArray two = Tensors.of(DataType.DOUBLE, new double[] {0.1, 0.9}, 2);

        assertThat(CROSSENTROPY.of(three, three)).isCloseTo(CROSSENTROPY.of(two, two), within(ROUNDINGS));
        assertThat(KLDIVERGENCE.of(three, three)).isCloseTo(KLDIVERGENCE.of(two, two), within(ROUNDINGS));
    }

    static Stream<Arguments> samplesAndWeights() {
        return samples().stream()
                .flatMap(sample ->
                        Stream.of(Arguments.of(sample, null), Arguments.of(sample, new double[] {0.5, 2, 0})));
    }

    private static double value(LossFunction loss, double[] p, double[] y, double[] weights, double[] gradient) {
        return loss.evaluate(new LossInput(p, y, weights, 3, 2, Math.ulp(1.0)), gradient);
    }

    private static void assertGradient(LossFunction loss, LossSamples.Sample sample, double[] weights) {
        double[] p = Tensors.toDoubles(sample.predictions());
        double[] y = Tensors.toDoubles(sample.targets());
        double[] gradient = new double[6];
        value(loss, p, y, weights, gradient);
        for (int i = 0; i < p.length; i++) {
            double before = p[i];
            p[i] = before + STEP;
            double above = value(loss, p, y, weights, null);
            p[i] = before - STEP;
            double below = value(loss, p, y, weights, null);
            p[i] = before;
            assertThat(gradient[i]).as("∂/∂ŷ%s", i).isCloseTo((above - below) / (2 * STEP), within(DIFFERENCES));
        }
    }

    @ParameterizedTest
    @MethodSource("samplesAndWeights")
    void hasTheGradientOfFiniteDifferences(LossSamples.Sample sample, double[] weights) {
        assertGradient(sample.loss(), sample, weights);
        if (sample.isOfTerms()) {
            assertGradient(sample.loss().sum(), sample, weights);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void givesItsGradientInThePredictionsShapeAndType(LossSamples.Sample sample) {
        INDArray exact = sample.loss().gradient(sample.predictions(), sample.targets());
        INDArray coarse = sample.loss()
                .gradient(
                        sample.predictions().castTo(DataType.FLOAT),
                        sample.targets().castTo(DataType.FLOAT));
        double[] raw = new double[6];
        value(sample.loss(), Tensors.toDoubles(sample.predictions()), Tensors.toDoubles(sample.targets()), null, raw);

        assertThat(Tensors.toDoubles(exact)).containsExactly(raw);
        assertThat(exact.shape()).containsExactly(3, 2);
        assertThat(exact.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(coarse.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(Tensors.toDoubles(coarse)).containsExactly(raw, within(1e-5)); // ŷ near 0.1 rounded, and 1/ŷ²
    }

    @ParameterizedTest
    @MethodSource("samples")
    void inFloat32IsCloseToFloat64(LossSamples.Sample sample) {
        double exact = sample.loss().of(sample.predictions(), sample.targets());

        assertThat(sample.loss()
                        .of(
                                sample.predictions().castTo(DataType.FLOAT),
                                sample.targets().castTo(DataType.FLOAT)))
                .isCloseTo(exact, within(3e-6)); // ŷ rounded, ε = 1.2e-7 added
    }

    static Stream<LossSamples.Sample> samplesOfTerms() {
        return samples().stream().filter(LossSamples.Sample::isOfTerms);
    }

    @ParameterizedTest
    @MethodSource("samplesOfTerms")
    void isTheMeanOrTheSumOfItsExamples(LossSamples.Sample sample) {
        INDArray p = sample.predictions();
        INDArray y = sample.targets();
        LossFunction loss = sample.loss();
        double[] each = Tensors.toDoubles(loss.perExample(p, y));
        double[] eachSum = Tensors.toDoubles(loss.sum().perExample(p, y));

        assertThat(each).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(each[i]).isCloseTo(loss.of(p.getRow(i, true), y.getRow(i, true)), within(ROUNDINGS));
        }
        assertThat(loss.of(p, y)).isCloseTo(DoubleStream.of(each).average().orElseThrow(), within(ROUNDINGS));
        assertThat(loss.sum().of(p, y)).isCloseTo(DoubleStream.of(eachSum).sum(), within(ROUNDINGS));
        assertThat(loss.sum()).hasToString(loss + "; agg=sum");
    }

    @ParameterizedTest
    @MethodSource("samplesOfTerms")
    void weightsMultiplyItsExamples(LossSamples.Sample sample) {
        INDArray p = sample.predictions();
        INDArray y = sample.targets();
        double[] weights = {0.5, 2, 0};
        double[] each = Tensors.toDoubles(sample.loss().perExample(p, y));

        // agg = x -> mean(w .* x)
        assertThat(sample.loss().of(p, y, column(weights)))
                .isCloseTo((0.5 * each[0] + 2 * each[1]) / 3, within(ROUNDINGS));
        assertThat(sample.loss().of(p, y, column(1, 1, 1)))
                .isCloseTo(sample.loss().of(p, y), within(ROUNDINGS));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aWeightOfTwoIsTheExampleTwice(LossSamples.Sample sample) {
        LossFunction loss = sample.isOfTerms() ? sample.loss().sum() : sample.loss();
        INDArray twice =
                rows(row(1, 0, 0), row(0, 1, 0), row(0, 1, 0), row(0, 0, 1)).castTo(DataType.DOUBLE);

        assertThat(loss.of(sample.predictions(), sample.targets(), column(1, 2, 1)))
                .isCloseTo(loss.of(twice.mmul(sample.predictions()), twice.mmul(sample.targets())), within(ROUNDINGS));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void weightsAreOneAnExample(LossSamples.Sample sample) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sample.loss().of(sample.predictions(), sample.targets(), column(1, 2)))
                .withMessage(sample.loss()
                        + " expects one weight per example, but there are 3 examples and weights have shape [2, 1]");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void neverBroadcasts(LossSamples.Sample sample) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        sample.loss().of(sample.predictions(), sample.targets().getColumn(0, true)))
                .withMessageStartingWith(sample.loss()
                        + " expects targets of the predictions' shape [3, 2], but the targets have shape [3, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sample.loss().perExample(sample.predictions().transpose(), sample.targets()))
                .withMessageContaining("[2, 3]");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void passesNaNOn(LossSamples.Sample sample) {
        INDArray p = sample.predictions();
        p.putScalar(1, 1, Double.NaN);
        INDArray y = sample.targets();
        y.putScalar(1, 1, Double.NaN);

        assertThat(sample.loss().of(p, sample.targets().assign(0.5))).isNaN();
        assertThat(sample.loss().of(sample.predictions(), y)).isNaN();
    }

    @Test
    void ofAWholeBatchThereIsNoSum() {
        for (LossFunction loss : List.of(DICE_COEFF_LOSS, TVERSKY_LOSS)) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(loss::sum)
                    .withMessage(loss + " is computed from a whole batch: it has nothing to sum");
        }
    }

    /** Predictions of exactly 0 and 1 that are wrong, and that are right; ε is the type's. */
    @ParameterizedTest
    @CsvSource({"FLOAT, 15.942385", "DOUBLE, 36.04365338911715"}) // −log(eps(T)), as Julia prints it
    void certaintiesThatAreWrongCostMinusTheLogarithmOfEpsilon(DataType type, double cost) {
        INDArray p = Tensors.ofRows(type, new double[][] {{0, 1}});
        INDArray wrong = Tensors.ofRows(type, new double[][] {{1, 0}});

        for (LossFunction loss :
                List.of(CROSSENTROPY, BINARYCROSSENTROPY, KLDIVERGENCE, focalLoss(0), binaryFocalLoss(0))) {
            assertThat(loss.of(p, wrong)).as(loss.toString()).isCloseTo(cost, within(FLOAT32 * cost));
            assertThat(Math.abs(loss.of(p, p))).as(loss.toString()).isLessThan(FLOAT32);
        }
        // (1 − ε)² = 1 but for a rounding
        assertThat(FOCAL_LOSS.of(p, wrong)).isCloseTo(cost, within(FLOAT32 * cost));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 1.5, 2, 3})
    void focalLossesAreFiniteForCertainties(double gamma) {
        INDArray p = rows(row(0, 1), row(1, 0));
        INDArray y = rows(row(1, 0), row(1, 0));

        for (LossFunction loss : List.of(focalLoss(gamma), binaryFocalLoss(gamma))) {
            assertThat(loss.of(p, y)).isFinite();
            assertThat(Arrays.stream(Tensors.toDoubles(loss.gradient(p, y)))).allMatch(Double::isFinite);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void itsGradientIsFiniteForCertainties(LossSamples.Sample sample) {
        if (sample.loss() == POISSON_LOSS) {
            return; // no expected count where something is counted costs infinitely much, in Flux too
        }
        INDArray p = rows(row(0, 1), row(1, 0), row(0, 1));
        INDArray y = rows(row(1, 0), row(1, 0), row(0, 1));

        assertThat(sample.loss().of(p, y)).isFinite();
        assertThat(Arrays.stream(Tensors.toDoubles(sample.loss().gradient(p, y))))
                .allMatch(Double::isFinite);
    }

    @ParameterizedTest
    @CsvSource({"lean, FLOAT", "lean, DOUBLE", "dl4j, FLOAT", "dl4j, DOUBLE"})
    void logitLossesAreRightWhereProbabilitiesAreCertain(String engine, DataType type) {
        Dense model = ForcedEngine.on(engine, Layer.copyAs(type, dense(rows(row(1e4), row(-1e4)), null, IDENTITY)));
        INDArray x = Tensors.ofRows(type, new double[][] {{1}});
        INDArray wrong = Tensors.ofRows(type, new double[][] {{0, 1}});

        // by hand: −log softmax₂ = 2·10⁴ and softmax − y = (1, −1); mean of 10⁴ and 10⁴, (σ − y)/2 = (½, −½)
        var classes = withGradient(LOGITCROSSENTROPY, model, x, wrong);
        assertThat(classes.loss()).isEqualTo(2e4);
        assertThat(Tensors.toDoubles(classes.gradient().flat())).containsExactly(1, -1);
        var binary = withGradient(LOGITBINARYCROSSENTROPY, model, x, wrong);
        assertThat(binary.loss()).isEqualTo(1e4);
        assertThat(Tensors.toDoubles(binary.gradient().flat())).containsExactly(0.5, -0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void trainsOnCertaintiesWithEveryLossForThem(String engine) {
        for (LossFunction loss :
                List.of(CROSSENTROPY, BINARYCROSSENTROPY, KLDIVERGENCE, FOCAL_LOSS, BINARY_FOCAL_LOSS)) {
            Chain model = ForcedEngine.on(engine, chain(dense(rows(row(1e4), row(-1e4)), null, IDENTITY), SOFTMAX));
            double value = train(loss, model, List.of(batch(column(1), rows(row(0, 1)))), setup(descent(), model));

            assertThat(value).as(loss.toString()).isFinite().isGreaterThan(7);
            assertThat(Arrays.stream(Tensors.toDoubles(model.flatParameters()))).allMatch(Double::isFinite);
        }
    }

    @Test
    void labelsAreSmoothedAsFluxsDocumentationShows() {
        INDArray hot = onehotbatch(List.of(1, 1, 1, 0, 1, 0), List.of(0, 1));

        assertThat(Tensors.toDoubles(labelSmoothing(hot, 0.2).transpose()))
                .containsExactly(
                        new double[] {0.1, 0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.9, 0.9, 0.1, 0.9, 0.1}, within(FLOAT32));
        assertThat(Tensors.toDoubles(labelSmoothing(column(0, 1), 0.2, 0)))
                .containsExactly(new double[] {0.1, 0.9}, within(FLOAT32));
        assertThat(Tensors.toDoubles(labelSmoothing(rows(row(0, 0, 1, 0)), 0.2)))
                .containsExactly(new double[] {0.05, 0.05, 0.85, 0.05}, within(FLOAT32));
        assertThat(Tensors.toDoubles(hot.sum(1))).as("not overwritten").containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 1.2, -0.1, Double.NaN})
    void smoothingIsBetweenZeroAndOne(double alpha) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labelSmoothing(column(1), alpha))
                .withMessage("α must be between 0 and 1, but was " + alpha);
    }

    /** By hand, from each formula: no smoothing, errors of one kind alone, no focus, no margin, and an ε that leaves a quarter. */
    @Test
    void theEndsOfTheirNumbersAreAllowed() {
        INDArray half = f64(row(0.5));
        INDArray one = f64(row(1));
        INDArray zero = f64(row(0));
        INDArray hot = f64(row(1), row(0)); // one example, see above

        assertThat(diceCoeffLoss(0).of(hot, hot)).isZero();
        assertThat(tverskyLoss(0).of(half, one)).isEqualTo(0.25); // 1 − 1.5/(0.5 + 0.5 + 1)
        assertThat(tverskyLoss(1).of(half, one)).isZero(); // 1 − 1.5/(0.5 + 0 + 1)
        assertThat(focalLoss(0, 0).of(f64(row(0.5), row(0.5)), hot)).isEqualTo(Math.log(2), within(ROUNDINGS));
        assertThat(binaryFocalLoss(0, 0).of(half, one)).isEqualTo(Math.log(2), within(ROUNDINGS));
        assertThat(binaryFocalLoss(0, 0.25).of(half, zero)).isEqualTo(Math.log(4), within(ROUNDINGS));
        assertThat(siameseContrastiveLoss(0).of(half, one)).isZero();
    }

    @Test
    void infiniteNumbersOfLossesAreRefused() {
        List<DoubleFunction<LossFunction>> losses = List.of(
                Flux4j::huber,
                Flux4j::diceCoeffLoss,
                Flux4j::tverskyLoss,
                Flux4j::focalLoss,
                Flux4j::binaryFocalLoss,
                Flux4j::siameseContrastiveLoss,
                Flux4j::crossentropy);
        losses.forEach(loss -> assertThatIllegalArgumentException()
                .isThrownBy(() -> loss.apply(Double.POSITIVE_INFINITY))
                .withMessageEndingWith("but was Infinity"));
    }

    @Test
    void numbersOfLossesMustMakeSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> siameseContrastiveLoss(-0.5))
                .withMessage("margin must be finite and not negative, but was -0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> huber(0))
                .withMessage("δ of huber must be finite and > 0, but was 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> huber(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> tverskyLoss(1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> diceCoeffLoss(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> focalLoss(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> binaryFocalLoss(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labelSmoothing(column(1), 0.1, 2))
                .withMessage("dims should be either 0 (binary) or 1 (one-hot rows), but was 2");
    }
}
