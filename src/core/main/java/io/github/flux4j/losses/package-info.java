/** Loss functions and losses bound to a model. Depends on batches and layers, not on rules. */
@NullMarked
package io.github.flux4j.losses;

import org.jspecify.annotations.NullMarked;
