package io.github.flux4j.optimise;

import io.github.flux4j.internal.arrays.FloatMemory;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** A rule, not a chain, with its state for one parameter array. */
final class RuleState {

    /** The state: [strip][variable]. */
    private final Strip[][] memory;

    private final int variables;
    private Rule rule;
    private ClipNorm clip;

    /** The number of steps per step that is passed on. */
    private int every;

    /** The number of steps begun. */
    private long t;

    /** The sum of the gradients' sizes, for a norm. */
    private double sum;

    RuleState(Rule rule, DataType type, int length) {
        double[] initial = finite(rule, type);
        variables = initial.length;
        memory = new Strip[(length + FloatMemory.STRIP - 1) / FloatMemory.STRIP][];
        for (int strip = 0; strip < memory.length; strip++) {
            int count = Math.min(FloatMemory.STRIP, length - strip * FloatMemory.STRIP);
            memory[strip] = new Strip[variables];
            for (int k = 0; k < variables; k++) {
                memory[strip][k] = Strip.of(type, count).add(initial[k]);
            }
        }
        set(rule);
    }

    private static double[] finite(Rule rule, DataType type) {
        double[] initial = rule.memory();
        if (initial == null || !isFinite(initial, type)) {
            throw new IllegalArgumentException("memory() of " + rule + " must return finite numbers of type " + type
                    + ", or none for a rule without state, but returned " + Arrays.toString(initial));
        }
        return initial;
    }

    private static boolean isFinite(double[] values, DataType type) {
        for (double value : values) {
            if (!Double.isFinite(type == DataType.DOUBLE ? value : (float) value)) {
                return false;
            }
        }
        return true;
    }

    void set(Rule other) {
        rule = other;
        clip = other instanceof ClipNorm norm ? norm : null;
        every = other instanceof AccumGrad accumulation ? accumulation.n() : 1;
    }

    /** Begins step t; later rules of a chain apply only if it returns true. */
    boolean begin() {
        t++;
        sum = 0;
        return every == 1 || t % every == 0;
    }

    /** Whether {@link #measure} must see the whole array before the first {@link #apply}. */
    boolean measures() {
        return clip != null;
    }

    /** Measures a strip of gradients. */
    void measure(Strip d) {
        sum = d.sizes(clip.p(), sum);
    }

    /** Replaces the gradients of a strip by steps. */
    void apply(Strip d, Strip p, int strip) {
        if (clip == null) {
            rule.apply(d, p, memory[strip], t);
        } else {
            d.times(clip.factor(sum));
        }
    }

    void save(List<double[]> into, int from, int count) {
        into.add(new double[] {t});
        for (int k = 0; k < variables; k++) {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = memory[(from + i) / FloatMemory.STRIP][k].get((from + i) % FloatMemory.STRIP);
            }
            into.add(values);
        }
    }

    /** Restores its own state from {@code first} on, and returns where the next rule's begins. */
    int restore(List<double[]> saved, int first) {
        t = (long) saved.get(first)[0];
        for (int k = 0; k < variables; k++) {
            double[] values = saved.get(first + 1 + k);
            for (int i = 0; i < values.length; i++) {
                memory[i / FloatMemory.STRIP][k].put(i % FloatMemory.STRIP, values[i]);
            }
        }
        return first + 1 + variables;
    }
}
