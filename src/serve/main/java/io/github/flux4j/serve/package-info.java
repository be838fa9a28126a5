/** Predictions of model files for tables, JSON and browsers: over streams of any length, and over HTTP. Works without ND4J. */
@NullMarked
package io.github.flux4j.serve;

import org.jspecify.annotations.NullMarked;
