package io.github.flux4j.saved;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/** A rule at work on a layer's parameters. Between steps its state is in DL4J's array, which DL4J may set at any time, for instance when it loads. */
final class RuleRun implements GradientUpdater<FluxUpdater> {

    private final FluxUpdater updater;
    private final INDArray parameters;
    private final int[] arrays;
    private final RuleMemory memory;
    private final List<Update> updates = new ArrayList<>();
    private final INDArray moved;
    private final INDArray gradient;
    private INDArray state;

    RuleRun(FluxUpdater updater, Rule rule, INDArray parameters, int[] arrays) {
        this.updater = updater;
        this.parameters = parameters;
        this.arrays = arrays;
        this.memory = new RuleMemory(rule, parameters.dataType());
        this.moved = Tensors.zeros(parameters.dataType(), parameters.length());
        this.gradient = Tensors.zeros(parameters.dataType(), parameters.length());
        Update.Scratch scratch = new Update.Scratch(parameters.dataType());
        scratch.use(moved, gradient);
        int at = 0;
        for (int array : arrays) {
            updates.add(new Update(rule, at, array, scratch));
            at += array;
        }
    }

    @Override
    public void applyUpdater(INDArray view, int iteration, int epoch) {
        if (view.length() != parameters.length()) {
            throw new IllegalStateException("flux4j's " + updater + " trains all " + parameters.length()
                    + " parameters of a layer, but received the gradient of " + view.length()
                    + "; leave the layer's biasUpdater unset");
        }
        INDArray step = view.reshape(view.length());
        moved.assign(parameters);
        gradient.assign(step);
        restore();
        updates.forEach(Update::apply);
        keep();
        step.assign(parameters.sub(moved));
    }

    private void restore() {
        double[] row = Tensors.toDoubles(state);
        int at = memory.start();
        for (int i = 0; i < arrays.length; i++) {
            updates.get(i).restore(memory.read(row, at, arrays[i]));
            at = memory.after(at, arrays[i]);
        }
    }

    private void keep() {
        double[] row = new double[(int) state.length()];
        int at = memory.start();
        for (int i = 0; i < arrays.length; i++) {
            at = memory.write(updates.get(i).state(0, arrays[i]), at, row);
        }
        Tensors.write(row, state);
    }

    @Override
    public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialise) {
        state = view.reshape(view.length());
        if (initialise) {
            keep();
        }
    }

    @Override
    public FluxUpdater getConfig() {
        return updater;
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialise) {
        throw new UnsupportedOperationException("flux4j's " + updater + " keeps its state in one array, not by name");
    }

    @Override
    public Map<String, INDArray> getState() {
        return Map.of("state", state);
    }
}
