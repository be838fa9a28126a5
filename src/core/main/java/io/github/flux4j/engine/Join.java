package io.github.flux4j.engine;

/**
 * Joins the outputs of branches: {@link #CONCAT}, {@link #SUM}, {@link #PRODUCT}, {@link #MAX}, or one of your own.
 *
 * <p>It works on one example, in Float64, and must be thread-safe. Text and files contain a join's name; whoever reads one of your own passes it as a part,
 * {@code Parts.of().value(Join.class, "mean", mean)}.
 */
public interface Join {

    /** Places branches side by side, y = [b₁, b₂, …]; Flux's {@code vcat}. */
    Join CONCAT = StandardJoin.CONCAT;

    /** Adds branches element by element, y = b₁ + b₂ + …; Flux's {@code +}. */
    Join SUM = StandardJoin.SUM;

    /** Multiplies branches element by element, y = b₁ ∘ b₂ ∘ …. */
    Join PRODUCT = StandardJoin.PRODUCT;

    /** Takes the largest element; among equal ones the last receives the gradient, as with Flux's {@code max}. */
    Join MAX = StandardJoin.MAX;

    /** Returns its name in text: letters, digits and {@code _}. */
    String word();

    /**
     * Returns the number of columns of y.
     *
     * @param branches the number of columns of each branch
     * @throws IllegalArgumentException if such branches can't be joined
     */
    int outputs(int... branches);

    /**
     * Computes y of one example.
     *
     * @param branches each branch's output
     */
    void forward(double[][] branches, double[] y);

    /**
     * Computes dBranches, the gradients by the branches, from dy.
     *
     * @param branches as in {@link #forward}, which computed y from them
     */
    void backward(double[][] branches, double[] y, double[] dy, double[][] dBranches);
}
