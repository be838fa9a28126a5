package io.github.flux4j.optimise;

/** The periodic parts of schedules, from 0 to 1, at {@code step = t − 1}; with {@link StrictMath}, so the same on every machine. */
final class Waves {

    private Waves() {}

    static double triangle(int step, int period) {
        return 2 / Math.PI * Math.abs(StrictMath.asin(StrictMath.sin(Math.PI * step / period)));
    }

    static double sin(int step, int period) {
        return Math.abs(StrictMath.sin(Math.PI * step / period));
    }

    static double cos(int step, int period) {
        return (1 + StrictMath.cos(Math.PI * step / period)) / 2;
    }

    /** 1 in the first period, ½ in the second, ¼ in the third. */
    static double halving(int step, int period) {
        return StrictMath.pow(2, -(step / period));
    }

    /** The lower of l0 and l1 at 0, the higher at 1. */
    static double between(double l0, double l1, double height) {
        return Math.abs(l0 - l1) * height + Math.min(l0, l1);
    }
}
