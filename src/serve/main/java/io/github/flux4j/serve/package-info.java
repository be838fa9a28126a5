/**
 * Predictions of a model file for those who come with a table, JSON or a browser: row by row over streams of any length, and over HTTP. Knows the rooms
 * for prediction and for data, and works without ND4J.
 */
@NullMarked
package io.github.flux4j.serve;

import org.jspecify.annotations.NullMarked;
