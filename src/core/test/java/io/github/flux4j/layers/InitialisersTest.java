package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.dense;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InitialisersTest {

    private static final int OUT = 400;
    private static final int IN = 600;

    /** Five standard errors of a mean of 240 000: a right one fails once in two million seeds, and the seeds are fixed. */
    private static final double MEAN = 5 / Math.sqrt(OUT * IN);

    /** A standard deviation of 240 000 numbers is known to 0.15 % at worst (normal); this is six times that. */
    private static final double STD = 0.01;

    /** Sums of a few hundred products in double. */
    private static final double ROUNDING = 1e-12;

    /** Every initialiser; a new one is tested by one line here. */
    static Stream<Initialiser> all() {
        return Stream.of(
                Initialisers.GLOROT_UNIFORM,
                Initialisers.GLOROT_NORMAL,
                Initialisers.KAIMING_UNIFORM,
                Initialisers.KAIMING_NORMAL,
                Initialisers.LECUN_NORMAL,
                Initialisers.TRUNCATED_NORMAL,
                Initialisers.ORTHOGONAL,
                Initialisers.IDENTITY,
                Initialisers.ONES,
                Initialisers.ZEROS,
                Initialisers.UNIFORM,
                Initialisers.NORMAL,
                Initialisers.glorotUniform(2),
                Initialisers.glorotNormal(0.5),
                Initialisers.kaimingUniform(1),
                Initialisers.kaimingNormal(1),
                Initialisers.truncatedNormal(1, 2, -4, 5),
                Initialisers.truncatedNormal(0, 1, 3, Double.POSITIVE_INFINITY),
                Initialisers.orthogonal(3),
                Initialisers.sparse(0.25),
                Initialisers.sparse(0.75, 0.1),
                Initialisers.identity(2, 1));
    }

    @ParameterizedTest
    @MethodSource("all")
    void fillsEveryShapeWithFiniteValues(Initialiser initialiser) {
        for (int[] shape : new int[][] {{1, 1}, {1, 7}, {7, 1}, {3, 5}, {5, 3}, {4, 4}}) {
            double[] values = initialiser.values(shape[0], shape[1], new SplittableRandom(1));
            assertThat(values).hasSize(shape[0] * shape[1]);
            assertBetween(values, -Double.MAX_VALUE, Double.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void givesTheSameFromEveryThread(Initialiser initialiser) {
        double[] expected = initialiser.values(6, 4, new SplittableRandom(7));
        IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> initialiser.values(6, 4, new SplittableRandom(7)))
                .forEach(values -> assertThat(values).isEqualTo(expected));
    }

    @ParameterizedTest
    @MethodSource("all")
    void printsItsNameAndNumbers(Initialiser initialiser) {
        assertThat(initialiser.toString()).matches("[a-z]+(_[a-z]+)?(\\([a-z]+=[^,]+(, [a-z]+=[^,]+)*\\))?");
    }

    @Test
    void namesAreDistinct() {
        assertThat(all().map(Object::toString).collect(Collectors.toSet())).hasSize((int) all().count());
    }

    /** Uniform: what they say is the bound, √3 standard deviations. */
    static Stream<Object[]> uniform() {
        return Stream.of(
                new Object[] {Initialisers.GLOROT_UNIFORM, Math.sqrt(6.0 / (IN + OUT))},
                new Object[] {Initialisers.glorotUniform(2), 2 * Math.sqrt(6.0 / (IN + OUT))},
                new Object[] {Initialisers.KAIMING_UNIFORM, Math.sqrt(2) * Math.sqrt(3.0 / IN)},
                new Object[] {Initialisers.kaimingUniform(1), Math.sqrt(3.0 / IN)});
    }

    @ParameterizedTest
    @MethodSource
    void uniform(Initialiser initialiser, double bound) {
        double[] values = initialiser.values(OUT, IN, new SplittableRandom(2));

        assertBetween(values, -bound, bound);
        assertMoments(values, 0, bound / Math.sqrt(3));
        // Of 240 000 numbers the largest is within a ten-thousandth of the bound, all but once in e²⁴ draws.
        assertThat(max(values)).isGreaterThan(0.9999 * bound);
    }

    static Stream<Object[]> normal() {
        return Stream.of(
                new Object[] {Initialisers.GLOROT_NORMAL, Math.sqrt(2.0 / (IN + OUT))},
                new Object[] {Initialisers.glorotNormal(0.5), 0.5 * Math.sqrt(2.0 / (IN + OUT))},
                new Object[] {Initialisers.KAIMING_NORMAL, Math.sqrt(2.0 / IN)},
                new Object[] {Initialisers.kaimingNormal(1), Math.sqrt(1.0 / IN)},
                new Object[] {Initialisers.LECUN_NORMAL, Math.sqrt(1.0 / IN)},
                new Object[] {Initialisers.NORMAL, 1});
    }

    /** Besides mean and standard deviation, the shares within one, two and three of them: 0.6827, 0.9545, 0.9973. */
    @ParameterizedTest
    @MethodSource
    void normal(Initialiser initialiser, double std) {
        double[] values = initialiser.values(OUT, IN, new SplittableRandom(3));

        assertMoments(values, 0, std);
        assertThat(shareWithin(values, std)).isCloseTo(0.682689, within(MEAN));
        assertThat(shareWithin(values, 2 * std)).isCloseTo(0.954500, within(MEAN));
        assertThat(shareWithin(values, 3 * std)).isCloseTo(0.997300, within(MEAN));
    }

    @Test
    void rand32IsUniformBetweenZeroAndOne() {
        double[] values = Initialisers.UNIFORM.values(OUT, IN, new SplittableRandom(4));

        assertBetween(values, 0, Math.nextDown(1.0));
        assertMoments(values, 0.5, Math.sqrt(1.0 / 12));
    }

    /** Mean and standard deviation by Simpson's rule over the density; bounds like those of Flux's own tests, and harder ones. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, -2, 2",
        "0, 1, -2, 3",
        "1, 2, -4, 5",
        "6, 2, -100, 100",
        "0, 1, -0.1, 0.2",
        "0, 1, 2, 4",
        "0, 1, -1e9, -5",
        "-3, 0.5, 7, 100"
    })
    void truncatedNormalKeepsItsBoundsAndMoments(double mean, double std, double lo, double hi) {
        double[] values = Initialisers.truncatedNormal(mean, std, lo, hi).values(OUT, IN, new SplittableRandom(5));

        double from = Math.max(lo, mean - 40 * std);
        double to = Math.min(hi, mean + 40 * std);
        double mode = Math.max(from, Math.min(to, mean));
        DoubleUnaryOperator density =
                x -> Math.exp((Math.pow(mode - mean, 2) - Math.pow(x - mean, 2)) / (2 * std * std));
        double mass = integral(from, to, density);
        double expected = integral(from, to, x -> x * density.applyAsDouble(x)) / mass;
        double variance = integral(from, to, x -> Math.pow(x - expected, 2) * density.applyAsDouble(x)) / mass;

        assertBetween(values, lo, hi);
        assertMoments(values, expected, Math.sqrt(variance));
    }

    @Test
    void truncatedNormalAcceptsBoundsFarInATail() {
        double[] values = Initialisers.truncatedNormal(0, 1, 1e6, Double.POSITIVE_INFINITY)
                .values(10, 10, new SplittableRandom(5));

        assertBetween(values, 1e6, 1e6 + 1e-3);
    }

    /** Flux cuts lecun_normal at ±2, whatever the standard deviation: with one input that is two of them. */
    @Test
    void lecunNormalOfOneInputIsTheTruncatedNormal() {
        assertThat(Initialisers.LECUN_NORMAL.values(50, 1, new SplittableRandom(6)))
                .isEqualTo(Initialisers.TRUNCATED_NORMAL.values(50, 1, new SplittableRandom(6)));
    }

    @ParameterizedTest
    @CsvSource({"30, 50, 1", "50, 30, 1", "40, 40, 1", "1, 9, 1", "9, 1, 1", "20, 30, 2.5"})
    void orthogonalHasOrthonormalRowsOrColumns(int out, int in, double gain) {
        double[] w = Initialisers.orthogonal(gain).values(out, in, new SplittableRandom(8));

        for (int i = 0; i < Math.min(out, in); i++) {
            for (int j = 0; j < Math.min(out, in); j++) {
                double product = 0;
                for (int k = 0; k < Math.max(out, in); k++) {
                    product += out < in ? w[i * in + k] * w[j * in + k] : w[k * in + i] * w[k * in + j];
                }
                assertThat(product).isCloseTo(i == j ? gain * gain : 0, within(ROUNDING));
            }
        }
    }

    /** A uniformly distributed rotation has no preferred sign; without the sign of R's diagonal the first would always be negative. */
    @Test
    void orthogonalPrefersNoSign() {
        long positive = IntStream.range(0, 1000)
                .filter(seed -> Initialisers.ORTHOGONAL.values(3, 3, new SplittableRandom(seed))[0] > 0)
                .count();

        assertThat(positive).isBetween(420L, 580L); // 500 ± 5 standard deviations
    }

    /** Flux's own test cases: rows, columns, sparsity and std, and sparsities beyond 0 and 1. */
    @ParameterizedTest
    @CsvSource({
        "100, 100, 0.25, 0.1, 25",
        "100, 400, 0.75, 0.01, 75",
        "7, 30, 0.3, 1, 3",
        "100, 100, -0.1, 1, 0",
        "100, 100, 1.1, 1, 100"
    })
    void sparseHasThatManyZerosInEachColumn(int out, int in, double sparsity, double std, int zeros) {
        double[] values = Initialisers.sparse(sparsity, std).values(out, in, new SplittableRandom(9));

        for (int column = 0; column < in; column++) {
            int c = column;
            assertThat(IntStream.range(0, out).filter(row -> values[row * in + c] == 0))
                    .hasSize(zeros);
        }
        double[] others = Arrays.stream(values).filter(v -> v != 0).toArray();
        if (others.length > 1000) {
            assertThat(std(others)).isCloseTo(std, within(0.1 * std)); // Flux's own tolerance
        }
    }

    @Test
    void sparseZerosAreAnywhereInAColumn() {
        double[] values = Initialisers.sparse(0.5).values(10, 4000, new SplittableRandom(10));

        for (int row = 0; row < 10; row++) {
            long zeros = Arrays.stream(values, row * 4000, (row + 1) * 4000)
                    .filter(v -> v == 0)
                    .count();
            assertThat(zeros).isBetween(1840L, 2160L); // 2000 ± 5 standard deviations
        }
    }

    /** Flux's docstring: {@code identity_init(3, 5)}, and {@code circshift} down by one. */
    @Test
    void identityIsPaddedWithZerosAndShiftsItsRows() {
        assertThat(Initialisers.IDENTITY.values(2, 3, new SplittableRandom(1))).containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(Initialisers.IDENTITY.values(3, 2, new SplittableRandom(1))).containsExactly(1, 0, 0, 1, 0, 0);
        assertThat(Initialisers.identity(2, 1).values(3, 3, new SplittableRandom(1)))
                .containsExactly(0, 0, 2, 2, 0, 0, 0, 2, 0);
        assertThat(Initialisers.identity(1, -1).values(2, 3, new SplittableRandom(1)))
                .containsExactly(0, 1, 0, 1, 0, 0);
    }

    /** Row by row, {@code [out, in]}: two outputs are the first two of three inputs. */
    @Test
    void aDenseLayerStartsWithThem() {
        Dense model = dense(3, 2).withInit(Initialisers.IDENTITY);

        assertThat(model.predict(5, 6, 7)).containsExactly(5, 6);
    }

    @Test
    void onesAndZerosAreThat() {
        assertThat(Initialisers.ONES.values(2, 2, new SplittableRandom(1))).containsOnly(1.0);
        assertThat(Initialisers.ZEROS.values(2, 2, new SplittableRandom(1))).containsOnly(0.0);
    }

    /**
     * Seed 42, two outputs, three inputs. The numbers were made by a second implementation, of SplitMix64 and the formulas, in Python;
     * models that others have trained from a seed depend on them.
     */
    static Stream<Object[]> golden() {
        return Stream.of(
                new Object[] {
                    Initialisers.GLOROT_UNIFORM,
                    "0.5292421328173138, -0.7450989975775218, -0.48506062066163436, -0.3413610369148827, -1.0121251903094675, 0.806747295325099"
                },
                new Object[] {
                    Initialisers.GLOROT_NORMAL,
                    "0.31176936929132726, -0.8102244556282828, -0.38066105875325656, -0.9754745456179458, -0.9180157731578005, 1.2253863419585531"
                },
                new Object[] {
                    Initialisers.KAIMING_UNIFORM,
                    "0.6832486555042502, -0.9619186696311943, -0.6262105685745144, -0.440695203671812, -1.3066480021151936, 1.0415062797973285"
                },
                new Object[] {
                    Initialisers.KAIMING_NORMAL,
                    "0.4024925250409669, -1.0459952744461032, -0.49143131370034865, -1.2593322232758506, -1.185153266998629, 1.5819669650251678"
                },
                new Object[] {
                    Initialisers.LECUN_NORMAL,
                    "0.2846051938333639, -0.7396303516499233, -0.34749441440492995, -0.8904823548450851, -0.8380299118401214, 1.1186195685823979"
                },
                new Object[] {
                    Initialisers.TRUNCATED_NORMAL,
                    "0.49295065581737485, -1.2810773478777024, -0.6018779810957331, -1.5423606818352653, -1.4515103855695575, 1.9375059271254913"
                },
                new Object[] {
                    Initialisers.truncatedNormal(1, 2, 0, 3),
                    "2.22469463631547, 0.835803390765416, 0.11409050562073864, 0.6552155811365531, 1.0197931167510617, 0.6147054953963266"
                },
                new Object[] {
                    Initialisers.truncatedNormal(0, 1, Double.NEGATIVE_INFINITY, -3),
                    "-3.4096889243052524, -3.0988753439790164, -3.0117392742619793, -3.074609616358774, -3.1257763192221852, -3.069423332096035"
                },
                new Object[] {
                    Initialisers.ORTHOGONAL,
                    "0.3288957764795358, -0.8547324647777261, -0.4015718887931729, -0.5322631202418376, -0.519031457065088, 0.6688066367847397"
                },
                new Object[] {
                    Initialisers.sparse(0.5),
                    "0.004929506558173749, 0.0, 0.0, 0.0, -0.014515103855695575, 0.019375059271254914"
                },
                new Object[] {
                    Initialisers.UNIFORM,
                    "0.7415648787718233, 0.1599103928769201, 0.27860113025513866, 0.34419071652363753, 0.03803016854024621, 0.8682280765465323"
                },
                new Object[] {
                    Initialisers.NORMAL,
                    "0.49295065581737485, -1.2810773478777024, -0.6018779810957331, -1.5423606818352653, -1.4515103855695575, 1.9375059271254913"
                });
    }

    @ParameterizedTest
    @MethodSource
    void golden(Initialiser initialiser, String expected) {
        double[] numbers =
                Stream.of(expected.split(", ")).mapToDouble(Double::parseDouble).toArray();

        assertThat(initialiser.values(2, 3, new SplittableRandom(42))).containsExactly(numbers, within(ROUNDING));
    }

    @Test
    void refusesNumbersThatAreNotFinite() {
        assertThatThrownBy(() -> Initialisers.glorotUniform(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gain must be finite, but was NaN");
        assertThatThrownBy(() -> Initialisers.sparse(Double.NaN)).hasMessage("sparsity must be finite, but was NaN");
        assertThatThrownBy(() -> Initialisers.sparse(0.5, Double.POSITIVE_INFINITY))
                .hasMessage("std must be finite, but was Infinity");
    }

    @ParameterizedTest
    @CsvSource({"NaN, 1, -2, 2", "0, 0, -2, 2", "0, NaN, -2, 2", "0, 1, 2, 2", "0, 1, NaN, 2", "0, 1e-300, 1e300, 2e300"
    })
    void refusesATruncatedNormalWithoutValues(double mean, double std, double lo, double hi) {
        assertThatThrownBy(() -> Initialisers.truncatedNormal(mean, std, lo, hi))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lo");
    }

    /** Fails for NaN too: it is the least and the greatest of any stream it is in. */
    private static void assertBetween(double[] values, double from, double to) {
        assertThat(DoubleStream.of(values).min().orElseThrow()).isGreaterThanOrEqualTo(from);
        assertThat(max(values)).isLessThanOrEqualTo(to);
    }

    private static void assertMoments(double[] values, double mean, double std) {
        assertThat(DoubleStream.of(values).average().orElseThrow()).isCloseTo(mean, within(MEAN * std));
        assertThat(std(values)).isCloseTo(std, within(STD * std));
    }

    private static double std(double[] values) {
        double mean = DoubleStream.of(values).average().orElseThrow();
        return Math.sqrt(DoubleStream.of(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    private static double max(double[] values) {
        return DoubleStream.of(values).max().orElseThrow();
    }

    private static double shareWithin(double[] values, double bound) {
        return DoubleStream.of(values).filter(v -> Math.abs(v) <= bound).count() / (double) values.length;
    }

    private static double integral(double from, double to, DoubleUnaryOperator f) {
        int steps = 10_000;
        double h = (to - from) / steps;
        return h
                / 3
                * IntStream.rangeClosed(0, steps)
                        .mapToDouble(i -> (i == 0 || i == steps ? 1 : 2 + 2 * (i % 2)) * f.applyAsDouble(from + i * h))
                        .sum();
    }
}
