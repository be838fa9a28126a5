/**
 * Estimators: from a table to a model that says how good it is. Knows tables, layers, losses, rules, training, metrics, the plain preparation of
 * features, and files; not the command line.
 */
@NullMarked
package io.github.flux4j.learn;

import org.jspecify.annotations.NullMarked;
