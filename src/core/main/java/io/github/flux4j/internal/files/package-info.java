/**
 * Writes files, each whole or not at all: any of them, safetensors files, and model files, which {@link io.github.flux4j.predict} reads. Knows no other
 * room.
 */
package io.github.flux4j.internal.files;
