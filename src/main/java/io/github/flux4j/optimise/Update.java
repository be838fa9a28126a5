package io.github.flux4j.optimise;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

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

    /** What the updates of one model share: its parameters and the gradient. */
    interface Shared {

        /** Sets where the next updates read and write. */
        void use(INDArray parameters, INDArray gradient);

        /** Σ|g| of the gradient: not finite if one of its numbers isn't. */
        double gradientSize();
    }
}
