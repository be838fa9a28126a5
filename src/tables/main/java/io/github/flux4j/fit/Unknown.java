package io.github.flux4j.fit;

/** What is made of a text that a column didn't have when the model was fitted. */
public enum Unknown {
    /** It counts as none of the known ones. */
    ZEROS,
    /** It is an error. */
    ERROR
}
