/** Layers, which are also models: their settings are values, their parameters one flat vector. Depends on engine, arrays and values, not on training. */
@NullMarked
package io.github.flux4j.layers;

import org.jspecify.annotations.NullMarked;
