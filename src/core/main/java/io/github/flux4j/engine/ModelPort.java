package io.github.flux4j.engine;

import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model as losses, rules and training see it, for those who write their own: what computes it, and in which order a step gives, checks and takes
 * over its numbers. A model's {@code port()} gives it.
 *
 * <p>Threads as the model says.
 */
public interface ModelPort {

    /** The model, made ready to run by an engine, in the type of these features if it has none of its own. */
    Program program(INDArray features);

    /** What it computes. */
    List<Operation> operations();

    /** How many columns the predictions have for rows of so many features; 0 if the model can't take so many. */
    int outputs(int features);

    /**
     * Throws unless x is a matrix of as many columns as the model has inputs.
     *
     * @param what the name of x in the message
     */
    void requireFeatures(INDArray x, String what);

    /**
     * Throws if the memory of the parameters is gone.
     *
     * @throws IllegalStateException if they were closed, through whichever array that lies there
     */
    void requireParameters();

    /**
     * Throws unless the vector is open, of the model's type, as long as its parameters, without gaps, and not the parameters themselves; of a
     * model without parameters it must be null.
     *
     * @param what its name in the message, such as {@code the gradient}
     * @throws IllegalArgumentException with what was expected and what came
     * @throws IllegalStateException if its memory is gone
     */
    void requireVector(INDArray vector, String what);

    /** Whether there are running statistics, which {@link #commitStatistics} moves. */
    boolean keepsStatistics();

    /**
     * Tells that the gradient of a batch was computed into this array, and the running statistics wait for a step.
     *
     * @param forStep whether the next step is by this one alone, whatever others were asked for before
     */
    void gradientComputed(INDArray into, boolean forStep);

    /** Whether a step by this gradient moves running statistics too: it can only be that of the model's last batch. */
    boolean stepMovesStatistics(INDArray gradient);

    /** Tells that a step was made, so that what gradients come are for the next. */
    void stepped();

    /**
     * Throws if {@link #commitStatistics} would set a number that is not finite.
     *
     * @throws OverflowException with the statistic; nothing is changed
     */
    void requireFiniteStatistics();

    /**
     * Moves running statistics by the batch whose gradient was computed last, if they have not been. A step does this once it has found the
     * gradient to be finite; until then nothing of the model has changed.
     */
    void commitStatistics();

    /** Begins to change numbers, until {@link #endChange}: threads that predict meanwhile do so with those from before or from after. */
    void beginChange();

    /** Ends what {@link #beginChange} began. */
    void endChange();

    /** Remembers how the model was trained last, so that its network can go on in the same way. */
    void trainedWith(Objective loss, Object rule);

    /**
     * Goes on with what a model of the same text had kept.
     *
     * @throws IllegalArgumentException if it can't keep that
     */
    void restore(Origin.Kept kept);

    /** Something that is kept as long as the model is, one object of each type; {@code make} makes it the first time. */
    <T> T attachment(Class<T> type, Supplier<T> make);
}
