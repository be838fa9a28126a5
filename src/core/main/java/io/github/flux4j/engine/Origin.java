package io.github.flux4j.engine;

import java.util.List;

/**
 * What an operation was made of, so that it can be made again elsewhere: a text, and what is neither in that nor in its parameters.
 *
 * <p>Asked from any thread.
 */
@FunctionalInterface
public interface Origin {

    /** Of an operation that nobody described. */
    Origin UNKNOWN = () -> {
        throw new IllegalArgumentException("an operation without an origin can't be written as text");
    };

    /**
     * The layer that is this operation alone, as text.
     *
     * @throws IllegalArgumentException if it can't be written
     */
    String text();

    /** What it keeps at this moment, copied. */
    default Kept kept() {
        return Kept.NOTHING;
    }

    /**
     * What an operation keeps besides its parameters.
     *
     * @param mode the name of that which its layer was set to
     * @param statistics running ones, each an array
     * @param generators where those of random numbers stand, as text
     */
    record Kept(String mode, List<double[]> statistics, List<String> generators) {

        /** As at first, without any. */
        public static final Kept NOTHING = new Kept("AUTO", List.of(), List.of());

        public Kept {
            statistics = List.copyOf(statistics);
            generators = List.copyOf(generators);
        }
    }
}
