package io.github.flux4j.fit;

/** What a model does with a text that its column did not have in training. */
public enum Unknown {
    /** All of the column's zeros and ones are 0, as for none of the known texts; the default. */
    ZEROS,
    /** The prediction throws an exception. */
    ERROR
}
