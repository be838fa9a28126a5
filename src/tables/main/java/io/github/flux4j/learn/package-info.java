/** Estimators: from a table to a model that reports how good it is. */
@NullMarked
package io.github.flux4j.learn;

import org.jspecify.annotations.NullMarked;
