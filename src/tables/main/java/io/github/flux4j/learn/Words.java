package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Use;

/** Words that reports and messages have in common. */
final class Words {

    private static final int SHOWN = 40;

    private Words() {}

    /** A name without what moves a terminal's cursor, and not endless. */
    static String shown(String name) {
        String line = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "\uFFFD");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }

    /** {@code 1 row}, {@code 2 rows}. */
    static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** A metric's name in words, with a target's name before it where there are several. */
    static String metric(String name) {
        int at = name.lastIndexOf(' ') + 1;
        String metric = name.substring(at);
        return name.substring(0, at)
                + (Metrics.names().contains(metric) ? Metrics.named(metric).label() : metric);
    }

    /** What is made of a column. */
    static String use(Column column, Use use) {
        return switch (use) {
            case NUMBER -> "as a number";
            case YEARS -> "as a number of years";
            case LEVELS -> "as " + count(column.different(), "column");
            case TOO_MANY_LEVELS -> "left out: too many to learn from";
            case CONSTANT -> "left out: always the same";
            case EMPTY -> "left out: no value";
        };
    }
}
