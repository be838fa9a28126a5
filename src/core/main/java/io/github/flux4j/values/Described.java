package io.github.flux4j.values;

/** A value that can be written as text and made again from it. Immutable: any thread may use one. */
public interface Described {

    /**
     * Returns the name and arguments of an equal value.
     *
     * @throws IllegalStateException if the value has none, as a lambda without a name
     */
    Call call();
}
