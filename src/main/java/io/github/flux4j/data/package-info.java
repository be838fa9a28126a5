/**
 * Tables, and where they come from; batches, loaders, one-hot, splits and folds. Knows engine, arrays and values, not layers.
 */
package io.github.flux4j.data;
