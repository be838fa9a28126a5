package io.github.flux4j.train;

/** Thrown by {@code stop()}: leaves the training loop. It carries nothing. */
final class StopTraining extends RuntimeException {

    private static final long serialVersionUID = 1;

    StopTraining() {
        super("training was stopped outside of a training loop", null, false, false);
    }
}
