package io.github.flux4j.train;

import io.github.flux4j.layers.Layer;
import java.util.Map;

/**
 * The progress of training, after a batch or an epoch. Its model is in training: other threads may predict with it, but not train it.
 *
 * @param model the model in training
 * @param epoch counted from 1
 * @param batch its number within the epoch, from 1; after an epoch, the number of batches
 * @param loss the batch's loss before its update; after an epoch, the mean of these
 * @param validationLoss the validation loss after an epoch; NaN after a batch or without validation data
 * @param metrics the validation metrics after an epoch, by name and in order; empty after a batch
 */
public record Progress(
        Layer model, int epoch, int batch, double loss, double validationLoss, Map<String, Double> metrics) {

    /** Makes progress without validation. */
    public Progress(Layer model, int epoch, int batch, double loss) {
        this(model, epoch, batch, loss, Double.NaN, Map.of());
    }
}
