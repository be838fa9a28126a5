/** Models as Deeplearning4j networks, and the engine that computes with them. No other package imports Deeplearning4j, except for {@code Layer.network()}. */
package io.github.flux4j.internal.dl4j;
