package io.github.flux4j.data;

/** How arrays grow that are filled row by row. */
final class Growth {

    private Growth() {}

    /** Half as many places again. */
    static int of(int size) {
        return Math.max(16, Math.addExact(size, size >> 1));
    }
}
