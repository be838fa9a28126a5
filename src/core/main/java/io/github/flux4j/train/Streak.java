package io.github.flux4j.train;

/** Counts how many times in a row a condition held. */
final class Streak {

    private final int length;
    private int count;

    Streak(String name, int length) {
        if (length < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but was " + length);
        }
        this.length = length;
    }

    /** Counts one more, or restarts from 0, and returns whether the length is reached. */
    boolean reached(boolean held) {
        count = held ? count + 1 : 0;
        return count >= length;
    }

    /** Continues from this count. */
    void resume(int held) {
        count = held;
    }

    /** A new one of the same length. */
    Streak again() {
        return new Streak("", length);
    }

    @Override
    public String toString() {
        return Integer.toString(length);
    }
}
