package io.github.flux4j.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.engine.ScalarFunction;
import io.github.flux4j.engine.ScalarLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Float32 loops against the same formulas in Float64, by Java's own functions, over all of Float32. */
class FastLoopTest {

    /** Of the exact value's last place in Float32. */
    private static final int ULPS = 8;

    /** Where slopes cross 0 or come from a rounded f(x), the last place is that of numbers near 1. */
    private static final double NEAR_ONE = ULPS * Math.ulp(1f);

    static Stream<Arguments> loops() {
        return Stream.of(
                Arguments.of("tanh", List.of(), Activation.TANH.function.scalar(), -1, 1),
                Arguments.of("relu", List.of(), Activation.RELU.function.scalar(), 0, Double.POSITIVE_INFINITY),
                Arguments.of("sigmoid", List.of(), Activation.SIGMOID.function.scalar(), 0, 1),
                Arguments.of("softplus", List.of(), Activation.SOFTPLUS.function.scalar(), 0, Double.POSITIVE_INFINITY),
                Arguments.of("swish", List.of(), Activation.SWISH.function.scalar(), 0, Double.POSITIVE_INFINITY),
                Arguments.of("gelu", List.of(), Activation.GELU.function.scalar(), 0, Double.POSITIVE_INFINITY),
                Arguments.of("gelu_tanh", List.of(), Activation.GELU.function.scalar(), 0, Double.POSITIVE_INFINITY),
                Arguments.of("gelu_sigmoid", List.of(), Activation.GELU.function.scalar(), 0, Double.POSITIVE_INFINITY),
                Arguments.of("mish", List.of(), Activation.MISH.function.scalar(), 0, Double.POSITIVE_INFINITY),
                Arguments.of("elu", List.of(), ScalarFormulas.elu(1), -1, Double.POSITIVE_INFINITY),
                Arguments.of("elu", List.of(0.3), ScalarFormulas.elu(0.3), -0.3, Double.POSITIVE_INFINITY),
                Arguments.of("elu", List.of(-2.0), ScalarFormulas.elu(-2), 2, Double.POSITIVE_INFINITY),
                Arguments.of("celu", List.of(2.5), ScalarFormulas.celu(2.5), -2.5, Double.POSITIVE_INFINITY),
                Arguments.of(
                        "selu",
                        List.of(),
                        Activation.SELU.function.scalar(),
                        -1.7580993408473766,
                        Double.POSITIVE_INFINITY));
    }

    private static ScalarLoop loop(String word, List<Double> numbers, ScalarFunction exact) {
        ScalarLoop slow = ScalarLoop.of(exact);
        ScalarLoop fast = FastLoop.of(word, numbers, slow).get();
        assertThat(fast).isNotSameAs(slow);
        return fast;
    }

    /** Both signs of every exponent, with 60 mantissas each; around ±½ log 2 and the ends of Float32's exponential, too. */
    private static float[] numbers() {
        List<Float> numbers = new ArrayList<>();
        for (int bits = 0; bits < 0x7f800000; bits += (1 << 23) / 60) {
            numbers.add(Float.intBitsToFloat(bits));
            numbers.add(-Float.intBitsToFloat(bits));
        }
        for (double x : new double[] {0.34657359, 87.336, 88.722, 103.97, 104, 1.0397}) {
            for (int k = -20; k <= 20; k++) {
                numbers.add((float) x + k * Math.ulp((float) x));
                numbers.add(-(float) x - k * Math.ulp((float) x));
            }
        }
        return floats(numbers);
    }

    private static float[] floats(List<Float> numbers) {
        float[] array = new float[numbers.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = numbers.get(i);
        }
        return array;
    }

    @ParameterizedTest
    @MethodSource("loops")
    void valuesAreRightToTheLastDigits(String word, List<Double> numbers, ScalarFunction exact) {
        float[] x = numbers();
        float[] y = new float[x.length];
        loop(word, numbers, exact).values(x, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            float expected = (float) exact.value(x[i]);
            assertThat((double) y[i])
                    .as("%s(%s)", word, x[i])
                    .isCloseTo(expected, within((double) ULPS * Math.ulp(expected)));
        }
    }

    @Test
    void sigmoidIsWithinTwoUnitsInTheLastPlace() {
        assertSigmoid(997);
    }

    /** Of every number below 0 whose sigmoid is neither ½ nor 0 in Float32. */
    @Test
    @Tag("long")
    void sigmoidOfEveryNumberIsWithinTwoUnitsInTheLastPlace() {
        assertSigmoid(1);
    }

