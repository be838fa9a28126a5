package io.github.flux4j.saved;

import io.github.flux4j.engine.LossInput;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.losses.LossFunction;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Any {@link Objective} as a DL4J loss; JSON holds its text. DL4J sums over the batch and divides by its size, where Flux takes means, so this class multiplies
 * score and gradient by that size.
 */
public class FluxLoss implements ILossFunction {

    private static final long serialVersionUID = 1;

    private transient Objective objective;
    private transient double[] weights;
    private transient double value;

    /**
     * Makes it for an objective.
     *
     * @param objective null if {@link #use} will set it
     */
    public FluxLoss(Objective objective) {
        this.objective = objective;
    }

    /** Reads it from a file. */
    @JsonCreator
    protected FluxLoss(@JsonProperty("loss") String text) {
        this(LossFunction.parse(text));
    }

    @JsonProperty("loss")
    String text() {
        return PartText.of(objective, this::requireText);
    }

    private String requireText() {
        if (objective instanceof LossFunction loss) {
            return loss.text();
        }
        throw new IllegalArgumentException("it isn't one of the library's losses, nor one with a name");
    }

    /** Sets what the next calls compute. */
    public void use(Objective objective, double[] weights) {
        this.objective = objective;
        this.weights = weights;
    }

    /** Returns the loss at the last gradient. */
    public double value() {
        return value;
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        INDArray output = activation.getActivation(preOutput.dup('c'), true);
        double[] gradient = new double[(int) output.length()];
        value = objective.evaluate(comparison(labels, output), gradient);
        int rows = output.rows();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= rows;
        }
        // in DL4J's workspace, as whatever a step makes
        INDArray epsilonOut = Nd4j.createUninitialized(output.dataType(), output.shape(), 'c');
        Tensors.write(gradient, epsilonOut);
        return activation.backprop(preOutput.dup('c'), epsilonOut).getFirst();
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        INDArray output = activation.getActivation(preOutput.dup('c'), true);
        double mean = objective.evaluate(comparison(labels, output), null);
        return average ? mean : mean * output.rows();
    }

    private LossInput comparison(INDArray labels, INDArray output) {
        return new LossInput(
                Tensors.toDoubles(output),
                Tensors.toDoubles(labels),
                weights,
                output.rows(),
                output.columns(),
                output.dataType() == DataType.DOUBLE ? Math.ulp(1.0) : Math.ulp(1.0f));
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        throw new UnsupportedOperationException(
                "a score per example is not defined for every Flux loss; use the loss function itself");
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        return Pair.of(
                computeScore(labels, preOutput, activation, mask, average),
                computeGradient(labels, preOutput, activation, mask));
    }

    @Override
    public String name() {
        return String.valueOf(objective);
    }
}
