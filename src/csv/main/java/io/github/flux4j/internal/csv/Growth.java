package io.github.flux4j.internal.csv;

/** The growth of arrays that are filled row by row. */
public final class Growth {

    private Growth() {}

    /** Adds half as many places. */
    public static int of(int size) {
        return Math.max(16, Math.addExact(size, size >> 1));
    }
}
