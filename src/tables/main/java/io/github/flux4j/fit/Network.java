package io.github.flux4j.fit;

import io.github.flux4j.layers.Layer;

/** Builds a network for given numbers of inputs and outputs; several threads may call it at once. */
@FunctionalInterface
public interface Network {

    /**
     * Builds a new network; a fit calls it once per network and needs a new object each time.
     *
     * @param inputs features per row, after preparation
     * @param outputs numbers per row: one per target, or one per class
     */
    Layer build(int inputs, int outputs);

    /**
     * Reads a network from text: hidden layers such as {@code dense(64, relu), dropout(0.1)}. It appends the output {@code dense}; to give that an activation, end
     * with {@code dense(relu)}. {@code shortNet(hidden, dropout)} and {@code resMlp(width, blocks)} are whole networks.
     *
     * @throws IllegalArgumentException if the text can't be read; unknown layers are found when it is built
     */
    static Network of(String text) {
        return Networks.read(text);
    }

    /**
     * The text that {@link #of(String)} reads.
     *
     * @throws IllegalArgumentException if the network is a lambda
     */
    default String text() {
        throw new IllegalArgumentException("a network given as a lambda has no text; give it as text instead,"
                + " network(\"dense(64, relu), dense\")");
    }
}
