package io.github.flux4j.train;

/**
 * What a training loop calls; may end the training with {@code stop()}.
 *
 * <p>Called by the thread that trains.
 */
@FunctionalInterface
public interface Callback {

    /** After a batch's update, or after an epoch. */
    void after(Progress progress);
}
