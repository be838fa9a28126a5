package io.github.flux4j.format;

/** One way to write numbers or dates. Implement it as a record or an enum, so that equal ones are equal. */
interface CellStyle {

    /** Returns its text form: {@code 1,234.5} or {@code day/month/year}. */
    String text();

    /** Whether its numbers are dates, as years. */
    boolean isDate();

    /** Returns a cell's number, or NaN if the cell is written otherwise. */
    double value(String cell);
}
