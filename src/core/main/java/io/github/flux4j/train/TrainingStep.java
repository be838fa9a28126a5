package io.github.flux4j.train;

import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.OverflowException;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Parameter;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Optimiser;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One step: gradient, check, update. */
final class TrainingStep {

    /** In place of a batch's number, for a batch alone. */
    static final int ALONE = 0;

    private TrainingStep() {}

    /** Checks once, for all steps of a pass, that the optimiser belongs to this model. */
    static void prepare(Loss loss, Optimiser optimiser) {
        Objects.requireNonNull(loss, "loss is null");
        Objects.requireNonNull(optimiser, "optimiser is null").requireModel(loss.model());
        loss.model().port().trainedWith(loss.function(), optimiser.rule());
    }

    /**
     * Makes a step, unless the loss isn't finite, and returns the loss before it. Few calls lie between a pass and its loops, since the JIT inlines only fifteen.
     *
     * @param number the batch's number, from 1, or {@link #ALONE}
     * @throws DivergedException if the loss is finite, but its gradient or the step is not; nothing is changed
     */
    static double on(Loss loss, Batch batch, int number, Optimiser optimiser) {
        INDArray gradient = optimiser.gradientBuffer();
        double value = loss.gradientOfStep(batch, gradient, number);
        if (Double.isFinite(value)) {
            try {
                optimiser.step(gradient);
            } catch (OverflowException overflow) {
                throw new DivergedException(Math.max(number, 1), value, optimiser.rule(), overflow);
            }
        }
        return value;
    }

    /** Throws if this loss, for which no step was made, is not finite. */
    static void requireFinite(double value, Loss loss, int number, Optimiser optimiser) {
        if (!Double.isFinite(value)) {
            throw new DivergedException(number, value, optimiser.rule(), nonFinite(loss.model()));
        }
    }

    /** Describes a parameter that is not finite; null if all are. */
    private static String nonFinite(Layer model) {
        for (Parameter parameter : model.trainables()) {
            for (double value : Tensors.toDoubles(parameter.values())) {
                if (!Double.isFinite(value)) {
                    return "a " + value + " in " + parameter.path();
                }
            }
        }
        return null;
    }
}
