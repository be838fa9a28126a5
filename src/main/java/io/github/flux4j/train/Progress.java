package io.github.flux4j.train;

import io.github.flux4j.layers.Layer;

/**
 * How far training has come.
 *
 * @param model that is trained
 * @param epoch counted from 1
 * @param batch within the epoch, counted from 1; after an epoch, how many it had
 * @param loss of the batch before its update; after an epoch, the mean of these
 */
public record Progress(Layer model, int epoch, int batch, double loss) {}
