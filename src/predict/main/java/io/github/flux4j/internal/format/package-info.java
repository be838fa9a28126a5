/** Reads safetensors and JSON, strictly and within limits, whatever they describe. Depends on {@link io.github.flux4j.format}. */
package io.github.flux4j.internal.format;
