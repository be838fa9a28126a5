package io.github.flux4j.internal.csv;

/** Characters that don't count at a cell's ends. */
public final class Blank {

    private Blank() {}

    /** Whether it is a space, a tab or a no-break space. */
    public static boolean is(char c) {
        return c == ' ' || c == '\t' || c == '\u00A0';
    }
}
