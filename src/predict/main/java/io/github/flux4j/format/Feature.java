package io.github.flux4j.format;

import java.util.Set;

/** A column of the data and how a network sees it: one value in, one or more numbers out. */
public sealed interface Feature permits NumberFeature, TextFeature {

    /** What stands for a value that isn't there, besides null and NaN. */
    Set<String> MISSING = Set.of("", "NA", "N/A", "NaN", "nan", "null", "NULL", "?");

    /** The column's name. */
    String name();

    /** How many numbers come of it. */
    int width();

    /**
     * Writes a value's numbers.
     *
     * @param value a number, a text, a date; null if it is missing
     * @param into receives them, from {@code at} on
     * @throws IllegalArgumentException if the value can't be understood, or is missing where the column has nothing for that
     */
    void write(Object value, double[] into, int at);
}
