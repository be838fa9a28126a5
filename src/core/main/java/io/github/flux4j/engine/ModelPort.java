package io.github.flux4j.engine;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model as losses, rules and training see it, for those who write their own: a model's {@code port()} returns it.
 *
 * <p>It says what computes the model and in which order a step computes, checks and adopts numbers. For threads see the model.
 */
public interface ModelPort {

    /** Returns the model as its engine prepared it, in the type of these features if it has none of its own. */
    Program program(INDArray features);

    /** Returns the model's operations. */
    List<Operation> operations();

    /** Returns the number of output columns for {@code features} columns, or 0 if the model can't take so many. */
    int outputs(int features);

    /**
     * Throws unless x is a matrix with as many columns as the model has inputs.
     *
     * @param what the name of x in the message
     */
    void requireFeatures(INDArray x, String what);

    /**
     * Throws if the memory of the parameters was released.
     *
     * @throws IllegalStateException if they were closed, through whichever array lies there
     */
    void requireParameters();

    /**
     * Throws unless the vector is open, contiguous, of the model's type, as long as its parameters and not the parameters themselves; for a model without
     * parameters it must be null.
     *
     * @param what its name in the message, such as {@code the gradient}
     * @throws IllegalArgumentException with what was expected and what came
     * @throws IllegalStateException if its memory was released
     */
    void requireVector(@Nullable INDArray vector, String what);

    /** Whether the model has running statistics, which {@link #commitStatistics} moves. */
    boolean keepsStatistics();

    /**
     * Records that a batch's gradient was computed into this array, and that running statistics wait for a step.
     *
     * @param forStep whether the next step uses this gradient alone, whatever others were computed before
     */
    void gradientComputed(INDArray into, boolean forStep);

    /** Whether a step by this gradient moves running statistics too: it must be that of the model's last batch. */
    boolean stepMovesStatistics(INDArray gradient);

    /** Records that a step was made, so that later gradients count for the next. */
    void stepped();

    /**
     * Throws if {@link #commitStatistics} would set a number that is not finite.
     *
     * @throws OverflowException with the statistic; nothing is changed
     */
    void requireFiniteStatistics();

    /**
     * Moves running statistics by the batch of the last gradient, unless that was done. A step calls it once it has found the gradient finite; until then
     * nothing of the model has changed.
     */
    void commitStatistics();

    /** Begins a change of numbers that lasts until {@link #endChange}: concurrent predictions use the numbers from before or after. */
    void beginChange();

    /** Ends what {@link #beginChange} began. */
    void endChange();

    /** Records how the model was trained last, so that its network can continue in the same way. */
    void trainedWith(Objective loss, Object rule);

    /**
     * Restores the state of a model with the same text.
     *
     * @throws IllegalArgumentException if it can't have that state
     */
    void restore(Origin.Kept kept);

    /** Returns an object that lives as long as the model, one per type; {@code make} makes it the first time. */
    <T> T attachment(Class<T> type, Supplier<T> make);
}
