package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.Flux4j;
import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Activations.Known;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Gradient;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
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

/** Every activation against its formula, NNlib's own numbers and finite differences, over the whole range and on both engines. */
class ActivationFormulasTest {

    private static final double FEW_ROUNDINGS = 1e-14; // Float64; the formulas cancel a digit or two
    private static final double ONE_ROUNDING = 1e-15;

    /** Central differences with h = 1e-5: h²·f‴/6 and rounding of ε/h. */
    private static final double DIFFERENCES = 1e-8;

    private static final double STEP = 1e-5;

    /** Some Float32 roundings; derivatives are made from a rounded f(x), as 1 − y² is. */
    private static final double FLOAT32 = 1e-6;

    /** Sum of ŷ, whose gradient is 1 everywhere, so that a bias before an activation gets its derivative. */
    private static final LossFunction SUM = LossFunction.of(
            "sum",
            (yhat, y) -> yhat.sumNumber().doubleValue(),
            (yhat, y) -> yhat.dup().assign(1));

    static List<Known> known() {
        return Activations.all();
    }

    @Test
    void allOfTheLibrarysAreTested() {
        List<String> tested =
                known().stream().map(known -> known.activation().toString()).toList();

        assertThat(Activation.all())
                .filteredOn(activation -> !List.of(RRELU, SOFTMAX, LOGSOFTMAX).contains(activation)) // below
                .allSatisfy(activation -> assertThat(tested).contains(activation.toString()));
    }

    @Test
    void everyOneIsAWord() throws IllegalAccessException {
        for (Activation activation : Activation.all()) {
            String name = activation.toString().toUpperCase(java.util.Locale.ROOT);
            assertThat(constant(Flux4j.class, name)).isSameAs(activation);
            assertThat(constant(Activation.class, name)).isSameAs(activation);
        }
    }

