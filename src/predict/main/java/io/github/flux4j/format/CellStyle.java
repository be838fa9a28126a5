package io.github.flux4j.format;

/** One way to write numbers or dates. A record or an enum, so that equal ones are equal. */
interface CellStyle {

    /** As people write it down: {@code 1,234.5} or {@code day/month/year}. */
    String text();

    /** Whether its numbers are dates, as years. */
    boolean isDate();

    /** The number that a cell is; NaN if it is written otherwise. */
    double value(String cell);
}