    /** From −2⁻²⁵ to −104, every so many. */
    private static void assertSigmoid(int step) {
        ScalarLoop loop = loop("sigmoid", List.of(), Activation.SIGMOID.function.scalar());
        float[] x = new float[1 << 12];
        float[] y = new float[x.length];
        double worst = 0;
        for (int bits = Float.floatToIntBits(0x1p-25f); bits < Float.floatToIntBits(104); bits += step * x.length) {
            for (int i = 0; i < x.length; i++) {
                x[i] = -Float.intBitsToFloat(bits + i * step);
            }
            loop.values(x, y, 0, x.length);
            for (int i = 0; i < x.length; i++) {
                double t = Math.exp(x[i]);
                double exact = t / (1 + t);
                worst = Math.max(worst, Math.abs(y[i] - exact) / Math.ulp((float) exact));
            }
        }
        assertThat(worst).isBetween(1.0, 2.0);
    }

    @ParameterizedTest
    @MethodSource("loops")
    void slopesAreRightToTheLastDigits(String word, List<Double> numbers, ScalarFunction exact) {
        float[] x = numbers();
        float[] y = new float[x.length];
        float[] slopes = new float[x.length];
        java.util.Arrays.fill(slopes, 1);
        ScalarLoop loop = loop(word, numbers, exact);
        loop.values(x, y, 0, x.length);
        loop.derivatives(x, y, slopes, slopes, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double expected = exact.derivative(x[i], exact.value(x[i]));
            assertThat((double) slopes[i])
                    .as("%s′(%s)", word, x[i])
                    .isCloseTo(expected, within(NEAR_ONE * Math.max(1, Math.abs(expected))));
        }
    }

    /** Far below 0, slopes are as small as values and must not be lost beside 1. */
    @ParameterizedTest
    @MethodSource("loops")
    void smallSlopesKeepTheirDigits(String word, List<Double> numbers, ScalarFunction exact) {
        if (!List.of("swish", "mish", "softplus", "gelu", "sigmoid").contains(word)) {
            return;
        }
        for (float x = -2; x > -200; x *= 1.01f) {
            float[] y = new float[1];
            float[] slope = {1};
            ScalarLoop loop = loop(word, numbers, exact);
            loop.values(new float[] {x}, y, 0, 1);
            loop.derivatives(new float[] {x}, y, slope, slope, 0, 1);
            double expected = exact.derivative(x, exact.value(x));
            assertThat((double) slope[0])
                    .as("%s′(%s)", word, x)
                    .isCloseTo(expected, within((double) ULPS * Math.ulp((float) expected)));
        }
    }

    @ParameterizedTest
    @MethodSource("loops")
    void theEndsAreWhatTheFormulaTendsTo(
            String word, List<Double> numbers, ScalarFunction exact, double left, double right) {
        float[] x = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN};
        float[] y = new float[3];
        float[] slopes = {1, 1, 1};
        ScalarLoop loop = loop(word, numbers, exact);
        loop.values(x, y, 0, 3);
        loop.derivatives(x, y, slopes, slopes, 0, 3);
        assertThat(y).containsExactly(new float[] {(float) left, (float) right, Float.NaN}, within(Math.ulp(2f)));
        float above = word.equals("selu") ? (float) ScalarFormulas.SELU_LAMBDA : right == 1 ? 0 : 1;
        assertThat(slopes).containsExactly(new float[] {0, above, Float.NaN}, within(Math.ulp(2f)));
    }

    /** One array for both, and more numbers than are computed at once. */
    @ParameterizedTest
    @MethodSource("loops")
    void resultsMayReplaceWhatTheyAreMadeOf(String word, List<Double> numbers, ScalarFunction exact) {
        float[] x = new float[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 100f - 5;
        }
        float[] y = x.clone();
        loop(word, numbers, exact).values(y, y, 0, 999);
        assertThat(y[999]).isEqualTo(x[999]);
        for (int i = 0; i < 999; i++) {
            float expected = (float) exact.value(x[i]);
            assertThat((double) y[i]).isCloseTo(expected, within((double) ULPS * Math.ulp(expected)));
        }
    }

    @ParameterizedTest
    @MethodSource("loops")
    void theirSlopeAtZeroIsNNlibs(String word, List<Double> numbers, ScalarFunction exact) {
        float[] slopes = {1, 1};
        float[] zero = {0, -0f};
        float[] y = new float[2];
        ScalarLoop loop = loop(word, numbers, exact);
        loop.values(zero, y, 0, 2);
        loop.derivatives(zero, y, slopes, slopes, 0, 2);
        float expected = (float) exact.derivative(0, exact.value(0));
        assertThat(slopes).containsExactly(expected, expected);
    }
}
