package io.github.flux4j.optimise;

import io.github.flux4j.arrays.FloatMemory;
import java.util.Arrays;

/**
 * A rule at work on one parameter array: turns gradients into steps, strip by strip, and keeps what it remembers in strips too. A loop
 * is vectorised only if it indexes every array by its own variable, hence arrays of one strip's length and copies of fields in locals.
 */
abstract class FloatStep {

    /**
     * Added to a decaying mean and taken off again, which makes 0 of what has decayed to nothing (below 1e-37) and changes nothing else
     * that counts. Otherwise the means of parameters without gradient, such as dead units', would become subnormal numbers, with which
     * processors are a hundred times slower.
     */
    static final float FLUSH = 1e-30f;

    /** What is remembered: [variable][strip][element]. */
    final float[][][] state;

    /** How many steps were begun. */
    long t;

    /** With one variable for each of {@code initial}, at first of that value everywhere. */
    FloatStep(int length, double... initial) {
        int strips = (length + FloatMemory.STRIP - 1) / FloatMemory.STRIP;
        state = new float[initial.length][strips][];
        for (int k = 0; k < initial.length; k++) {
            for (int strip = 0; strip < strips; strip++) {
                state[k][strip] = new float[Math.min(FloatMemory.STRIP, length - strip * FloatMemory.STRIP)];
                Arrays.fill(state[k][strip], (float) initial[k]);
            }
        }
    }

    /** Takes over the hyper-parameters of a rule of its kind. */
    abstract void set(Rule rule);

    /** Begins step t; what follows in a chain happens only if true. */
    boolean begin() {
        t++;
        return true;
    }

    /**
     * Replaces gradients by steps, {@code parameter ← parameter − step}.
     *
     * @param d on entry the gradients of a strip, on return the steps
     * @param p the strip's parameters, before the step
     * @param n how many elements the strip has
     * @param strip its number within the array
     */
    abstract void apply(float[] d, float[] p, int n, int strip);

    /** Whether {@link #measure} must see the whole array before the first {@link #apply}. */
    boolean measures() {
        return false;
    }

    /** Takes notice of a strip of gradients. */
    void measure(float[] d, int n) {}
}
