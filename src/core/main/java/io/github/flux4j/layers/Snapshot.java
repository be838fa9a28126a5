package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Memory for a model's parameters and running statistics, to take and put back any number of times. A {@link State} is immutable; taking overwrites this.
 *
 * <p>Not thread-safe.
 */
public final class Snapshot {

    private final Layer model;
    private final INDArray parameters;
    private final List<INDArray> statistics;

    /** Takes the model's present numbers. */
    public Snapshot(Layer model) {
        this.model = Objects.requireNonNull(model, "model is null");
        model.memory().requireOpen(model);
        this.parameters = model.flatParameters() == null ? null : Tensors.copy(model.flatParameters());
        this.statistics = model.buffers().stream()
                .map(buffer -> Tensors.copy(buffer.values()))
                .toList();
    }

    /**
     * Takes the model's present numbers in place of the last ones.
     *
     * @throws IllegalStateException if the parameters were closed
     */
    public void take() {
        copy(true);
    }

    /**
     * Writes the numbers taken last back into the model.
     *
     * @throws IllegalStateException if the parameters were closed
     */
    public void putBack() {
        State.change(model, () -> copy(false));
    }

    /** Copies the numbers taken last, by path. */
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
     * Takes these numbers instead of the model's.
     *
     * @throws IllegalArgumentException if they belong to a model of another structure; nothing is changed then
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
