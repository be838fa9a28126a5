package io.github.flux4j.internal.csv;

/** How arrays grow that are filled row by row. */
public final class Growth {

    private Growth() {}

    /** Half as many places again. */
    public static int of(int size) {
        return Math.max(16, Math.addExact(size, size >> 1));
    }
}
