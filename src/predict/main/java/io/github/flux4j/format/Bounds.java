package io.github.flux4j.format;

/** Which bounds of a number that is predicted hold with a probability: both together, or one alone. */
public enum Bounds {
    /** Low and high: the number lies between them. */
    BOTH,

    /** Low alone: the number is at least this. */
    AT_LEAST,

    /** High alone: the number is at most this. */
    AT_MOST
}
