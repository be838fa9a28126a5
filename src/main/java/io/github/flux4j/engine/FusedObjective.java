package io.github.flux4j.engine;

/** An {@link Objective} that reads predictions and targets as they are, in either element type, in one pass over the last layer. */
public interface FusedObjective extends Objective {

    /**
     * The loss of {@code [rows, columns]} predictions and targets.
     *
     * @param weights one weight an example, or null
     * @param gradient receives ∂loss/∂prediction
     */
    double evaluate(float[] predictions, float[] targets, double[] weights, int rows, int columns, float[] gradient);

    /**
     * The loss of {@code [rows, columns]} predictions and targets.
     *
     * @param weights one weight an example, or null
     * @param gradient receives ∂loss/∂prediction
     */
    double evaluate(double[] predictions, double[] targets, double[] weights, int rows, int columns, double[] gradient);
}
