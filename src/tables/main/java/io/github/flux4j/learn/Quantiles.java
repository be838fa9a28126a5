package io.github.flux4j.learn;

/** Quantiles of sorted numbers. */
final class Quantiles {

    private Quantiles() {}

    /** Between the two nearest numbers linearly: definition 7 of Hyndman and Fan 1996. */
    static double of(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        return below + 1 < sorted.length
                ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below])
                : sorted[below];
    }
}
