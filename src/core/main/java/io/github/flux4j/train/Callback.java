package io.github.flux4j.train;

/** Code that a training loop calls; it may end the training with {@code stop()}. The training thread calls it. */
@FunctionalInterface
public interface Callback {

    /** Runs after a batch's update, or after an epoch. */
    void after(Progress progress);
}
