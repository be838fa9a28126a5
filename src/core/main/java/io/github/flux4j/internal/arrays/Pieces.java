package io.github.flux4j.internal.arrays;

/**
 * The number of elements that a loop is called for: few at first, since the JIT compiles a method that is called often sooner than one that loops as long.
 * Results are the same.
 */
public final class Pieces {

    /** Few enough for many calls per step. With fewer the JIT would expect short loops, whose code stays slower: by a quarter with 32. */
    private static final int SHORT = 256;

    /** By then a small model's loops are compiled. */
    private static final int SHORT_PIECES = 1 << 13;

    private int pieces;

    /**
     * Returns the length of the next pieces.
     *
     * @param numbers the number of elements in all
     * @param longest the length in the long run
     */
    public int of(int numbers, int longest) {
        return pieces < SHORT_PIECES ? shorter(numbers) : longest;
    }

    private int shorter(int numbers) {
        pieces += 1 + numbers / SHORT;
        return SHORT;
    }
}
