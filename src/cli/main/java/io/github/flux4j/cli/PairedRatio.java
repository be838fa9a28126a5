package io.github.flux4j.cli;

import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How many times as long something takes as what it is compared with, from times of both taken in the same rounds, so that a slow spell of the machine
 * meets both: the geometric mean of the rounds' ratios, with an interval that holds the true one with 95 % for all alternatives of a question together.
 *
 * <p>With n rounds and the logarithms' mean m̄ and standard deviation s the interval is {@code exp(m̄ ± t·s/√n)}, t being Student's quantile at
 * {@code 1 − 0.05/(2·alternatives)} for n − 1 degrees of freedom (Kalibera and Jones 2013, Rigorous benchmarking in reasonable time, section 7: the
 * repetition is at the level of processes; Bonferroni for the alternatives). Where nothing differs, a round's two times may be swapped, so the logarithms
 * scatter evenly about 0 and Student's interval is safe whatever the times' distribution. The percentile bootstrap is not, with so few rounds.
 *
 * @param value below 1 if it takes less time
 * @param low the interval's lower end; 0 if there are too few rounds for one
 * @param high the interval's upper end; infinite if there are too few rounds for one
 * @param rounds that both have times of
 */
public record PairedRatio(double value, double low, double high, int rounds) {

    /** Rounds below which there is no verdict. */
    public static final int FEWEST = 5;

    /** A smaller difference isn't worth a change of settings, and shared machines drift by as much. */
    private static final double WORTH_A_WORD = 0.05;

    private static final double ERROR = 0.05;

    /** How far off the same thing, timed twice, may come out on a machine that is quiet enough. */
    private static final double STEADY = 1.2;

    /** What may be concluded. */
    public enum Verdict {
        FASTER("faster"),
        SLOWER("slower"),
        ALIKE("alike within 5 %"),
        NOT_RESOLVED("not resolved"),
        TOO_FEW("fewer than " + FEWEST + " rounds: no verdict"),
        TOO_BUSY("the machine was too busy");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** Whether it says that something differs. */
        public boolean isDifference() {
            return this == FASTER || this == SLOWER;
        }
    }

    /**
     * The ratio of times in the same rounds.
     *
     * @param alternatives that are compared with the same reference, this one included
     * @throws IllegalArgumentException if the lengths differ, there is no round or no alternative, or a time isn't finite and above 0
     */
    public static PairedRatio of(double[] nanos, double[] reference, int alternatives) {
        if (nanos.length != reference.length || nanos.length == 0 || alternatives < 1) {
            throw new IllegalArgumentException(
                    "expected times of the same rounds, one or more, and an alternative or more, but there are "
                            + nanos.length + " and " + reference.length + " times and " + alternatives
                            + " alternatives");
        }
        double[] logarithms = IntStream.range(0, nanos.length)
                .mapToDouble(i -> Math.log(checked(nanos[i]) / checked(reference[i])))
                .toArray();
        double mean = mean(logarithms);
        double half = halfWidth(logarithms, mean, alternatives);
        return new PairedRatio(Math.exp(mean), Math.exp(mean - half), Math.exp(mean + half), logarithms.length);
    }

    private static double checked(double nanos) {
        if (!(nanos > 0 && nanos < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a time must be finite and above 0, but was " + nanos);
        }
        return nanos;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double halfWidth(double[] values, double mean, int alternatives) {
        int n = values.length;
        if (n < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double quantile = new TDistribution(null, n - 1).inverseCumulativeProbability(1 - ERROR / (2 * alternatives));
        return quantile * Math.sqrt(squares / (n - 1) / n);
    }

    /** Faster or slower only if the interval leaves out 1 ± 5 %, alike only if it lies within. */
    public Verdict verdict() {
        if (rounds < FEWEST) {
            return Verdict.TOO_FEW;
        }
        if (high < 1 - WORTH_A_WORD) {
            return Verdict.FASTER;
        }
        if (low > 1 + WORTH_A_WORD) {
            return Verdict.SLOWER;
        }
        return low >= 1 - WORTH_A_WORD && high <= 1 + WORTH_A_WORD ? Verdict.ALIKE : Verdict.NOT_RESOLVED;
    }

    /** Where the same thing, timed twice, didn't come out alike, nothing but what lies beyond that one's whole interval. */
    public Verdict verdict(PairedRatio again) {
        Verdict own = verdict();
        boolean beyond = own == Verdict.SLOWER && low > again.high || own == Verdict.FASTER && high < again.low;
        return again.isSteady() || beyond || own == Verdict.TOO_FEW ? own : Verdict.TOO_BUSY;
    }

    /** Whether the interval has room for no difference at all, as that of the same thing timed twice must; up to rounding. */
    public boolean holdsOne() {
        return low <= 1 + 1e-9 && high >= 1 - 1e-9;
    }

    /** Whether the same thing, timed twice, came out alike: no difference of 5 %, within ± 20 %. */
    public boolean isSteady() {
        return low <= 1 + WORTH_A_WORD && high >= 1 - WORTH_A_WORD && high / value <= STEADY;
    }

    /** The ratio, above 1, that as many rounds with as much scatter call slower four times in five. */
    public double visible() {
        TDistribution student = new TDistribution(null, Math.max(1, rounds - 1));
        double power = student.inverseCumulativeProbability(0.8) / student.inverseCumulativeProbability(1 - ERROR / 2);
        return (1 + WORTH_A_WORD) * Math.pow(high / value, 1 + power);
    }
}
