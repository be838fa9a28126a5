package io.github.flux4j.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.engine.Engines;
import io.github.flux4j.layers.Layer;
import java.util.List;
import java.util.function.Supplier;

/** Models on an engine of the test's choice, whatever the property says that chooses it for the rest. */
public final class ForcedEngine {

    /** Every engine, by name. */
    public static final List<String> ALL = List.of("lean", "dl4j");

    private ForcedEngine() {}

    /** The model, made ready to run on that engine, where it stays as long as its parameters lie where they are. */
    public static <L extends Layer> L on(String engine, L model) {
        return during(engine, () -> {
            assertThat(model.engine()).isEqualTo(engine);
            return model;
        });
    }

    /** What an action gives whose models are made ready to run on that engine. The property is the process's, so one at a time. */
    public static synchronized <T> T during(String engine, Supplier<T> action) {
        String before = System.getProperty(Engines.PROPERTY);
        System.setProperty(Engines.PROPERTY, engine);
        try {
            return action.get();
        } finally {
            restore(before);
        }
    }

    private static void restore(String before) {
        if (before == null) {
            System.clearProperty(Engines.PROPERTY);
        } else {
            System.setProperty(Engines.PROPERTY, before);
        }
    }
}
