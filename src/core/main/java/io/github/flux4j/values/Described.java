package io.github.flux4j.values;

/** A value that can say what it is, so that it can be written as text and made again from it. */
public interface Described {

    /**
     * Name and arguments, from which an equal value can be made.
     *
     * @throws IllegalStateException if it can't say, as a lambda without a name can't
     */
    Call call();
}
