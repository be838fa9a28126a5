package io.github.flux4j.layers;

import java.util.SplittableRandom;

/** How a weight matrix starts. */
@FunctionalInterface
public interface Initialiser {

    /**
     * The first values of a weight matrix {@code [out, in]}, row by row; of a vector, such as a scale, those of {@code [size, 1]}.
     *
     * @param random the layer's generator; numbers from elsewhere can't be repeated by {@code seed}
     */
    double[] values(int out, int in, SplittableRandom random);
}
