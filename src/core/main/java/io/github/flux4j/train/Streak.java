package io.github.flux4j.train;

/** Counts how often in a row something held. */
final class Streak {

    private final int length;
    private int count;

    Streak(String name, int length) {
        if (length < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but was " + length);
        }
        this.length = length;
    }

    /** Counts one more or starts again from 0, and tells whether the length is reached. */
    boolean reached(boolean held) {
        count = held ? count + 1 : 0;
        return count >= length;
    }

    /** As if it had held so often. */
    void resume(int held) {
        count = held;
    }

    /** A fresh one of the same length. */
    Streak again() {
        return new Streak("", length);
    }

    @Override
    public String toString() {
        return Integer.toString(length);
    }
}
