package io.github.flux4j.layers;

import io.github.flux4j.values.Parts;
import java.util.random.RandomGenerator;

/**
 * How a weight matrix starts. The library's are values, equal if name and numbers are.
 *
 * <p>Called by the thread that makes a layer.
 */
@FunctionalInterface
public interface Initialiser {

    /**
     * The first values of a weight matrix {@code [out, in]}, row by row; of a vector, such as a scale, those of {@code [size, 1]}.
     *
     * @param random the layer's generator; numbers from elsewhere can't be repeated by {@code seed}
     */
    double[] values(int out, int in, RandomGenerator random);

    /**
     * Its name and the numbers that are not as by default: {@code kaiming_uniform}, {@code orthogonal(gain=0.5)}.
     *
     * @throws IllegalArgumentException if it has no name, as a lambda hasn't
     */
    default String text() {
        return InitialiserWords.ALL.call(this).toString();
    }

    /** As {@link #parse(String, Parts)} with the library's alone. */
    static Initialiser parse(String text) {
        return parse(text, Parts.NONE);
    }

    /**
     * The initialiser that a text names.
     *
     * @param parts initialisers of your own
     * @throws IllegalArgumentException if there is none of that name, or a number is missing or refused
     */
    static Initialiser parse(String text, Parts parts) {
        return InitialiserWords.ALL.read(text, parts);
    }
}
