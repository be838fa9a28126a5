package io.github.flux4j.spark;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Times in nanoseconds of one step, in the order in which they were taken.
 *
 * @param where one of the names here
 * @param partitions of 8 rows each; on one machine they are one batch
 * @param work of all tasks together, in which they computed
 */
record CostTimes(String where, int parameters, int partitions, List<Long> nanos, List<Long> work) {

    static final String ALONE = "one machine";
    static final String LOCAL = "local[2]";
    static final String CLUSTER = "local-cluster[2,1,1024]";

    private static final int WORKERS = 2;

    /** The median. */
    double seconds() {
        return median(nanos);
    }

    /** What is left of a step without the work, which two workers share. */
    double overhead() {
        return Math.max(1e-6, seconds() - median(work) / WORKERS);
    }

    private static double median(List<Long> nanos) {
        return StatUtils.percentile(
                        nanos.stream().mapToDouble(Long::doubleValue).toArray(), 50)
                / 1e9;
    }
}
