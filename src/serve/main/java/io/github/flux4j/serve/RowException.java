package io.github.flux4j.serve;

import java.io.IOException;

/** A row that a model can't predict for: which, in which column, and why. */
public final class RowException extends IOException {

    private static final long serialVersionUID = 1;

    private final long row;
    private final String column;

    /**
     * With all of it.
     *
     * @param where in words, such as {@code cars.csv, line 7}
     * @param row its number, or its line in a file, from 1
     * @param column null if it isn't one column's
     */
    RowException(String where, long row, String column, String message) {
        super(where + ": " + message);
        this.row = row;
        this.column = column;
    }

    /** The row's number, or its line in a file, from 1. */
    public long row() {
        return row;
    }

    /** The column, or null if it isn't one column's. */
    public String column() {
        return column;
    }
}
