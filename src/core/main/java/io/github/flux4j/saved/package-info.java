/**
 * The parts of Deeplearning4j's that flux4j adds to a {@link io.github.flux4j.layers.Layer#network()}. Files of Deeplearning4j's {@code ModelSerializer} name these
 * classes, so that their names and the names of their JSON never change. Nobody needs to call them.
 */
package io.github.flux4j.saved;
