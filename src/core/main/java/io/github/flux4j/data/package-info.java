/** Batches, loaders, one-hot, splits and resampling. Knows engine, arrays and values, not layers. */
package io.github.flux4j.data;
