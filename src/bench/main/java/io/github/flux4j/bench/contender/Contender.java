package io.github.flux4j.bench.contender;

/** One way of doing a {@link Problem}, ready to go; whatever can be prepared once has been. Not safe for threads, unless it says so. */
public interface Contender extends AutoCloseable {

    /** A training step on the next batch; after the last comes the first again. */
    void step();

    /** Goes back to the problem's first parameters and first batch, its rule remembering nothing; whatever was compiled, loaded or cached stays. */
    default void restart() {}

    /** A copy of the parameters, in {@link io.github.flux4j.bench.baseline.DenseNetwork}'s order. */
    float[] parameters();

    /**
     * Predictions for rows of features. Of a cross-entropy network, logits.
     *
     * @param x row by row
     * @param y receives them, row by row
     */
    void predict(float[] x, float[] y);

    /** Whether several threads may predict at a time, while none trains. */
    default boolean predictsForThreads() {
        return false;
    }

    /** What it says of itself when asked: version, BLAS, threads; empty if there is nothing to say. */
    default String about() {
        return "";
    }

    @Override
    default void close() {}
}
