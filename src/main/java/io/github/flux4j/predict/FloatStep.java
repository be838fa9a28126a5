package io.github.flux4j.predict;

/** What a layer does with rows, each an array of its own. */
interface FloatStep {

    /** The results; the rows that were given may be overwritten. */
    float[][] run(float[][] rows);

    /** A function on the elements of each row. */
    static FloatStep pointwise(Pointwise function) {
        return rows -> {
            for (float[] row : rows) {
                function.apply(row);
            }
            return rows;
        };
    }
}
