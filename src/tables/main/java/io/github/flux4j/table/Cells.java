package io.github.flux4j.table;

/** Texts row by row on their way to a column. */
interface Cells {

    /** The next row; null if it is missing. */
    void add(String text);

    /** The column of all that were added; for use once. */
    Column column(String name);
}
