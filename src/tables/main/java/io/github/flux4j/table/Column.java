package io.github.flux4j.table;

import org.jspecify.annotations.Nullable;

/** One column of a {@link Table}: a name, and a value or a gap for each row. Immutable. */
public sealed interface Column permits Numbers, Texts {

    /** The column's name, unique in its table. */
    String name();

    /** The number of rows. */
    int size();

    /** Whether the row's value is missing; rows count from 0. */
    boolean isMissing(int row);

    /** The row's value as text; null if it is missing. */
    @Nullable
    String text(int row);

    /** The number of missing values. */
    int missing();

    /** The number of distinct values, without gaps. */
    int different();

    /** A copy with these rows in this order; a row may be repeated. */
    Column rows(int... rows);

    /** The kind of values in a word: number, date, flag or text. */
    String type();
}
