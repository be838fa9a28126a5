/**
 * Writes and reads model files, weights and checkpoints. Depends on layers, losses, rules and the file format of {@link io.github.flux4j.predict}, not on
 * training.
 */
@NullMarked
package io.github.flux4j.io;

import org.jspecify.annotations.NullMarked;
