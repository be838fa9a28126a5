package io.github.flux4j.table;

/** What an estimator makes of a column by default. */
public enum Use {
    /** A number, as it is. */
    NUMBER,
    /** A date, as a number of years. */
    YEARS,
    /** A text, as a column of zeros and ones for each level. */
    LEVELS,
    /** Dropped: a text with more than 50 levels, and more than one for ten rows, such as names and identifiers. */
    TOO_MANY_LEVELS,
    /** Dropped: every value is the same. */
    CONSTANT,
    /** Dropped: every value is missing. */
    EMPTY;

    private static final int MANY = 50;
    private static final int ROWS_A_LEVEL = 10;

    /** The use of a column, by its rows. */
    public static Use of(Column column) {
        int different = column.different();
        if (different < 2) {
            return different == 0 ? EMPTY : CONSTANT;
        }
        if (column instanceof Numbers numbers) {
            return numbers.kind() == Numbers.Kind.DATE ? YEARS : NUMBER;
        }
        return different > MANY && (long) different * ROWS_A_LEVEL > column.size() ? TOO_MANY_LEVELS : LEVELS;
    }

    /** The use of a column; a kept text is used however many levels it has. */
    public static Use of(Column column, boolean kept) {
        Use use = of(column);
        return kept && use == TOO_MANY_LEVELS ? LEVELS : use;
    }

    /** Whether the column is dropped. */
    public boolean isLeftOut() {
        return ordinal() >= TOO_MANY_LEVELS.ordinal();
    }

    /** The use in words, for a column with this many distinct values; empty for a number. */
    public String text(int different) {
        return switch (this) {
            case NUMBER -> "";
            case YEARS -> "as a number of years";
            case LEVELS -> "as " + different + " columns";
            case TOO_MANY_LEVELS -> "dropped: too many to learn from";
            case CONSTANT -> "dropped: always the same";
            case EMPTY -> "dropped: no value";
        };
    }
}
