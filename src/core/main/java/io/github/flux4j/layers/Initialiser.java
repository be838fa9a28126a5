package io.github.flux4j.layers;

import io.github.flux4j.values.Parts;
import java.util.random.RandomGenerator;

/**
 * Chooses the first values of a weight matrix; {@link Initialisers} has the library's, which are equal if their names and numbers are.
 *
 * <p>The thread that makes a layer calls it.
 */
@FunctionalInterface
public interface Initialiser {

    /**
     * Returns the first values of a weight matrix {@code [out, in]}, row by row; a vector, such as a scale, counts as {@code [size, 1]}.
     *
     * @param random the layer's generator; {@code seed} can't repeat numbers from elsewhere
     */
    double[] values(int out, int in, RandomGenerator random);

    /**
     * Returns its name and the numbers that differ from the defaults: {@code kaiming_uniform}, {@code orthogonal(gain=0.5)}.
     *
     * @throws IllegalArgumentException if it has no name, as a lambda hasn't
     */
    default String text() {
        return InitialiserWords.ALL.call(this).toString();
    }

    /** Parses one of the library's initialisers. */
    static Initialiser parse(String text) {
        return parse(text, Parts.NONE);
    }

    /**
     * Parses an initialiser, one of the library's or of your own.
     *
     * @param parts your own initialisers
     * @throws IllegalArgumentException if the name is unknown, or a number is missing or out of range
     */
    static Initialiser parse(String text, Parts parts) {
        return InitialiserWords.ALL.read(text, parts);
    }
}
