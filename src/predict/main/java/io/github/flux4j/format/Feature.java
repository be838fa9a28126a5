package io.github.flux4j.format;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column of the data and how a network sees it: one value in, one or more numbers out. Immutable and thread-safe. */
public sealed interface Feature permits NumberFeature, TextFeature {

    /** Marks of a missing value, besides null and NaN. */
    Set<String> MISSING = Set.of("", "NA", "N/A", "NaN", "nan", "null", "NULL", "?");

    /** Returns the column's name. */
    String name();

    /** Returns how many numbers the network receives for a value. */
    int width();

    /**
     * Writes a value's numbers into an array.
     *
     * @param value a number, a text or a date; null if it is missing
     * @param into receives the numbers, from {@code at} on
     * @throws IllegalArgumentException if the value can't be understood, or is missing and the column has no substitute
     */
    void write(@Nullable Object value, double[] into, int at);
}
