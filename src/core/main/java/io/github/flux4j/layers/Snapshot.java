package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Room for a model's numbers at one moment, parameters and running statistics: taken and put back any number of times in the same memory. A
 * {@link State} is a value; this is overwritten. For one thread at a time.
 */
public final class Snapshot {

    private final Layer model;
    private final INDArray parameters;
    private final List<INDArray> statistics;

    /** The model's numbers as they are now. */
    public Snapshot(Layer model) {
        this.model = Objects.requireNonNull(model, "model is null");
        model.memory().requireOpen(model);
        this.parameters = model.flatParameters() == null ? null : Tensors.copy(model.flatParameters());
        this.statistics = model.buffers().stream()
                .map(buffer -> Tensors.copy(buffer.values()))
                .toList();
    }

    /**
     * Takes the model's numbers in place of those taken before.
     *
     * @throws IllegalStateException if the parameters were closed
     */
    public void take() {
        copy(true);
    }

    /**
     * Writes what was taken last into the model.
     *
     * @throws IllegalStateException if the parameters were closed
     */
    public void putBack() {
        State.change(model, () -> copy(false));
    }

    /** What was taken last, by path; a copy. */
    public State state() {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (Parameter array : model.trainables()) {
            INDArray kept = Tensors.slice(parameters, array.offset(), array.length());
            arrays.put(
                    array.path(), Tensors.copy(kept.reshape('c', array.values().shape())));
        }
        List<Parameter> live = model.buffers();
        for (int i = 0; i < live.size(); i++) {
            arrays.put(live.get(i).path(), Tensors.copy(statistics.get(i)));
        }
        return State.of(arrays);
    }

    /**
     * Takes this instead.
     *
     * @throws IllegalArgumentException if it is that of a model of another structure; nothing is changed then
     */
    public void take(State state) {
        State now = State.of(model);
        now.requireSameStructure(state);
        for (Parameter array : model.trainables()) {
            double[] numbers = Tensors.toDoubles(state.arrays().get(array.path()));
            Tensors.write(numbers, Tensors.slice(parameters, array.offset(), array.length()));
        }
        List<Parameter> live = model.buffers();
        for (int i = 0; i < live.size(); i++) {
            double[] numbers = Tensors.toDoubles(state.arrays().get(live.get(i).path()));
            Tensors.write(numbers, statistics.get(i));
        }
    }

    private void copy(boolean fromModel) {
        model.memory().requireOpen(model);
        if (parameters != null) {
            Lifetime.require(model.flatParameters(), "the model's numbers");
            Tensors.overwrite(
                    fromModel ? parameters : model.flatParameters(), fromModel ? model.flatParameters() : parameters);
        }
        List<Parameter> live = model.buffers();
        for (int i = 0; i < statistics.size(); i++) {
            copy(live.get(i).values(), statistics.get(i), fromModel);
        }
    }

    private static void copy(INDArray live, INDArray kept, boolean fromModel) {
        Lifetime.require(live, "the model's numbers");
        INDArray to = fromModel ? kept : live;
        to.assign(fromModel ? live : kept);
    }
}
