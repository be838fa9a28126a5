package io.github.flux4j.engine;

import java.util.List;

/** What can make an operation again elsewhere: a text, and any state outside of that text and its parameters. Any thread may call it. */
@FunctionalInterface
public interface Origin {

    /** The origin of an operation that nobody described. */
    Origin UNKNOWN = () -> {
        throw new IllegalArgumentException("an operation without an origin can't be written as text");
    };

    /**
     * Returns the layer that consists of this operation alone, as text.
     *
     * @throws IllegalArgumentException if it can't be written
     */
    String text();

    /** Copies its present state. */
    default Kept kept() {
        return Kept.NOTHING;
    }

    /**
     * An operation's state besides its parameters.
     *
     * @param mode the name of its layer's mode
     * @param statistics running statistics, an array each
     * @param generators the states of random generators, as text
     */
    record Kept(String mode, List<double[]> statistics, List<String> generators) {

        /** The initial state, without any. */
        public static final Kept NOTHING = new Kept("AUTO", List.of(), List.of());

        public Kept {
            statistics = List.copyOf(statistics);
            generators = List.copyOf(generators);
        }
    }
}
