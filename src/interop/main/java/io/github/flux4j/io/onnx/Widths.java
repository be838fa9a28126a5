package io.github.flux4j.io.onnx;

import java.io.IOException;

/** Checks of how many columns there are. */
final class Widths {

    private Widths() {}

    /**
     * Throws unless it is as many as expected, or nothing says.
     *
     * @param width 0 if nothing says
     */
    static void require(int expected, int width) throws IOException {
        if (width != 0 && width != expected) {
            throw new IOException("its numbers are for " + expected + " columns, but " + width + " come in");
        }
    }
}
