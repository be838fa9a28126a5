package io.github.flux4j.learn;

import java.util.Objects;

/**
 * What came of a {@link FoldTask}: numbers and texts alone, to be sent as one likes.
 *
 * @param number the task's
 * @param predictions for the rows that were tested, in their order: one number for each, or the probability of each class of the whole table; empty
 *     if it failed
 * @param linear a linear model's for the same rows; empty if there is none
 * @param failure why there are none; empty if there are
 */
public record FoldResult(int number, double[][] predictions, double[][] linear, String failure) {

    /** None is null. */
    public FoldResult {
        Objects.requireNonNull(predictions, "predictions are null");
        Objects.requireNonNull(linear, "linear is null; for none it is empty");
        Objects.requireNonNull(failure, "failure is null; for none it is empty");
    }

    boolean failed() {
        return !failure.isEmpty();
    }
}
