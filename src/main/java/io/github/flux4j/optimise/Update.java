package io.github.flux4j.optimise;

import java.util.List;

/** A rule with its state for one parameter array of a model. */
public interface Update {

    /** One step, from the gradient and on the parameters set before. */
    void apply();

    /** Goes on with other hyper-parameters; the state is kept. */
    void set(Rule rule);

    /** What is remembered of {@code length} elements from {@code from} on, in an order of its own: for {@link #restore}. */
    List<double[]> state(int from, int length);

    /** Puts back what {@link #state} gave. */
    void restore(List<double[]> saved);
}
