package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Problem.Mode;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;

/** Something that is timed, and proved before and after. */
public interface Workload {

    String name();

    /** What the name stands for. */
    String about();

    default Mode mode() {
        return Mode.LOOP;
    }

    /** Multiplications and additions of the products in one run; 0 where their rate says nothing. */
    default double flop() {
        return 0;
    }

    /** Whether it is worth to time this contender on it. */
    default boolean suits(Contenders contender) {
        return contender == Contenders.FLUX4J;
    }

    /**
     * What a plain Java program in double precision gets after so many runs; needs no native library. Runs that would need more operations than given
     * are left out, but for the first.
     *
     * @param random draws what is compared beside the first run, so that no contender can know it beforehand
     */
    Map<Integer, double[]> expected(double mostFlop, RandomGenerator random);

    /** By the contender's own definition, where libraries have different ones. */
    default Workload as(Contenders contender) {
        return this;
    }

    /**
     * Gets ready.
     *
     * @throws UnsupportedOperationException if the contender can't do it here, or not with such numbers
     */
    ReadyWorkload start(Contenders contender, DataType type);

    /** How far numbers are from those expected after so many runs. */
    default double error(int runs, double[] actual, double[] expected) {
        return relative(actual, expected);
    }

    /** The error that rounding explains. */
    default double tolerance(int runs, DataType type) {
        return rounding(type);
    }

    /** How far numbers are from those expected, relative to the largest of them. */
    static double relative(double[] actual, double[] expected) {
        double distance = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]);
            distance = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(distance, difference);
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return distance / largest;
    }

    /** The relative error that rounding explains in sums of a thousand terms. */
    static double rounding(DataType type) {
        return switch (type) {
            case DOUBLE -> 1e-13;
            case FLOAT -> 1e-5;
            default -> 2e-2;
        };
    }
}
