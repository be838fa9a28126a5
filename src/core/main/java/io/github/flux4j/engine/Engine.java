package io.github.flux4j.engine;

import java.util.Optional;

/**
 * A way to run models. Implementations are found with {@link java.util.ServiceLoader}, in order of preference.
 *
 * <p>Asked from any thread.
 */
public interface Engine {

    /** One word, the value of {@code -Dflux4j.engine}. */
    String name();

    /** Why this engine can't run the model, or empty if it can. */
    Optional<String> refusal(Blueprint model);

    /** Makes the model ready to run on the blueprint's memory. */
    Program compile(Blueprint model);

    /**
     * The model as an object of the engine's own library, on the same memory.
     *
     * @param training how the model was trained last
     * @return empty if this engine has no such type
     */
    <T> Optional<T> export(Blueprint model, TrainedWith training, Class<T> type);
}
