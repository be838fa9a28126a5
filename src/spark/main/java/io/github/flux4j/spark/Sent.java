package io.github.flux4j.spark;

import java.util.function.Function;
import java.util.function.Supplier;

/** Text that other machines make the same of as this one. */
final class Sent {

    private Sent() {}

    /**
     * The text, once it was read here.
     *
     * @param what it says, for the message
     * @throws IllegalArgumentException if it can't be written, or names a part of the user's own; with the reason
     */
    static String text(String what, Supplier<String> text, Function<String, ?> reader) {
        try {
            String written = text.get();
            reader.apply(written);
            return written;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    what + " can't be sent to other machines, which make it of text and know flux4j's own parts alone: "
                            + String.valueOf(e.getMessage()).split(";")[0]
                            + ". Take one of flux4j's, or train on this machine",
                    e);
        }
    }
}
