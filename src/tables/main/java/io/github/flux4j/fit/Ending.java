package io.github.flux4j.fit;

/** Why training ended. */
public enum Ending {
    /** All epochs were made. */
    LAST_EPOCH,
    /** The loss on what is left out did not get better any more. */
    PATIENCE,
    /** The time that was allowed was over. */
    TIME_LIMIT,
    /** The thread was interrupted. */
    INTERRUPTED,
    /** A loss was not finite any more; the networks are those of the best epoch before. */
    DIVERGED
}
