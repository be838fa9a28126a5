package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.arrays.Shuffle;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Parts of the rows: every row is in one, and all are as large, within one row but for copies, and have their share of each class. */
final class Partition {

    private final int[] parts;

    private Partition(int... parts) {
        this.parts = parts;
    }

    /**
     * In random order, dealt out in turn, class after class; a copy goes with the first of its kind.
     *
     * @param classes of the rows; null if there are none
     * @param first of each row, the first that is the same
     */
    static Partition of(int count, int[] classes, SplittableRandom random, int... first) {
        int[] parts = new int[first.length];
        int dealt = 0;
        for (int[] stratum : strata(first.length, classes)) {
            Shuffle.shuffle(stratum, random);
            for (int row : stratum) {
                parts[row] = first[row] == row ? dealt++ % count : 0;
            }
        }
        return new Partition(IntStream.of(first).map(row -> parts[row]).toArray());
    }

    private static List<int[]> strata(int rows, int... classes) {
        if (classes == null) {
            return List.of(IntStream.range(0, rows).toArray());
        }
        return IntStream.of(classes)
                .distinct()
                .sorted()
                .mapToObj(k -> IntStream.range(0, rows)
                        .filter(row -> classes[row] == k)
                        .toArray())
                .toList();
    }

    /** The rows of a part, in order. */
    int[] in(int part) {
        return IntStream.range(0, parts.length)
                .filter(row -> parts[row] == part)
                .toArray();
    }

    /** The rows of all other parts, in order. */
    int[] outOf(int part) {
        return IntStream.range(0, parts.length)
                .filter(row -> parts[row] != part)
                .toArray();
    }
}
