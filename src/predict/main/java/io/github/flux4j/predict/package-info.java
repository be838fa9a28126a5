/**
 * Prediction from model files in plain Java, with Gson and without ND4J: a small jar of its own. Begin with
 * {@link io.github.flux4j.predict.Predictor}. Knows the format and what runs networks, and nothing that trains.
 */
package io.github.flux4j.predict;
