package io.github.flux4j.losses;

import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.Operand;

/** Checks whether a batch fits a model: a few comparisons at each step, and a text only if it doesn't. */
final class BatchCheck {

    /** In place of a batch's number, for a batch alone. */
    static final int ALONE = 0;

    private BatchCheck() {}

    /**
     * Throws unless the batch is open and has features of the model's width and targets of its predictions' shape.
     *
     * @param number the batch's number, for the message
     */
    static void require(Loss loss, Batch batch, int number) {
        if (batch.isOver()) {
            batch.requireOpen(name(number));
        }
        Operand x = batch.featureOperand();
        Operand y = batch.targetOperand();
        if (y == null
                || y.rows() != x.rows()
                || y.columns() != loss.model().port().outputs(x.columns())) {
            refuse(loss, batch, name(number));
        }
    }

    private static void refuse(Loss loss, Batch batch, String name) {
        loss.model().port().requireFeatures(batch.features(), name);
        long[] predictions = {
            batch.size(), loss.model().outputSize(batch.featureOperand().columns())
        };
        loss.function().requireSameShape(predictions, batch.targets().shape(), "the targets of " + name);
    }

    private static String name(int number) {
        return number == ALONE ? "the batch" : "batch " + number;
    }
}
