/**
 * The pass over data, the trainer with its history, stopping, and what is thrown when training diverges. Knows data, layers, losses and rules.
 */
@NullMarked
package io.github.flux4j.train;

import org.jspecify.annotations.NullMarked;
