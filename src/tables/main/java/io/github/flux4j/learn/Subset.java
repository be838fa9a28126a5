package io.github.flux4j.learn;

import io.github.flux4j.internal.arrays.SplitMix;
import io.github.flux4j.internal.figures.Order;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Numbers;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Some of the rows of a fold, so that fewer are always among more, and each class has its share. */
final class Subset {

    private Subset() {}

    /**
     * This share of the rows, two at least.
     *
     * @param folds in the order of time, the last rows are taken, in place of some by chance
     */
    static int[] of(FoldFit fits, int[] rows, double share, long seed, Folds folds) {
        int count = Math.min(rows.length, Math.max(2, (int) Math.round(share * rows.length)));
        if (folds.order() == Folds.Order.TIME) {
            return latest(inTime(fits, folds.time(), rows), count);
        }
        int[] classes = fits.judge().goal().strata(fits.table().rows(rows));
        double[] keys = keys(rows.length, classes, new SplitMix(Seed.mix(seed, 0)));
        return IntStream.of(Order.by(rows.length, i -> keys[i]))
                .limit(count)
                .map(i -> rows[i])
                .sorted()
                .toArray();
    }

    private static int[] inTime(FoldFit fits, String time, int... rows) {
        if (time.isEmpty()) {
            return rows;
        }
        Numbers times = (Numbers) fits.table().column(time);
        return IntStream.of(Order.by(rows.length, i -> times.value(rows[i])))
                .map(i -> rows[i])
                .toArray();
    }

    private static int[] latest(int[] rows, int count) {
        return IntStream.of(rows).skip(rows.length - count).sorted().toArray();
    }

    /** A row's place among those of its class, which are in random order, from 0 to 1. */
    private static double[] keys(int rows, int[] classes, RandomGenerator random) {
        double[] keys = random.doubles(rows).toArray();
        if (classes == null) {
            return keys;
        }
        int[] order = Order.by(rows, i -> keys[i]);
        int[] sizes = new int[Arrays.stream(classes).max().orElseThrow() + 1];
        Arrays.stream(classes).forEach(k -> sizes[k]++);
        int[] places = new int[sizes.length];
        for (int i : order) {
            keys[i] = (places[classes[i]]++ + 0.5) / sizes[classes[i]];
        }
        return keys;
    }
}
