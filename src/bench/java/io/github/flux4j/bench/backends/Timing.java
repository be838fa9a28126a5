package io.github.flux4j.bench.backends;

import java.util.Arrays;

/**
 * How a job is timed within a process.
 *
 * @param warmupMillis before it counts
 * @param measureMillis in all, in parts
 */
record Timing(int warmupMillis, int measureMillis) {

    private static final int PARTS = 5;

    /** The median over the parts of the mean time of a run. */
    double nanosOf(Workload.Job job) {
        double estimate = mean(job, warmupMillis * 1_000_000L, 1);
        int batch =
                (int) Math.max(1, 20_000 / estimate); // the clock takes some 20 ns, so it is asked every 20 µs at most
        double[] means = new double[PARTS];
        for (int part = 0; part < PARTS; part++) {
            means[part] = mean(job, measureMillis * 1_000_000L / PARTS, batch);
        }
        Arrays.sort(means);
        return means[PARTS / 2];
    }

    private static double mean(Workload.Job job, long least, int batch) {
        long start = System.nanoTime();
        long runs = 0;
        while (true) {
            for (int i = 0; i < batch; i++) {
                job.run();
            }
            runs += batch;
            long elapsed = System.nanoTime() - start;
            if (elapsed >= least) {
                return (double) elapsed / runs;
            }
        }
    }
}
