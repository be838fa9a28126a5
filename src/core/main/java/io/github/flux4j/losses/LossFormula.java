package io.github.flux4j.losses;

import io.github.flux4j.engine.LossInput;

/** What a loss works out of a batch, before it has a name: a sum of terms, or one number for the batch as a whole. */
interface LossFormula {

    /** How many terms a mean is over; 1 if the number is of the whole batch. */
    double terms(int rows, int columns);

    /** Null, or why there is nothing to take a sum of. */
    default String whole() {
        return null;
    }

    /**
     * Throws unless the predictions are of the kind that this is for.
     *
     * @param loss its name, for messages
     */
    default void require(String loss, LossInput batch) {}

    /**
     * Σ weight·term over the batch.
     *
     * @param scale what the sum will be multiplied by
     * @param gradient receives scale·∂sum/∂prediction, unless null
     */
    double sum(LossInput batch, double scale, double[] gradient);

    /** One that reads Float32 numbers as they are. */
    interface OfFloats extends LossFormula {

        /** As {@link #require(String, LossInput)}. */
        void require(String loss, float[] predictions, float[] targets, int rows, int columns);

        /** As {@link #sum(LossInput, double, double[])}, always with a gradient. */
        double sum(float[] p, float[] y, double[] weights, int rows, int columns, double scale, float[] gradient);
    }
}
