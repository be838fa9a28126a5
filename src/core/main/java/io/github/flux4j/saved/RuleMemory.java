package io.github.flux4j.saved;

import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The layout of a rule's state in one row of numbers for DL4J: how often each rule of a chain was applied, in two parts that Float32 holds exactly, then each
 * parameter array's moments.
 */
final class RuleMemory {

    /** From here on Float32 has no odd numbers. */
    private static final double PART = 1 << 24;

    /** Whether each array of an update's state is a rule's counter, which all parameter arrays share. */
    private final boolean[] counters;

    RuleMemory(Rule rule, DataType type) {
        // of no parameters there is nothing but the counters, each in an array of its own
        List<double[]> empty = new Update(rule, 0, 1, new Update.Scratch(type)).state(0, 0);
        counters = new boolean[empty.size()];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = empty.get(i).length == 1;
        }
    }

    private int count() {
        int count = 0;
        for (boolean counter : counters) {
            count += counter ? 1 : 0;
        }
        return count;
    }

    /** The size of a row. DL4J asks for each of a layer's arrays alone, so that some numbers stay unused. */
    long size(long parameters) {
        return 2L * count() + (counters.length - count()) * parameters;
    }

    /** Writes the state of a parameter array of this length from {@code at} on, and returns where the next one's begins. */
    int write(List<double[]> state, int at, double[] row) {
        int counter = 0;
        int next = at;
        for (int i = 0; i < counters.length; i++) {
            double[] array = state.get(i);
            if (counters[i]) {
                row[counter++] = Math.floor(array[0] / PART);
                row[counter++] = array[0] % PART;
            } else {
                System.arraycopy(array, 0, row, next, array.length);
                next += array.length;
            }
        }
        return next;
    }

    /** Reads what {@link #write} wrote. */
    List<double[]> read(double[] row, int at, int length) {
        List<double[]> state = new ArrayList<>();
        int counter = 0;
        int next = at;
        for (boolean isCounter : counters) {
            if (isCounter) {
                state.add(new double[] {row[counter++] * PART + row[counter++]});
            } else {
                state.add(Arrays.copyOfRange(row, next, next + length));
                next += length;
            }
        }
        return state;
    }

    /** Where the first parameter array's state begins. */
    int start() {
        return 2 * count();
    }

    /** Where the next one's begins. */
    int after(int at, int length) {
        return at + (counters.length - count()) * length;
    }
}
