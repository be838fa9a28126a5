package io.github.flux4j.fit;

/** Why training ended. */
public enum Ending {
    /** All epochs are done. */
    LAST_EPOCH,
    /** The held-out loss stopped falling. */
    PATIENCE,
    /** The time limit was reached. */
    TIME_LIMIT,
    /** The thread was interrupted. */
    INTERRUPTED,
    /** A loss became infinite or NaN; the networks are those of the best epoch before. */
    DIVERGED
}
