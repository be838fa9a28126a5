package io.github.flux4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Chooses the engine for a model: the first that can run it, or the one that {@code -Dflux4j.engine} names. Thread-safe. */
public final class Engines {

    /** The system property that forces an engine by name. */
    public static final String PROPERTY = "flux4j.engine";

    private static volatile @Nullable Forced scope;

    private Engines() {}

    /**
     * Prepares the model to run.
     *
     * @throws IllegalStateException if the forced engine is unknown or can't run the model, or none can
     */
    public static Program compile(Blueprint model) {
        Forced forced = forced();
        List<String> refusals = new ArrayList<>();
        for (Engine engine : engines()) {
            if (forced != null && !forced.name().equals(engine.name())) {
                continue;
            }
            Optional<String> refusal = engine.refusal(model);
            if (refusal.isEmpty()) {
                return engine.compile(model);
            }
            if (forced != null) {
                throw new IllegalStateException(forced.by() + ", but that engine can't run " + model.name() + ": "
                        + refusal.get() + ". Remove that setting to let flux4j choose");
            }
            refusals.add(engine.name() + ": " + refusal.get());
        }
        throw new IllegalStateException(
                forced != null
                        ? unknown(forced.by())
                        : "no engine can run " + model.name() + "; " + String.join("; ", refusals));
    }

    private static String unknown(String by) {
        return by + " names no engine; the engines are " + String.join(", ", names());
    }

    /** Returns every engine's name, in order of preference. */
    public static List<String> names() {
        return engines().stream().map(Engine::name).toList();
    }

    /** Returns the engine that models must run on, or null if flux4j chooses. */
    public static @Nullable Forced forced() {
        Forced inScope = scope;
        String property = System.getProperty(PROPERTY);
        return inScope != null || property == null ? inScope : new Forced(property, "-D" + PROPERTY + "=" + property);
    }

    /** Returns why a model that is compiled now gets its engine. */
    public static String reason() {
        Forced forced = forced();
        return forced == null ? "the first that can run the model" : forced.by();
    }

    /** Returns what {@link #force} set, or null. */
    public static @Nullable Forced scope() {
        return scope;
    }

    /**
     * Forces the engine of models that are compiled from now on, whatever the property says.
     *
     * @param engine null to leave the choice to the property and flux4j
     * @throws IllegalArgumentException if there is no such engine
     */
    public static void force(@Nullable Forced engine) {
        if (engine != null && !names().contains(engine.name())) {
            throw new IllegalArgumentException(unknown(engine.by()));
        }
        scope = engine;
    }

    /**
     * An engine that models must run on.
     *
     * @param by the setting that forces it, as written
     */
    public record Forced(String name, String by) {}

    /** Exports the model as an object of an engine's own library, on the same memory. */
    public static <T> T export(Blueprint model, TrainedWith training, Class<T> type) {
        return engines().stream()
                .flatMap(engine -> engine.export(model, training, type).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no engine exports " + model.name() + " as " + type));
    }

    private static List<Engine> engines() {
        return Found.ENGINES;
    }

    private static final class Found {
        static final List<Engine> ENGINES = ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