    private static Object constant(Class<?> type, String name) throws IllegalAccessException {
        Field field = Arrays.stream(type.getFields())
                .filter(f -> f.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return field.get(null);
    }

    private static DoubleStream grid() {
        return DoubleStream.iterate(-8, x -> x <= 8, x -> x + 0.0625);
    }

    @ParameterizedTest
    @MethodSource("known")
    void hasTheValuesOfItsFormula(Known known) {
        grid().forEach(x -> {
            double expected = known.formula().applyAsDouble(x);
            assertThat(known.activation().value(x))
                    .as("at %s", x)
                    .isCloseTo(expected, within(FEW_ROUNDINGS * Math.max(1, Math.abs(x))));
        });
    }

    @ParameterizedTest
    @MethodSource("known")
    void hasTheDerivativeOfItsFormula(Known known) {
        grid().filter(x -> !known.isNearKink(x, 2 * STEP)).forEach(x -> {
            double above = known.formula().applyAsDouble(x + STEP);
            double below = known.formula().applyAsDouble(x - STEP);
            assertThat(known.activation().derivative(x))
                    .as("at %s", x)
                    .isCloseTo((above - below) / (2 * STEP), within(DIFFERENCES));
        });
    }

    @ParameterizedTest
    @MethodSource("known")
    void hasNNlibsDerivativeWhereTheFormulaHasAKinkOrABend(Known known) {
        for (int i = 0; i < known.kinks().length; i += 2) {
            assertThat(known.activation().derivative(known.kinks()[i]))
                    .as("at %s", known.kinks()[i])
                    .isCloseTo(known.kinks()[i + 1], within(ONE_ROUNDING));
        }
    }

    /** Numbers of NNlib's documentation and test suite. */
    @ParameterizedTest
    @CsvSource({
        "sigmoid, 1, 0.7310585786300049",
        "sigmoid, -1, 0.2689414213699951",
        "sigmoid, 0, 0.5",
        "hardsigmoid, 1, 0.6666666666666666",
        "hardsigmoid, 0, 0.5",
        "hardsigmoid, 0.3, 0.55",
        "hardsigmoid, -100000, 0",
        "hardsigmoid, 100000, 1",
        "logsigmoid, -100000, -100000",
        "logsigmoid, 100000, 0",
        "hardtanh, 10, 1",
        "hardtanh, -1, -1",
        "relu, -1, 0",
        "leakyrelu, -1, -0.01",
        "relu6, 10, 6",
        "elu, -4, -0.9816843611112658",
        "elu, 42, 42",
        "gelu, 1, 0.8411919906082768",
        "gelu_tanh, -1, -0.15880800939172324",
        "gelu_sigmoid, 1, 0.8411919906082768",
        "gelu_sigmoid, -1, -0.15880800939172324",
        "gelu_erf, 1, 0.8413447460685429",
        "gelu_erf, -1, -0.15865525393145707",
        "swish, 1, 0.7310585786300049",
        "hardswish, -2, -0.3333333333333333",
        "hardswish, 1, 0.6666666666666666",
        "hardswish, 2, 1.6666666666666667",
        "lisht, 1, 0.7615941559557649",
        "softplus, 0, 0.6931471805599453",
        "softplus, 1e8, 1e8",
        "softplus, -1e8, 0",
        "softsign, 1, 0.5",
        "softsign, 100, 0.9900990099009901",
        "selu, 1, 1.0507009873554805",
        "selu, -10, -1.7580195232607868",
        "celu, -10, -0.9999546000702375",
        "trelu, 1, 0",
        "trelu, 1.1, 1.1",
        "logcosh, 1, 0.4337808304830271",
        "logcosh, 1000, 999.3068528194400547",
        "mish, 1, 0.8650983882673103",
        "mish, -5, -0.033576237730161704",
        "tanhshrink, 1, 0.23840584404423515",
        "tanhshrink, -10, -9.0000000041223",
        "softshrink, 1, 0.5",
        "softshrink, -10, -9.5"
    })
    void hasNNlibsNumbers(String name, double x, double y) {
        double slack = FEW_ROUNDINGS * Math.max(1, Math.abs(y));
        assertThat(named(name).value(x)).isCloseTo(y, within(slack));
    }

    private static Activation named(String name) {
        return Activation.all().stream()
                .filter(activation -> activation.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hasNNlibsNumbersWithAParameter() {
        assertThat(leakyrelu(0.2).value(-10)).isEqualTo(-2); // NNlib's documentation
        assertThat(leakyrelu(0.3).value(-0.4)).isCloseTo(-0.12, within(ONE_ROUNDING));
        assertThat(elu(2).value(-10)).isCloseTo(-1.9999092, within(1e-7)); // printed in Float32
        assertThat(elu(2).derivative(-1)).isCloseTo(2 * Math.exp(-1), within(ONE_ROUNDING));
        assertThat(celu(0.5).value(-4)).isCloseTo(0.5 * Math.expm1(-8), within(ONE_ROUNDING));
        assertThat(trelu(0.5).value(0.9)).isEqualTo(0.9);
        assertThat(softshrink(5).value(15)).isEqualTo(10);
        assertThat(softshrink(5).value(4)).isZero();
        assertThat(softshrink(5).value(-15)).isEqualTo(-10);
    }

    @ParameterizedTest
    @MethodSource("known")
    void isZeroAtZeroButForFour(Known known) {
        double expected = switch (known.toString()) {
            case "sigmoid", "hardsigmoid" -> 0.5;
            case "softplus" -> Math.log(2);
            case "logsigmoid" -> -Math.log(2);
            default -> 0;
        };

        assertThat(known.activation().value(0)).isCloseTo(expected, within(ONE_ROUNDING));
        assertThat(known.activation().value(-0.0)).isCloseTo(expected, within(ONE_ROUNDING));
        assertThat(known.activation().derivative(-0.0))
                .isEqualTo(known.activation().derivative(0.0));
    }

    /** From where DL4J's own swish, mish, gelu and softplus give NaN (22, 27, 45, 89 in Float32) to ±10⁴, and next to nothing. */
    private static final double[] RANGE = DoubleStream.of(
                    0, 1e-30, 1e-6, 0.5, 1, 3, 6, 17, 22, 27, 45, 89, 104, 710, 746, 1e3, 1e4)
            .flatMap(x -> DoubleStream.of(x, -x))
            .toArray();

    static Stream<Arguments> knownOnEveryEngine() {
        return known().stream()
                .flatMap(known -> ForcedEngine.ALL.stream()
                        .flatMap(engine -> Stream.of(DataType.FLOAT, DataType.DOUBLE)
                                .map(type -> Arguments.of(known, engine, type))));
    }

    /** One example with an x of the range in each column; scale's bias gets the derivative there. */
    private static Chain columns(int count, Activation activation, String engine, DataType type) {
        return ForcedEngine.on(engine, Layer.copyAs(type, chain(scale(count), activation)));
    }

    private static double tolerance(DataType type, double expected) {
        return (type == DataType.DOUBLE ? FEW_ROUNDINGS : FLOAT32) * Math.max(1, Math.abs(expected));
    }

    @ParameterizedTest
    @MethodSource("knownOnEveryEngine")
    void isRightFromMinusToPlusTenThousand(Known known, String engine, DataType type) {
        Chain model = columns(RANGE.length, known.activation(), engine, type);
        double[] y = model.predict(RANGE);
        double[] slopes = slopes(model, Tensors.of(type, RANGE, 1, RANGE.length));

        for (int i = 0; i < RANGE.length; i++) {
            double x = type == DataType.DOUBLE ? RANGE[i] : (float) RANGE[i];
            double value = known.activation().value(x);
            double slope = known.activation().derivative(x);
            assertThat(y[i]).as("f(%s)", x).isFinite().isCloseTo(value, within(tolerance(type, value)));
            assertThat(slopes[i]).as("f′(%s)", x).isFinite().isCloseTo(slope, within(tolerance(type, slope)));
        }
    }

    private static double[] slopes(Chain model, INDArray x) {
        INDArray none = x.dup().assign(0);
        Gradient gradient = withGradient(SUM, model, x, none).gradient();
        return Tensors.toDoubles(gradient.of(((Scale) model.get(0)).bias()));
    }

    @ParameterizedTest
    @MethodSource("knownOnEveryEngine")
    void rightOfTheRangeItIsWhatTheFormulaTendsTo(Known known, String engine, DataType type) {
        double[] ends = {-1e4, 1e4};
        double[] y = columns(2, known.activation(), engine, type).predict(ends);

        // 10⁴ is so far out that every term but the greatest is lost in rounding
        assertThat(y[0]).isCloseTo(limit(known, -1e4), within(tolerance(type, y[0])));
        assertThat(y[1]).isCloseTo(limit(known, 1e4), within(tolerance(type, y[1])));
    }

    /** By hand. */
    private static double limit(Known known, double x) {
        boolean right = x > 0;
        return switch (known.toString()) {
            case "sigmoid", "hardsigmoid" -> right ? 1 : 0;
            case "tanh", "hardtanh", "softsign" -> known.toString().equals("softsign") ? x / 10001 : Math.signum(x);
            case "relu6" -> right ? 6 : 0;
            case "relu", "trelu", "trelu(0.3)", "softplus", "mish" -> right ? x : 0;
            case "gelu", "gelu_tanh", "gelu_sigmoid", "gelu_erf", "swish", "hardswish" -> right ? x : 0;
            case "logsigmoid" -> right ? 0 : x;
            case "elu", "celu" -> right ? x : -1;
            case "elu(0.5)" -> right ? x : -0.5;
            case "celu(2.0)" -> right ? x : -2;
            case "selu" -> right ? 1.0507009873554805 * x : -1.7580993408473766;
            case "leakyrelu" -> right ? x : 0.01 * x;
            case "leakyrelu(0.2)" -> right ? x : 0.2 * x;
            case "rrelu(0.25, 0.25)" -> right ? x : 0.25 * x;
            case "softshrink" -> x - 0.5 * Math.signum(x);
            case "softshrink(2.0)" -> x - 2 * Math.signum(x);
            case "tanhshrink" -> x - Math.signum(x);
            case "lisht" -> Math.abs(x);
            case "logcosh" -> Math.abs(x) - Math.log(2);
            default -> x;
        };
    }

    @ParameterizedTest
    @MethodSource("knownOnEveryEngine")
    void passesNaNOnInValueAndGradient(Known known, String engine, DataType type) {
        Chain model = columns(3, known.activation(), engine, type);
        ((Scale) model.get(0)).scale().putScalar(1, Double.NaN); // its features must be finite
        double[] slopes = slopes(model, Tensors.of(type, new double[] {2, 2, 2}, 1, 3));

        assertThat(model.predict(2, 2, 2)[1]).isNaN();
        Chain function = ForcedEngine.on(engine, Layer.copyAs(type, chain(known.activation())));
        assertThat(function.predict(2, Double.NaN, 2)[1]).isNaN();
        assertThat(known.activation().value(Double.NaN)).isNaN();
        if (known.activation() != IDENTITY) { // whose derivative is 1 whatever x is
            assertThat(slopes[1]).isNaN();
            assertThat(known.activation().derivative(Double.NaN)).isNaN();
        }
        assertThat(slopes[0]).isFinite();
        assertThat(slopes[2]).isFinite();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void aRandomSlopeIsDrawnForEachElementAndKeptForTheGradient(String engine) {
        seed(7);
        double[] minusOnes = new double[1000];
        Arrays.fill(minusOnes, -1);
        Chain model = columns(1000, RRELU, engine, DataType.DOUBLE);
        double[] slopes = Arrays.stream(model.predict(minusOnes)).map(y -> -y).toArray();

        // uniform from 1/8 to 1/3: mean 11/48; its standard error is (1/3 − 1/8)/√(12·1000) = 0.0019
        assertThat(Arrays.stream(slopes)).allSatisfy(slope -> assertThat(slope).isBetween(1 / 8.0, 1 / 3.0));
        assertThat(Arrays.stream(slopes).distinct().count()).isGreaterThan(990);
        assertThat(Arrays.stream(slopes).average().orElseThrow()).isCloseTo(11 / 48.0, within(0.01));
        assertThat(RRELU.value(3)).isEqualTo(3);

        // the loss is Σ slope·(−1), so the slopes that the gradient has must add up to minus the loss
        INDArray x = Tensors.of(DataType.DOUBLE, minusOnes, 1, 1000);
        var step = withGradient(SUM, model, x, x);
        double total = Arrays.stream(Tensors.toDoubles(step.gradient().of(((Scale) model.get(0)).bias())))
                .sum();
        assertThat(total).isCloseTo(-step.loss(), within(1e-9));
    }

    @Test
    void worksOnColumnsAfterADenseLayerAndAlone() {
        Batch one = batch(rows(new double[] {1, -2}), rows(new double[] {0, 0}));

        for (Known known : known()) {
            Dense fused = dense(rows(new double[] {1, 0}, new double[] {0, 1}), null, known.activation());
            double[] alone = f32(known.activation()).predict(1, -2);
            assertThat(fused.predict(1, -2)).isEqualTo(alone);
            assertThat(Tensors.toDoubles(known.activation().predict(one.features())))
                    .isEqualTo(alone);
        }
    }

    @Test
    void ofOnesOwnTakesAFewLinesAndTrains() {
        Activation cube = Activation.of("cube", x -> x * x * x, (x, y) -> 3 * x * x);
        Chain model = f64(chain(scale(2), cube));

        assertThat(model.predict(2, -1)).containsExactly(8, -1);
        assertThat(slopes(model, Tensors.of(DataType.DOUBLE, new double[] {2, -1}, 1, 2)))
                .containsExactly(12, 3);
    }

    @Test
    void namesOfTheLibraryMeanTheLibrarys() {
        for (Activation activation : Activation.all()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Activation.of(activation.toString(), x -> x, (x, y) -> 1))
                    .withMessageContaining(activation + " in the library");
        }
    }

    @Test
    void ofAWholeRowHasNoValueAtANumber() {
        for (Activation rowWise : List.of(SOFTMAX, LOGSOFTMAX)) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> rowWise.value(1))
                    .withMessageContaining("whole row");
        }
    }
}
