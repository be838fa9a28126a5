package io.github.flux4j.layers;

import java.util.Arrays;

/** Flux's initialisers; a layer {@code in => out} has fan_in = in and fan_out = out. */
public final class Initialisers {

    private Initialisers() {}

    /** U[−x, x), x = √(6/(fan_in + fan_out)) (Glorot and Bengio 2010, eq. 16); the default of every weight. */
    public static final Initialiser GLOROT_UNIFORM = (out, in, random) -> {
        double width = Math.sqrt(24.0 / (in + out));
        double[] values = new double[out * in];
        Arrays.setAll(values, i -> (random.nextDouble() - 0.5) * width);
        return values;
    };
}
