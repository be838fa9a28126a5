package io.github.flux4j.table;

import org.jspecify.annotations.Nullable;

/** One column of a {@link Table}: a name, and a value or a gap for each row. Immutable. */
public sealed interface Column permits Numbers, Texts {

    /** Its name, which no other column of the table has. */
    String name();

    /** How many rows it has. */
    int size();

    /** Whether the row's value is missing. Rows are counted from 0. */
    boolean isMissing(int row);

    /** The value of a row as text; null if it is missing. */
    @Nullable
    String text(int row);

    /** How many values are missing. */
    int missing();

    /** How many different values it has, gaps not counted. */
    int different();

    /** The rows with these numbers, in this order; a row may be taken several times. */
    Column rows(int... rows);

    /** What kind of values it has, in a word: number, date, flag or text. */
    String type();
}
