package io.github.flux4j.bench.baseline.tuned;

/** The products that nearly all of a step's time goes into, of matrices with an array for each row. One for each thread. */
public interface Products {

    /** Σ x·y. */
    float dot(float[] x, float[] y);

    /** C ← C + A·B, where C has {@code rows} rows and A {@code inner} columns. */
    void addProduct(float[][] c, int rows, float[][] a, float[][] b, int inner);

    /** C ← C + Aᵀ·B, where C has {@code rows} rows and A {@code inner} rows. */
    void addTransposedProduct(float[][] c, int rows, float[][] a, float[][] b, int inner);

    /** What is particular to them, for a report; empty for nothing. */
    default String about() {
        return "";
    }
}
