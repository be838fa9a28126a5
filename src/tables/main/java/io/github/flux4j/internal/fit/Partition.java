package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.arrays.Shuffle;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Which rows each network leaves out: every row is in one part, and all parts are as large, within one row, and have their share of each class. */
final class Partition {

    private final int[] parts;

    private Partition(int... parts) {
        this.parts = parts;
    }

    /**
     * In random order, dealt out in turn, class after class.
     *
     * @param classes of the rows; null if there are none
     */
    static Partition of(int rows, int count, int[] classes, SplittableRandom random) {
        int[] parts = new int[rows];
        int dealt = 0;
        for (int[] stratum : strata(rows, classes)) {
            Shuffle.shuffle(stratum, random);
            for (int row : stratum) {
                parts[row] = dealt++ % count;
            }
        }
        return new Partition(parts);
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
