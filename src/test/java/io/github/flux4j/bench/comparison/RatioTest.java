package io.github.flux4j.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The interval of a ratio of medians, and the verdict drawn from it. */
class RatioTest {

    private static final int EXPERIMENTS = 1000;
    private static final int DRAWS = 1000; // a tenth of the usual, which is enough for a share of many experiments

    @Test
    void isThatOfTheMediansNotOfTheMeans() {
        double[] here = {110, 90, 1000, 120, 100}; // median 110
        double[] there = {50, 60, 40, 55, 1}; // median 50
        assertThat(Ratio.of(here, there).value()).isEqualTo(2.2);
    }

    /**
     * The bootstrap's distribution has a closed form where the number of times n is odd: the median of n draws is at most the k-th
     * smallest time if at least (n + 1)/2 of them are, each with probability k/n (Efron 1979, section 3).
     */
    @ParameterizedTest
    @ValueSource(ints = {5, 7, 9})
    void intervalIsThatOfTheBootstrapsExactDistribution(int n) {
        SplittableRandom random = new SplittableRandom(n);
        double[] here = random.doubles(n, 90, 110).toArray();
        double[] there = random.doubles(n, 90, 110).toArray();
        Ratio ratio = Ratio.of(here, there);
        // 10,000 draws put a quantile within four standard errors, 0.00625, of its place
        assertThat(ratio.low()).isBetween(exactQuantile(0.01875, here, there), exactQuantile(0.03125, here, there));
        assertThat(ratio.high()).isBetween(exactQuantile(0.96875, here, there), exactQuantile(0.98125, here, there));
    }

    private static double exactQuantile(double p, double[] here, double[] there) {
        int n = here.length;
        double[] hereSorted = Arrays.stream(here).sorted().toArray();
        double[] thereSorted = Arrays.stream(there).sorted().toArray();
        record Mass(double ratio, double probability) {}
        double below = 0;
        for (Mass mass : IntStream.range(0, n * n)
                .mapToObj(i -> new Mass(hereSorted[i / n] / thereSorted[i % n], median(i / n, n) * median(i % n, n)))
                .sorted(Comparator.comparingDouble(Mass::ratio))
                .toList()) {
            below += mass.probability();
            if (below >= p) {
                return mass.ratio();
            }
        }
        throw new AssertionError("the masses' sum is " + below);
    }

    /** The probability that the median of n draws is the one at this place, from 0. */
    private static double median(int place, int n) {
        return atMost(place + 1, n) - atMost(place, n);
    }

    private static double atMost(int k, int n) {
        return 1 - new BinomialDistribution(n, (double) k / n).cumulativeProbability((n - 1) / 2);
    }

    @Test
    void sameTimesAlwaysHaveTheSameInterval() {
        double[] here = {1.1, 1.2, 1.3, 1.4, 1.5, 1.6};
        double[] there = {1.0, 1.1, 1.2, 1.5, 1.6};
        assertThat(Ratio.of(here, there)).isEqualTo(Ratio.of(here, there));
    }

    @Test
    void timesWithoutScatterHaveAnIntervalWithoutWidth() {
        double[] here = {103, 103, 103, 103, 103};
        double[] there = {100, 100, 100, 100, 100};
        assertThat(Ratio.of(here, there)).isEqualTo(new Ratio(1.03, 1.03, 1.03));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2, 1.01, 1.4, slower",
        "0.8, 0.70, 0.9, faster",
        "1.2, 0.99, 1.4, no difference seen",
        "1.0, 1.00, 1.0, no difference seen",
        "1.1, 1.00, 1.2, no difference seen",
        "0.9, 0.80, 1.0, no difference seen"
    })
    void verdictNeedsAnIntervalWithoutOne(double value, double low, double high, String verdict) {
        assertThat(new Ratio(value, low, high).verdict()).isEqualTo(verdict);
    }

    @Test
    void fewerThanFiveTimesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratio.of(new double[5], new double[4]))
                .withMessage("an interval needs at least 5 times on either side, but there are 5 and 4");
    }

    /** What processes' times look like, around 1. */
    private enum Noise {
        NORMAL(random -> 0.01 * random.nextGaussian()),
        /** Seldom much longer, never much shorter. */
        SKEWED(random -> -0.01 * Math.log(1 - random.nextDouble())),
        /** Compiled well or badly. */
        TWO_PEAKS(random -> 0.003 * random.nextGaussian() + (random.nextDouble() < 0.3 ? 0.05 : 0));

        private final ToDoubleFunction<SplittableRandom> logarithm;

        Noise(ToDoubleFunction<SplittableRandom> logarithm) {
            this.logarithm = logarithm;
        }

        double[] times(int count, double median, SplittableRandom random) {
            return IntStream.range(0, count)
                    .mapToDouble(i -> median * Math.exp(logarithm.applyAsDouble(random)))
                    .toArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingDiffersAVerdictIsRare(Noise noise) {
        // 5 % and, for chance in a thousand experiments, two standard errors of 0.7 %
        assertThat(shareOfVerdicts(noise, 5, 1)).isLessThan(0.064);
        assertThat(shareOfVerdicts(noise, 10, 1)).isLessThan(0.064);
    }

    @Test
    void aDifferenceOfFiveTimesTheScatterIsSeen() {
        assertThat(shareOfVerdicts(Noise.NORMAL, 5, 1.05)).isGreaterThan(0.99);
        assertThat(shareOfVerdicts(Noise.NORMAL, 5, 0.95)).isGreaterThan(0.99);
    }

    private static double shareOfVerdicts(Noise noise, int processes, double slower) {
        SplittableRandom random = new SplittableRandom(11);
        long verdicts = IntStream.range(0, EXPERIMENTS)
                .mapToObj(
                        i -> Ratio.of(noise.times(processes, slower, random), noise.times(processes, 1, random), DRAWS))
                .filter(ratio -> !ratio.verdict().equals("no difference seen"))
                .count();
        return (double) verdicts / EXPERIMENTS;
    }
}
