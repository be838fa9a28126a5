/**
 * The seam: models as Deeplearning4j's networks, and the engine that computes with them. The only room that imports Deeplearning4j, but for
 * {@code Layer.network()}.
 */
package io.github.flux4j.internal.dl4j;
