package io.github.flux4j.serve;

import java.io.IOException;

/** A request that isn't answered with predictions, and why. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    /** With HTTP's status for it. */
    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
