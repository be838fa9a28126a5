package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.cli.PairedRatio.Verdict;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The interval of a ratio, and what may be concluded from it. */
class PairedRatioTest {

    private static final int EXPERIMENTS = 2000;
    private static final int ALTERNATIVES = 4;

    /** 5 % and, for chance in two thousand experiments, two standard errors of 0.5 %. */
    private static final double ALLOWED = 0.06;

    /** Logarithms of the ratios are 1, 2, 3, 4, 5 tenths: mean 0.3, s = √0.025; t for 4 degrees of freedom is 2.776 (any table). */
    @Test
    void intervalIsStudentsOfTheLogarithms() {
        double[] reference = {100, 200, 300, 400, 500};
        double[] nanos = IntStream.range(0, 5)
                .mapToDouble(i -> reference[i] * Math.exp((i + 1) / 10.0))
                .toArray();
        PairedRatio ratio = PairedRatio.of(nanos, reference, 1);
        double half = 2.776 * Math.sqrt(0.025 / 5);
        assertThat(Math.log(ratio.value())).isCloseTo(0.3, within(1e-12));
        assertThat(Math.log(ratio.low())).isCloseTo(0.3 - half, within(1e-4)); // the table's four digits
        assertThat(Math.log(ratio.high())).isCloseTo(0.3 + half, within(1e-4));
    }

    @Test
    void aSlowSpellThatMeetsBothChangesNothing() {
        double[] quiet = {100, 101, 99, 100, 102};
        double[] other = {110, 111, 110, 109, 112};
        double[] spell = {1, 1, 7, 1, 1};
        double[] slowed =
                IntStream.range(0, 5).mapToDouble(i -> quiet[i] * spell[i]).toArray();
        double[] slowedOther =
                IntStream.range(0, 5).mapToDouble(i -> other[i] * spell[i]).toArray();
        assertThat(PairedRatio.of(slowedOther, slowed, 3).low())
                .isCloseTo(PairedRatio.of(other, quiet, 3).low(), within(1e-12));
    }

    @Test
    void moreAlternativesNeedAWiderInterval() {
        double[] a = {100, 103, 98, 101, 99};
        double[] b = {110, 108, 112, 111, 109};
        assertThat(PairedRatio.of(a, b, 4).low())
                .isLessThan(PairedRatio.of(a, b, 1).low());
        assertThat(PairedRatio.of(a, b, 4).high())
                .isGreaterThan(PairedRatio.of(a, b, 1).high());
    }

    @ParameterizedTest
    @CsvSource({
        "0.80, 0.70, 0.94, 5, FASTER",
        "0.80, 0.70, 0.96, 5, NOT_RESOLVED",
        "1.20, 1.06, 1.40, 5, SLOWER",
        "1.20, 1.04, 1.40, 5, NOT_RESOLVED",
        "1.00, 1.00, 1.00, 5, ALIKE",
        "1.01, 0.96, 1.05, 5, ALIKE",
        "1.01, 0.94, 1.04, 5, NOT_RESOLVED",
        "0.10, 0.09, 0.11, 4, TOO_FEW",
        "NaN, NaN, NaN, 5, NOT_RESOLVED"
    })
    void aVerdictNeedsAnIntervalBeyondFivePercentAndFiveRounds(
            double value, double low, double high, int rounds, Verdict verdict) {
        assertThat(new PairedRatio(value, low, high, rounds).verdict()).isEqualTo(verdict);
    }

    @Test
    void oneRoundHasNoInterval() {
        assertThat(PairedRatio.of(new double[] {30}, new double[] {20}, 1))
                .isEqualTo(new PairedRatio(Math.exp(Math.log(1.5)), 0, Double.POSITIVE_INFINITY, 1));
    }

