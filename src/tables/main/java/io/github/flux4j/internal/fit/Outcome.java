package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.layers.Layer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What training networks in step gave.
 *
 * @param networks at the best epoch, or the last where nothing decides
 * @param leftOut what each network was not trained on, and its outputs at that epoch
 * @param losses before training and after each epoch
 * @param leftOutLosses the same for what is left out; empty if nothing is
 * @param bestEpoch counted from 1; the last where nothing decides
 * @param standings of the members after the last epoch, to go on from; empty if that one was interrupted
 */
public record Outcome(
        List<Layer> networks,
        List<LeftOut.Kept> leftOut,
        List<Double> losses,
        List<Double> leftOutLosses,
        int bestEpoch,
        List<Duration> epochs,
        Ending ending,
        List<Member.Standing> standings) {

    /** The rows that each network held out. */
    public List<int[]> heldOutRows() {
        return leftOut.stream().map(LeftOut.Kept::rows).toList();
    }

    /** What was said of these, in the order of so many rows; NaN for those that none held out. */
    public double[] heldOut(int rows, int outputs) {
        double[] all = new double[Examples.numbers(rows, outputs)];
        Arrays.fill(all, Double.NaN);
        for (LeftOut.Kept kept : leftOut) {
            for (int i = 0; i < kept.rows().length; i++) {
                System.arraycopy(kept.outputs(), i * outputs, all, kept.rows()[i] * outputs, outputs);
            }
        }
        return all;
    }

    /** Whether training ended before it had to. */
    public boolean isCutShort() {
        return ending == Ending.INTERRUPTED || ending == Ending.TIME_LIMIT;
    }

    /** The same, ended by something else after that. */
    Outcome ended(Ending ending) {
        return new Outcome(networks, leftOut, losses, leftOutLosses, bestEpoch, epochs, ending, standings);
    }
}
