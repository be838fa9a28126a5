package io.github.flux4j.internal.arrays;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random orders (Fisher and Yates), determined by the generator alone. */
public final class Shuffle {

    private Shuffle() {}

    /** The numbers from 0 to n − 1 in random order. */
    public static int[] permutation(int n, RandomGenerator random) {
        int[] order = IntStream.range(0, n).toArray();
        shuffle(order, random);
        return order;
    }

    /** Shuffles these numbers in place. */
    public static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }
}
