/** Passes over data, the trainer with its history, stopping, and the exception for training that diverges. Depends on data, layers, losses and rules. */
@NullMarked
package io.github.flux4j.train;

import org.jspecify.annotations.NullMarked;
