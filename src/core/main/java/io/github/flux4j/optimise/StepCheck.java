package io.github.flux4j.optimise;

import io.github.flux4j.engine.OverflowException;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Parameter;
import java.util.List;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks a step's gradient and result, for unusual steps, so it may take time and memory. */
final class StepCheck {

    private StepCheck() {}

    /**
     * Throws unless the gradient of each parameter that isn't frozen is finite.
     *
     * @param slots one for each parameter; none if nothing is frozen
     */
    static void requireFiniteGradient(INDArray gradient, List<Parameter> parameters, List<Slots.Slot> slots) {
        double[] g = Tensors.toDoubles(gradient);
        for (int k = 0; k < parameters.size(); k++) {
            if (slots.isEmpty() || !slots.get(k).frozen) {
                requireFinite(g, parameters.get(k), "the gradient of %s has a %s");
            }
        }
    }

    /**
     * Throws unless a step left finite numbers finite.
     *
     * @param before the parameters before it
     */
    static void requireFiniteStep(double[] before, Layer model, Rule rule, List<Slots.Slot> slots) {
        double[] after = Tensors.toDoubles(model.flatParameters());
        for (int i = 0; i < after.length; i++) {
            after[i] = Double.isFinite(before[i]) ? after[i] : 0; // it wasn't this step
        }
        for (Parameter parameter : model.trainables()) {
            requireFinite(after, parameter, "a step of " + rule + " would give %s a %s");
        }
        slots.forEach(StepCheck::requireFiniteState);
    }

    private static void requireFinite(double[] values, Parameter parameter, String text) {
        for (int i = parameter.offset(); i < parameter.offset() + parameter.length(); i++) {
            if (!Double.isFinite(values[i])) {
                throw new OverflowException(text.formatted(parameter.path(), values[i]));
            }
        }
    }

    private static void requireFiniteState(Slots.Slot slot) {
        boolean isFinite = slot.update.state(0, slot.length).stream()
                .flatMapToDouble(DoubleStream::of)
                .allMatch(Double::isFinite);
        if (!isFinite) {
            throw new OverflowException(
                    "the state of " + slot.rule + (slot.path.isEmpty() ? "" : " for " + slot.path) + " overflows");
        }
    }
}
