/** Batches, data loaders, one-hot encoding, splits and resampling. Depends on engine, arrays and values, not on layers. */
@NullMarked
package io.github.flux4j.data;

import org.jspecify.annotations.NullMarked;
