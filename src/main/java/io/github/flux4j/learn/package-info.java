/**
 * Estimators: from a table to a model that says how good it is. Knows tables, layers, losses, rules, training, and the plain preparation of
 * features; knows nothing of files and the command line.
 */
package io.github.flux4j.learn;
