/**
 * The port between models and engines: what an engine receives and returns. Depends on arrays, not on layers.
 *
 * <p>You need it only to write an engine ({@link io.github.flux4j.engine.Engine}), a layer's own mathematics ({@link io.github.flux4j.engine.Kernel}) or a
 * training loop in place of {@code train} ({@link io.github.flux4j.engine.ModelPort}).
 */
@NullMarked
package io.github.flux4j.engine;

import org.jspecify.annotations.NullMarked;