    @Test
    void timesWithoutScatterHaveAnIntervalWithoutWidth() {
        double[] times = {100, 100, 100, 100, 100};
        assertThat(PairedRatio.of(times, times, 3)).isEqualTo(new PairedRatio(1, 1, 1, 5));
        assertThat(PairedRatio.of(times, times, 3).isSteady()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "NaN", "Infinity"})
    void aTimeThatIsNoneIsRefused(double nanos) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedRatio.of(new double[] {nanos}, new double[] {1}, 1))
                .withMessage("a time must be finite and above 0, but was " + nanos);
    }

    @Test
    void timesOfDifferentRoundsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedRatio.of(new double[5], new double[4], 1))
                .withMessageContaining("but there are 5 and 4 times");
    }

    /** What processes' times look like, as logarithms around 0. */
    private enum Noise {
        NORMAL(random -> 0.2 * random.nextGaussian()),
        /** Seldom much longer, never much shorter. */
        SKEWED(random -> -0.2 * Math.log(1 - random.nextDouble())),
        /** Compiled well or badly. */
        TWO_PEAKS(random -> 0.02 * random.nextGaussian() + (random.nextDouble() < 0.3 ? 0.5 : 0)),
        /** One in ten is ten times as slow. */
        OUTLIERS(random -> 0.02 * random.nextGaussian() + (random.nextDouble() < 0.1 ? Math.log(10) : 0));

        private final ToDoubleFunction<SplittableRandom> logarithm;

        Noise(ToDoubleFunction<SplittableRandom> logarithm) {
            this.logarithm = logarithm;
        }

        double[] times(int rounds, SplittableRandom random) {
            return IntStream.range(0, rounds)
                    .mapToDouble(i -> 1000 * Math.exp(logarithm.applyAsDouble(random)))
                    .toArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingDiffersAQuestionOfFourAlternativesSeldomHasAVerdict(Noise noise) {
        for (int rounds : new int[] {5, 10}) {
            assertThat(share(noise, rounds, PairedRatioTest::hasVerdict)).isLessThan(ALLOWED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameTimedTwiceSeldomSeemsToDiffer(Noise noise) {
        SplittableRandom random = new SplittableRandom(12);
        long differing = IntStream.range(0, EXPERIMENTS)
                .mapToObj(i -> PairedRatio.of(noise.times(5, random), noise.times(5, random), 1))
                .filter(ratio -> ratio.low() > 1 || ratio.high() < 1)
                .count();
        assertThat((double) differing / EXPERIMENTS).isLessThan(ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "1.00, 0.90, 1.11, true",
        "1.00, 0.80, 1.25, false", // too wide
        "1.12, 1.06, 1.19, false", // 5 % apart at least
        "1.00, 0.00, Infinity, false"
    })
    void theSameTimedTwiceIsSteadyIfItComesOutWithinTwentyPercent(
            double value, double low, double high, boolean steady) {
        assertThat(new PairedRatio(value, low, high, 5).isSteady()).isEqualTo(steady);
    }

    /** 80 % ± 10: the scatter is itself an estimate, of few rounds. */
    @ParameterizedTest
    @CsvSource({"5, 1", "5, 4", "5, 20", "10, 4"})
    void whatIsCalledVisibleIsSeenFourTimesInFive(int rounds, int alternatives) {
        SplittableRandom random = new SplittableRandom(5);
        double visible = IntStream.range(0, EXPERIMENTS)
                .mapToDouble(i -> Math.log(PairedRatio.of(
                                Noise.NORMAL.times(rounds, random), Noise.NORMAL.times(rounds, random), alternatives)
                        .visible()))
                .average()
                .orElseThrow();
        long seen = IntStream.range(0, EXPERIMENTS)
                .filter(i -> {
                    double[] times = Arrays.stream(Noise.NORMAL.times(rounds, random))
                            .map(nanos -> nanos * Math.exp(visible))
                            .toArray();
                    return PairedRatio.of(times, Noise.NORMAL.times(rounds, random), alternatives)
                                    .verdict()
                            == Verdict.SLOWER;
                })
                .count();
        assertThat((double) seen / EXPERIMENTS).isBetween(0.7, 0.9);
    }

    /** Why: slowest of one faster than fastest of the other, medians 5 % apart, in two rounds, as was once the rule. */
    @Test
    void rangesApartInTwoRoundsWouldRecommendSomethingInAThirdOfSuchQuestions() {
        assertThat(share(Noise.NORMAL, 2, PairedRatioTest::isApart)).isBetween(0.30, 0.38);
    }

    @Test
    void aDifferenceOfFiveTimesTheScatterIsSeen() {
        SplittableRandom random = new SplittableRandom(3);
        long seen = IntStream.range(0, 200)
                .filter(i -> {
                    double[] reference = scattered(1, random);
                    return ratio(scattered(1.2, random), reference).verdict() == Verdict.SLOWER;
                })
                .count();
        assertThat(seen).isGreaterThan(190);
    }

    private static double[] scattered(double factor, SplittableRandom random) {
        return IntStream.range(0, 5)
                .mapToDouble(i -> factor * Math.exp(0.02 * random.nextGaussian()))
                .toArray();
    }

    private interface Rule {
        boolean concludes(double[] times, double[] reference);
    }

    /** Of questions in which at least one of four alternatives, none of which differs, is concluded about. */
    private static double share(Noise noise, int rounds, Rule rule) {
        SplittableRandom random = new SplittableRandom(11);
        long concluded = IntStream.range(0, EXPERIMENTS)
                .filter(i -> {
                    double[] reference = noise.times(rounds, random);
                    return IntStream.range(0, ALTERNATIVES)
                                    .filter(k -> rule.concludes(noise.times(rounds, random), reference))
                                    .count()
                            > 0;
                })
                .count();
        return (double) concluded / EXPERIMENTS;
    }

    private static PairedRatio ratio(double[] times, double[] reference) {
        return PairedRatio.of(times, reference, ALTERNATIVES);
    }

    private static boolean hasVerdict(double[] times, double[] reference) {
        return ratio(times, reference).verdict().isDifference();
    }

    private static boolean isApart(double[] times, double[] reference) {
        double slowest = Arrays.stream(times).max().orElseThrow();
        double fastest = Arrays.stream(reference).min().orElseThrow();
        return slowest < fastest
                && Arrays.stream(reference).sum() > 1.05 * Arrays.stream(times).sum();
    }
}
