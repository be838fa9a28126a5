package io.github.flux4j.saved;

import java.util.function.Supplier;

/**
 * The text of one of flux4j's parts within a configuration of DL4J's. One that has none, such as a lambda, can be printed, which is what DL4J
 * does for its {@code toString}, but not saved.
 */
final class PartText {

    private static final String SAVING = "org.deeplearning4j.util.ModelSerializer";

    private PartText() {}

    /**
     * The text, or in a configuration that is only printed a sentence that says why there is none.
     *
     * @throws IllegalArgumentException if it is to be saved and there is none
     */
    static String of(Object part, Supplier<String> text) {
        try {
            return text.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            String reason = part + " has no text: " + e.getMessage();
            if (isSaving()) {
                throw new IllegalArgumentException("a network with it can't be saved. " + reason, e);
            }
            return reason;
        }
    }

    /** DL4J prints and saves by the same method, and nothing else tells one from the other. */
    private static boolean isSaving() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(SAVING)));
    }
}
