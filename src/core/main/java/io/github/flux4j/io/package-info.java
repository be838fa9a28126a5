/**
 * What leaves the process and comes back: model files, weights, checkpoints. Knows layers, losses and rules, and the file format of
 * {@link io.github.flux4j.predict}; not training.
 */
@NullMarked
package io.github.flux4j.io;

import org.jspecify.annotations.NullMarked;
