/**
 * The Deeplearning4j parts that flux4j adds to a {@link io.github.flux4j.layers.Layer#network()}. You need not call them. Their names and those in their JSON
 * never change, since files of Deeplearning4j's {@code ModelSerializer} contain them.
 */
package io.github.flux4j.saved;
