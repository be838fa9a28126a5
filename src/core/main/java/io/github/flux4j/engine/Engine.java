package io.github.flux4j.engine;

import java.util.Optional;

/** Runs models. {@link java.util.ServiceLoader} finds implementations, in order of preference. Any thread may call one. */
public interface Engine {

    /** Returns its name in one word, the value of {@code -Dflux4j.engine}. */
    String name();

    /** Returns why this engine can't run the model, or empty if it can. */
    Optional<String> refusal(Blueprint model);

    /** Prepares the model to run on the blueprint's memory. */
    Program compile(Blueprint model);

    /**
     * Exports the model as an object of the engine's own library, on the same memory.
     *
     * @param training how the model was trained last
     * @return empty if this engine has no such type
     */
    <T> Optional<T> export(Blueprint model, TrainedWith training, Class<T> type);
}
