/**
 * The layers, which are models too: their settings are values, their parameters one flat vector. Know engine, arrays and values; how a model
 * is trained is not theirs.
 */
@NullMarked
package io.github.flux4j.layers;

import org.jspecify.annotations.NullMarked;
