package io.github.flux4j.predict;

/**
 * What a layer does with rows, each an array of its own.
 *
 * @param <R> {@code float[][]} or {@code double[][]}
 */
interface Step<R> {

    /** The results; the rows that were given may be overwritten. */
    R run(R rows);
}
