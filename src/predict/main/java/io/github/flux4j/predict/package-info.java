/**
 * Prediction from model files in plain Java, in a small jar that needs Gson but not ND4J. Begin with {@link io.github.flux4j.predict.Predictor}. Depends on the
 * file format and on what runs networks, never on training.
 */
package io.github.flux4j.predict;
