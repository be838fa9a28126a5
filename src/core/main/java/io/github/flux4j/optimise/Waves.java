package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;

/** The periodic parts of schedules, from 0 to 1, at {@code step = t − 1}; with {@link StrictMath}, so the same on every machine. */
final class Waves {

    private Waves() {}

    /** A wave's height at a step. */
    interface Wave {
        double at(int step, int period);
    }

    static double triangle(int step, int period) {
        return 2 / Math.PI * Math.abs(StrictMath.asin(StrictMath.sin(Math.PI * step / period)));
    }

    static double sin(int step, int period) {
        return Math.abs(StrictMath.sin(Math.PI * step / period));
    }

    static double cos(int step, int period) {
        return (1 + StrictMath.cos(Math.PI * step / period)) / 2;
    }

    /** A wave as a schedule. */
    static Schedule schedule(String name, Wave wave, double l0, double l1, int period) {
        NumberChecks.atLeastOne("period", period);
        return NamedSchedule.of(name, step -> between(l0, l1, wave.at(step, period)), l0, l1, period);
    }

    /** A wave with half the height after each period. */
    static Schedule halving(String name, Wave wave, double l0, double l1, int period) {
        Wave halved = (step, n) -> wave.at(step, n) * StrictMath.pow(2, -(step / n));
        return schedule(name, halved, l0, l1, period);
    }

    /** A wave with its height times a power of {@code decay}. */
    static Schedule decaying(String name, Wave wave, double l0, double l1, int period, double decay) {
        NumberChecks.notNegative("decay", decay);
        NumberChecks.atLeastOne("period", period);
        return NamedSchedule.of(
                name,
                step -> between(l0, l1, wave.at(step, period) * StrictMath.pow(decay, step)),
                l0,
                l1,
                period,
                decay);
    }

    /** The lower of l0 and l1 at 0, the higher at 1. */
    static double between(double l0, double l1, double height) {
        return Math.abs(l0 - l1) * height + Math.min(l0, l1);
    }
}
