package io.github.flux4j.bench.harness;

/** A cell can't run here; the message says why, in a line. */
public final class Unavailable extends Exception {

    private static final long serialVersionUID = 1;

    Unavailable(String reason) {
        super(reason);
    }
}
