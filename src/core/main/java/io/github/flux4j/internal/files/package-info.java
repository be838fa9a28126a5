/**
 * Writes files atomically: any of them, safetensors files, and model files, which {@link io.github.flux4j.predict} reads. Depends on no other package of core.
 */
package io.github.flux4j.internal.files;
