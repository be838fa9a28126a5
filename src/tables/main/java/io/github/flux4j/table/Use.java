package io.github.flux4j.table;

/** What models make of a column, unless they are told otherwise. */
public enum Use {
    /** As it is. */
    NUMBER,
    /** As a number of years. */
    YEARS,
    /** As a column of zeros and ones for each level. */
    LEVELS,
    /** Not at all: text with more than 50 levels, and more than a tenth of the rows, such as names and identifiers. */
    TOO_MANY_LEVELS,
    /** Not at all: every value is the same. */
    CONSTANT,
    /** Not at all: every value is missing. */
    EMPTY;

    private static final int MANY = 50;
    private static final int ROWS_A_LEVEL = 10;

    /** What is made of this column by the rows that it has. */
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

    /** The same, of a text that is to be learnt from however many levels it has. */
    public static Use of(Column column, boolean kept) {
        Use use = of(column);
        return kept && use == TOO_MANY_LEVELS ? LEVELS : use;
    }

    /** Whether nothing is learnt from the column. */
    public boolean isLeftOut() {
        return ordinal() >= TOO_MANY_LEVELS.ordinal();
    }

    /** In words, for a column with so many different values; empty for a number. */
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
