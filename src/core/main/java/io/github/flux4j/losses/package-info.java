/**
 * Loss functions and their binding to a model. Know batches and layers, not rules.
 */
@NullMarked
package io.github.flux4j.losses;

import org.jspecify.annotations.NullMarked;
