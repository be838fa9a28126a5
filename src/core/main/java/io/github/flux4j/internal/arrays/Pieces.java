package io.github.flux4j.internal.arrays;

/**
 * For how many numbers a loop is called at a time: for few at first, since the JIT compiles a method sooner that is called often than one that loops as
 * long. Results are the same.
 */
public final class Pieces {

    /** Few enough for many calls a step; of fewer the JIT would expect short loops, whose code is slower for good: by a quarter with 32. */
    private static final int SHORT = 256;

    /** By then a small model's loops are compiled. */
    private static final int SHORT_PIECES = 1 << 13;

    private int pieces;

    /**
     * The next pieces' length.
     *
     * @param numbers how many there are in all
     * @param longest how many to take at a time in the long run
     */
    public int of(int numbers, int longest) {
        return pieces < SHORT_PIECES ? shorter(numbers) : longest;
    }

    private int shorter(int numbers) {
        pieces += 1 + numbers / SHORT;
        return SHORT;
    }
}
