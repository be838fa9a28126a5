package io.github.flux4j.bench.comparison;

/**
 * A row of a comparison with another commit.
 *
 * @param ratio of the time here over the time there
 * @param verdict {@link Ratio#verdict}
 */
record Difference(Ratio ratio, String verdict, Measurement here, Measurement there) {

    static Difference of(Measurement here, Measurement there) {
        Ratio ratio = Ratio.of(nanos(here), nanos(there));
        return new Difference(ratio, ratio.verdict(), here, there);
    }

    private static double[] nanos(Measurement row) {
        return row.forkNanos().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
