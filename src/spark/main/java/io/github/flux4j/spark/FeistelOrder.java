package io.github.flux4j.spark;

import io.github.flux4j.internal.arrays.SplitMix;

/**
 * A random order of 0, …, n − 1 of which any part can be had without the rest: a Feistel network of four rounds (Luby and Rackoff 1988), gone
 * through again until the number is below n.
 */
record FeistelOrder(int n, long seed) {

    private static final int ROUNDS = 4;

    /** The seed of a part of what has this seed. */
    static long mix(long seed, long... parts) {
        long mixed = new SplitMix(seed).nextLong();
        for (long part : parts) {
            mixed = new SplitMix(mixed + part).nextLong();
        }
        return mixed;
    }

    /** What stands there in this order. */
    int at(int position) {
        int half = (Integer.SIZE - Integer.numberOfLeadingZeros(n - 1) + 1) / 2;
        long x = position;
        do {
            x = permuted(x, half);
        } while (x >= n);
        return (int) x;
    }

    private long permuted(long x, int half) {
        long mask = (1L << half) - 1;
        long left = x >>> half;
        long right = x & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ mix(seed, round, right) & mask;
            left = right;
            right = next;
        }
        return left << half | right;
    }
}
