package io.github.flux4j.train;

import io.github.flux4j.layers.Layer;
import java.util.Map;

/**
 * How far training has come.
 *
 * @param model that is trained
 * @param epoch counted from 1
 * @param batch within the epoch, counted from 1; after an epoch, how many it had
 * @param loss of the batch before its update; after an epoch, the mean of these
 * @param validationLoss after an epoch, of the validation data; NaN after a batch, and without validation data
 * @param metrics after an epoch, of the validation data, by name and in order; empty after a batch
 */
public record Progress(
        Layer model, int epoch, int batch, double loss, double validationLoss, Map<String, Double> metrics) {

    /** Without validation. */
    public Progress(Layer model, int epoch, int batch, double loss) {
        this(model, epoch, batch, loss, Double.NaN, Map.of());
    }
}
