/**
 * The port: what an engine is given and what it gives. For those who write an engine ({@link io.github.flux4j.engine.Engine}), a layer's own
 * mathematics ({@link io.github.flux4j.engine.Kernel}) or a training loop that does what {@code train} does
 * ({@link io.github.flux4j.engine.ModelPort}). Who uses the library's needs none of it. Knows arrays, not layers.
 */
package io.github.flux4j.engine;
