/** Prediction from flux4j's model files, in plain Java. */
module io.github.flux4j.predict {
    requires com.google.gson;
    requires static org.jspecify;

    exports io.github.flux4j.predict;
    exports io.github.flux4j.format;

    // for flux4j's other modules, which have no names that could stand here
    exports io.github.flux4j.internal.format;
    exports io.github.flux4j.internal.model;
    exports io.github.flux4j.internal.network;
}
