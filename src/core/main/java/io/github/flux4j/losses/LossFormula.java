package io.github.flux4j.losses;

import io.github.flux4j.engine.LossInput;

/** The computation of a loss, without its name: a sum of terms, or one number for the whole batch. */
interface LossFormula {

    /** The number of terms that a mean divides by; 1 for a number of the whole batch. */
    double terms(int rows, int columns);

    /** Null, or why there is nothing to sum. */
    default String whole() {
        return null;
    }

    /**
     * Throws unless the predictions are of the right kind.
     *
     * @param loss its name, for messages
     */
    default void require(String loss, LossInput batch) {}

    /**
     * Computes Σ weight·term over the batch.
     *
     * @param scale the factor that the sum will be multiplied by
     * @param gradient receives scale·∂sum/∂prediction, unless null
     */
    double sum(LossInput batch, double scale, double[] gradient);

    /** A formula that reads Float32 numbers directly. */
    interface OfFloats extends LossFormula {

        /** See {@link #require(String, LossInput)}. */
        void require(String loss, float[] predictions, float[] targets, int rows, int columns);

        /** See {@link #sum(LossInput, double, double[])}; always with a gradient. */
        double sum(float[] p, float[] y, double[] weights, int rows, int columns, double scale, float[] gradient);
    }
}
