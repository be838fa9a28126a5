package io.github.flux4j.layers;

import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Origin;
import io.github.flux4j.engine.OverflowException;
import io.github.flux4j.engine.Program;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What flux4j's own rooms, those of losses, rules, training and DL4J's networks, ask of a model. Not for users: to them the words give all of it.
 *
 * <p>As the model.
 */
public final class Inside {

    private Inside() {}

    /** The model, made ready to run by an engine, in the type of these features if it has none of its own. */
    public static Program program(Layer model, INDArray features) {
        return model.compiled().program(features);
    }

    /** How many columns the predictions have for rows of so many features; 0 if the model can't take so many. */
    public static int outputs(Layer model, int features) {
        return model.compiled().outputs(features);
    }

    /**
     * Throws unless x is a matrix of as many columns as the model has inputs.
     *
     * @param what the name of x in the message
     */
    public static void requireFeatures(Layer model, INDArray x, String what) {
        FeatureCheck.requireFeatures(model, x, what);
    }

    /**
     * Throws if the memory of the parameters is gone.
     *
     * @throws IllegalStateException if they were closed, through whichever array that lies there
     */
    public static void requireParameters(Layer model) {
        model.memory().requireOpen(model);
    }

    /** Whether there are running statistics, which {@link #commitStatistics} moves. */
    public static boolean keepsStatistics(Layer model) {
        return !model.statistics().isEmpty();
    }

    /**
     * Tells that the gradient of a batch was computed into this array, and the running statistics wait for a step.
     *
     * @param forStep whether the next step is by this one alone, whatever others were asked for before
     */
    public static void gradientComputed(Layer model, INDArray into, boolean forStep) {
        if (!keepsStatistics(model)) {
            return;
        }
        if (forStep) {
            model.compiled().lastGradient().computedForStep(into);
        } else {
            model.compiled().lastGradient().computed(into);
        }
    }

    /** Whether a step by this gradient moves running statistics too: it can only be that of the model's last batch. */
    public static boolean stepMovesStatistics(Layer model, INDArray gradient) {
        return keepsStatistics(model) && model.compiled().lastGradient().isMeantBy(gradient);
    }

    /** Tells that a step was made, so that what gradients come are for the next. */
    public static void stepped(Layer model) {
        if (keepsStatistics(model)) {
            model.compiled().lastGradient().forget();
        }
    }

    /**
     * Throws if {@link #commitStatistics} would set a number that is not finite.
     *
     * @throws OverflowException with the statistic; nothing is changed
     */
    public static void requireFiniteStatistics(Layer model) {
        List<RunningStatistics> statistics = model.statistics();
        for (int i = 0; i < statistics.size(); i++) {
            statistics.get(i).requireFinite();
        }
    }

    /**
     * Moves running statistics by the batch whose gradient was computed last, if they have not been. A step does this once it has found the
     * gradient to be finite; until then nothing of the model has changed.
     */
    public static void commitStatistics(Layer model) {
        List<RunningStatistics> statistics = model.statistics();
        for (int i = 0; i < statistics.size(); i++) {
            statistics.get(i).commit();
        }
    }

    /** As {@link State#change}, until {@link #endChange}. */
    public static void beginChange(Layer model) {
        model.changes().begin();
    }

    /** Ends what {@link #beginChange} began. */
    public static void endChange(Layer model) {
        model.changes().end();
    }

    /** Remembers how the model was trained last, so that {@link Layer#network()} can go on in the same way. */
    public static void trainedWith(Layer model, Objective loss, Object rule) {
        model.compiled().trainedWith(loss, rule);
    }

    /**
     * The element-wise operation that an activation's text names.
     *
     * @throws IllegalArgumentException if there is no such activation, or it is none of single elements
     */
    public static Operation.Pointwise pointwise(String activation) {
        return operation(Activation.parse(activation), Operation.Pointwise.class);
    }

    /**
     * The operation on rows that is a layer's, with what it had kept.
     *
     * @throws IllegalArgumentException if there is no such layer, or it can't keep that
     */
    public static Operation.Rows rows(String layer, Origin.Kept kept, DataType type) {
        return operation(LayerOrigin.remake(layer, kept, type), Operation.Rows.class);
    }

    private static <O extends Operation> O operation(Layer layer, Class<O> kind) {
        List<Operation> operations = layer.operations();
        if (operations.size() != 1 || !kind.isInstance(operations.get(0))) {
            throw new IllegalArgumentException(layer.inOneLine() + " was expected to be one operation of kind "
                    + kind.getSimpleName() + ", but is " + operations.size() + " of other kinds");
        }
        return kind.cast(operations.get(0));
    }

    /** Something that is kept as long as the model is, one object of each type; {@code make} makes it the first time. */
    public static <T> T attachment(Layer model, Class<T> type, Supplier<T> make) {
        return model.compiled().attachment(type, make);
    }
}
