package io.github.flux4j.engine;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.nd4j.linalg.factory.Nd4j;

/** Chooses the engine for a model: the first that can run it, or the one that {@code -Dflux4j.engine} names. */
public final class Engines {

    /** The system property that forces an engine by name. */
    public static final String PROPERTY = "flux4j.engine";

    private static final String SIZE_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";
    private static final String WORDS_AT_START = "org.nd4j.log.initialization";

    private static final String NO_BACKEND = """
            no ND4J backend on the class path, so there is nothing to compute with. Add org.nd4j:nd4j-native-platform:1.0.0-M2.1 \
            (or org.nd4j:nd4j-native:1.0.0-M2.1 with the classifier of your platform, such as linux-x86_64), and its \
            org.bytedeco:javacpp and org.bytedeco:openblas""";

    private static volatile Forced scope;
    private static volatile boolean started;

    private Engines() {}

    /**
     * Makes the model ready to run.
     *
     * @throws IllegalStateException if the forced engine is unknown or can't run the model
     */
    public static Program compile(Blueprint model) {
        Forced forced = forced();
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
                        + refusal.get() + ". Leave it out to let flux4j choose");
            }
        }
        throw new IllegalStateException(unknown(forced.by()));
    }

    private static String unknown(String by) {
        return by + " names no engine; there are " + String.join(", ", names());
    }

    /** Every engine's name, in order of preference. */
    public static List<String> names() {
        return engines().stream().map(Engine::name).toList();
    }

    /** The engine that models must run on; null if flux4j chooses. */
    public static Forced forced() {
        Forced inScope = scope;
        String property = System.getProperty(PROPERTY);
        return inScope != null || property == null ? inScope : new Forced(property, "-D" + PROPERTY + "=" + property);
    }

    /** Why a model that is compiled now gets its engine. */
    public static String reason() {
        Forced forced = forced();
        return forced == null ? "the first that can run the model" : forced.by();
    }

    /** What {@link #force} set; null if nothing. */
    public static Forced scope() {
        return scope;
    }

    /**
     * Sets the engine of models that are compiled from now on, whatever the property says.
     *
     * @param engine null to leave it to the property and to flux4j
     * @throws IllegalArgumentException if there is no such engine
     */
    public static void force(Forced engine) {
        if (engine != null && !names().contains(engine.name())) {
            throw new IllegalArgumentException(unknown(engine.by()));
        }
        scope = engine;
    }

    /**
     * An engine that models must run on.
     *
     * @param by what says so, as it is written
     */
    public record Forced(String name, String by) {}

    /** The model as an object of an engine's own library, on the same memory. */
    public static <T> T export(Blueprint model, Recipe recipe, Class<T> type) {
        return engines().stream()
                .flatMap(engine -> engine.export(model, recipe, type).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no engine exports " + model.name() + " as " + type));
    }

    /**
     * Starts ND4J, which is done by itself at the first array. Asked at each array until it is there, since a static initialiser would
     * say what is missing only once and give a NoClassDefFoundError from then on.
     *
     * <p>Two system properties hold meanwhile, unless they are set: JavaCPP is not to ask the operating system for the process's size at
     * each native allocation, which takes a third of a small DL4J step; and ND4J is not to write a page about itself into the program's
     * log.
     *
     * @throws IllegalStateException if there is no ND4J backend on the class path; the message says what to add
     */
    public static void requireBackend() {
        if (!started) {
            start();
        }
    }

    private static synchronized void start() {
        unlessSet(SIZE_LIMIT, "0", () -> unlessSet(WORDS_AT_START, "false", Engines::startLibraries));
        started = true;
    }

    private static void startLibraries() {
        try {
            Class.forName("org.bytedeco.javacpp.Pointer");
        } catch (ClassNotFoundException | LinkageError e) {
            // the backend that needs it will be missed in its turn
        }
        try {
            Nd4j.getBackend();
        } catch (LinkageError missing) {
            throw new IllegalStateException(NO_BACKEND, missing);
        }
    }

    private static void unlessSet(String property, String value, Runnable action) {
        if (System.getProperty(property) != null) {
            action.run();
            return;
        }
        System.setProperty(property, value);
        try {
            action.run();
        } finally {
            System.clearProperty(property);
        }
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
