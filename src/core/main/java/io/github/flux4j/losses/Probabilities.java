package io.github.flux4j.losses;

import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Checks the predictions of a loss with logarithms of probabilities. Otherwise a model that outputs logits would train towards a loss of −∞, or end in a NaN
 * that suggests a learning rate too large.
 *
 * @param greatest the greatest prediction allowed, rounding aside; 1, or infinity
 * @param ofClasses whether columns are classes, so that one column alone is an error
 * @param logitLoss the same loss for logits, or null if there is none
 * @param activation one that outputs probabilities
 */
record Probabilities(double greatest, boolean ofClasses, String logitLoss, String activation) {

    /** How far rounding may put probabilities out of range: several roundings in Float32, which Float64 values may have been through. */
    static final double ROUNDING = 1e-6;

    static final Probabilities OF_CLASSES = new Probabilities(1, true, "logitcrossentropy", "SOFTMAX");
    static final Probabilities BINARY = new Probabilities(1, false, "logitbinarycrossentropy", "SIGMOID");

    Probabilities withoutLogitLoss() {
        return new Probabilities(greatest, ofClasses, null, activation);
    }

    /** Flux's own example of kldivergence has 4, 5 and 6. */
    Probabilities unbounded() {
        return new Probabilities(Double.POSITIVE_INFINITY, ofClasses, logitLoss, activation);
    }

    /** Throws unless the predictions are valid; ignores NaN. */
    void require(String loss, double[] p, double[] y, int rows, int columns) {
        require(loss, i -> p[i], i -> y[i], rows, columns);
    }

    /** Throws unless the predictions are valid; ignores NaN. */
    void require(String loss, float[] p, float[] y, int rows, int columns) {
        require(loss, i -> p[i], i -> y[i], rows, columns);
    }

    private void require(
            String loss, IntToDoubleFunction predictions, IntToDoubleFunction targets, int rows, int columns) {
        for (int i = 0; i < rows * columns; i++) {
            double p = predictions.applyAsDouble(i);
            if (p < -ROUNDING || p > greatest + ROUNDING) {
                throw logits(loss, p, i, columns);
            }
        }
        if (ofClasses && columns == 1 && isSoftmaxOfOne(predictions, targets, rows)) {
            throw oneClass(loss);
        }
    }

    /** Whether each is exactly 1, as softmax over one output gives whatever the features, although not each target is 1. */
    private static boolean isSoftmaxOfOne(IntToDoubleFunction predictions, IntToDoubleFunction targets, int rows) {
        return IntStream.range(0, rows).allMatch(i -> predictions.applyAsDouble(i) == 1)
                && IntStream.range(0, rows).anyMatch(i -> targets.applyAsDouble(i) != 1);
    }

    private IllegalArgumentException logits(String loss, double p, int i, int columns) {
        String other = logitLoss == null ? "" : "use " + logitLoss + ", or ";
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "%s expects probabilities, from 0 to 1, but the prediction in row %d, column %d is %s."
                        + " These look like logits: %send the model with %s",
                loss,
                i / columns,
                i % columns,
                (float) p == p ? String.valueOf((float) p) : String.valueOf(p),
                other,
                activation));
    }

    /** For a loss of classes with only one class. */
    static IllegalArgumentException oneClass(String loss) {
        return new IllegalArgumentException(
                loss + " compares classes, but the predictions have one column: a softmax over one output"
                        + " is always 1, so there is nothing to learn. For two classes in one output use logitbinarycrossentropy, or"
                        + " binarycrossentropy after SIGMOID; otherwise give each class an output, and a column of the targets");
    }
}
