package io.github.flux4j.train;

/** Thrown by {@code skip()}: goes on with the next batch. It carries nothing. */
final class SkipBatch extends RuntimeException {

    private static final long serialVersionUID = 1;

    SkipBatch() {
        super("a batch was skipped outside of a training loop", null, false, false);
    }
}
