package io.github.flux4j.predict;

/** Layers one after another, in Float32 or Float64. */
interface Network {

    /** How many features a row must have, or 0 if any number will do. */
    int inputs();

    /** How many numbers come out for a row of so many. */
    int outputs(int features);

    /** New rows of results. */
    double[][] run(double[][] rows);
}
