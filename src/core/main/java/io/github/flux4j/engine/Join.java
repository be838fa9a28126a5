package io.github.flux4j.engine;

/**
 * How the outputs of branches become one: {@link #CONCAT}, {@link #SUM}, {@link #PRODUCT}, {@link #MAX}, or one of your own. It works on one
 * example, in Float64, and an object may be used by several threads at once.
 *
 * <p>Text and files have a join's name; who reads one of your own passes it as a part, {@code Parts.of().value(Join.class, "mean", mean)}.
 */
public interface Join {

    /** Side by side, y = [b₁, b₂, …]; Flux's {@code vcat}. */
    Join CONCAT = StandardJoin.CONCAT;

    /** Element by element, y = b₁ + b₂ + …; Flux's {@code +}. */
    Join SUM = StandardJoin.SUM;

    /** Element by element, y = b₁ ∘ b₂ ∘ …. */
    Join PRODUCT = StandardJoin.PRODUCT;

    /** Element by element, the largest; where several are, the slope is the last one's, as of Flux's {@code max}. */
    Join MAX = StandardJoin.MAX;

    /** Its name in text: letters, digits and {@code _}. */
    String word();

    /**
     * How many columns y has.
     *
     * @param branches how many columns each branch gives
     * @throws IllegalArgumentException if such branches can't be joined
     */
    int outputs(int... branches);

    /**
     * Computes y of one example.
     *
     * @param branches what each gives
     */
    void forward(double[][] branches, double[] y);

    /**
     * Computes the slopes by the branches, dBranches, from those by y.
     *
     * @param branches as in {@link #forward}, which computed y of them
     */
    void backward(double[][] branches, double[] y, double[] dy, double[][] dBranches);
}
