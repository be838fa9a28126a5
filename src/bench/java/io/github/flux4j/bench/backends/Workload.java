package io.github.flux4j.bench.backends;

import org.nd4j.linalg.api.buffer.DataType;

/** Something that is timed. */
interface Workload {

    String name();

    /** What a plain Java program in double precision gets; needs no native library. */
    double[] expected();

    /**
     * Gets ready to do it.
     *
     * @throws UnsupportedOperationException if it can't be done with such numbers
     */
    Job start(DataType type);

    /** How far results are from those expected, relative to the largest of them. */
    default double error(double[] actual, double[] expected) {
        double distance = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]);
            distance = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(distance, difference);
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return distance / largest;
    }

    /** The error that rounding explains: sums of a thousand terms. */
    default double tolerance(DataType type) {
        return switch (type) {
            case DOUBLE -> 1e-13;
            case FLOAT -> 1e-5;
            default -> 2e-2;
        };
    }

    /** Multiplications and additions; 0 where their rate says nothing. */
    default double flop() {
        return 0;
    }

    /** Whether it is a whole process, timed from outside. */
    default boolean isStartUp() {
        return false;
    }

    /** A workload that is ready. */
    interface Job {

        /** Once, as it is timed. */
        void run();

        /** Its numbers, from a job that has not run; of a large result a sample. */
        double[] results();
    }
}
