package io.github.flux4j.fit;

import io.github.flux4j.layers.Layer;

/** How to build a network, once the numbers of its inputs and outputs are known. */
@FunctionalInterface
public interface Network {

    /**
     * A new network; called for each of those that are trained, so it mustn't give the same twice.
     *
     * @param inputs how many features a row has after preparation
     * @param outputs how many numbers it has to give for a row: one for each target, or for each class
     */
    Layer build(int inputs, int outputs);

    /**
     * The network that a text says, {@code dense(64, relu), dropout(0.1)}: the hidden layers, and at the end a {@code dense} that gets as many
     * outputs as there must be, which may be written without its size, {@code dense}, or with an activation alone. Or
     * {@code shortNet(hidden, dropout)}, or {@code resMlp(width, blocks)}.
     *
     * @throws IllegalArgumentException if it can't be read; names of layers that are unknown are found when it is built
     */
    static Network of(String text) {
        return Networks.read(text);
    }

    /**
     * What {@link #of(String)} reads.
     *
     * @throws IllegalArgumentException if it is a lambda
     */
    default String text() {
        throw new IllegalArgumentException("a network given as a lambda can't be written as text; give it as text,"
                + " network(\"dense(64, relu), dense\")");
    }
}
