package io.github.flux4j.internal.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which rows each network leaves out: every row is in one part, and all parts are as large, within one row, and have their share of each class. */
public final class Partition {

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
        for (List<Integer> stratum : strata(rows, classes)) {
            shuffle(stratum, random);
            for (int row : stratum) {
                parts[row] = dealt++ % count;
            }
        }
        return new Partition(parts);
    }

    private static Iterable<? extends List<Integer>> strata(int rows, int... classes) {
        return IntStream.range(0, rows)
                .boxed()
                .collect(Collectors.groupingBy(
                        row -> classes == null ? 0 : classes[row],
                        TreeMap::new,
                        Collectors.toCollection(ArrayList::new)))
                .values();
    }

    private static void shuffle(List<Integer> rows, SplittableRandom random) {
        for (int i = rows.size() - 1; i > 0; i--) {
            Collections.swap(rows, i, random.nextInt(i + 1));
        }
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
