/** Prediction from flux4j's model files, in plain Java. */
module io.github.flux4j.predict {
    requires com.google.gson;

    exports io.github.flux4j.predict;
}
