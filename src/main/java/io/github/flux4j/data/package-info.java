/**
 * Batches, loaders, one-hot, splits and folds. Knows engine and arrays, not layers.
 */
package io.github.flux4j.data;
