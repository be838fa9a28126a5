/** Batches, loaders, one-hot, splits and resampling. Knows engine, arrays and values, not layers. */
@NullMarked
package io.github.flux4j.data;

import org.jspecify.annotations.NullMarked;
