/**
 * The port: what an engine is given and what it gives. For those who write an engine or a layer's own mathematics
 * ({@link io.github.flux4j.engine.Kernel}); knows arrays, not layers.
 */
package io.github.flux4j.engine;
