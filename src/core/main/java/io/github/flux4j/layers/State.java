package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Tensors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A copy of a model's numbers by path ({@code layers.0.weight}): trainable arrays first, then others such as running statistics.
 *
 * <p>Two states are equal if their paths and numbers are. Immutable and thread-safe as long as nobody changes the arrays.
 */
public final class State {

    private final Map<String, INDArray> arrays = new LinkedHashMap<>();

    private State() {}

    /** Copies the model's numbers. */
    public static State of(Layer model) {
        Objects.requireNonNull(model, "model is null").port().requireParameters();
        return model.changes().read(() -> copy(model));
    }

    private static State copy(Layer model) {
        State state = new State();
        live(model).forEach(parameter -> state.arrays.put(parameter.path(), Tensors.copy(parameter.values())));
        return state;
    }

    /** Returns the model's own arrays, live, in a state's order. */
    public static List<Parameter> live(Layer model) {
        return Stream.concat(model.trainables().stream(), model.buffers().stream())
                .toList();
    }

    /**
     * Changes a model's numbers by hand, such as {@code () -> model.weight().assign(0)}. Concurrent predictions use the numbers from before or after. Steps and
     * loads do this themselves.
     *
     * @throws IllegalStateException if a change of the same model calls it
     */
    public static void change(Layer model, Runnable change) {
        Objects.requireNonNull(change, "change is null");
        SequenceLock changes = Objects.requireNonNull(model, "model is null").changes();
        changes.begin();
        try {
            change.run();
        } finally {
            changes.end();
        }
    }

    /** Makes a state of these arrays without copying them; don't change them afterwards. */
    public static State of(Map<String, INDArray> arrays) {
        State state = new State();
        state.arrays.putAll(arrays);
        return state;
    }

    /** Returns the arrays by path, in order. */
    public Map<String, INDArray> arrays() {
        return Collections.unmodifiableMap(arrays);
    }

    /**
     * Copies these numbers into a model of the same structure.
     *
     * @throws IllegalArgumentException if the paths or a shape differ; the model is unchanged then
     */
    public void loadInto(Layer model) {
        Objects.requireNonNull(model, "destination is null");
        State.of(model).requireSameStructure(this);
        change(
                model,
                () -> live(model)
                        .forEach(target ->
                                Tensors.write(Tensors.toDoubles(arrays.get(target.path())), target.values())));
    }

    /** Throws unless another's arrays have these paths and shapes. */
    void requireSameStructure(State other) {
        List<String> paths = List.copyOf(arrays.keySet());
        if (!paths.equals(List.copyOf(other.arrays.keySet()))) {
            throw new IllegalArgumentException(
                    "tried to load " + other.arrays.keySet() + " into " + paths + ", but the structures do not match");
        }
        for (String path : paths) {
            if (!arrays.get(path).equalShapes(other.arrays.get(path))) {
                throw new IllegalArgumentException(
                        "tried to load an array of shape " + Tensors.shape(other.arrays.get(path)) + " into " + path
                                + " of shape " + Tensors.shape(arrays.get(path)));
            }
        }
    }

    /**
     * Returns the largest absolute difference between two corresponding numbers.
     *
     * @throws IllegalArgumentException if the paths or a shape differ
     */
    public double maxDifference(State other) {
        if (!arrays.keySet().equals(other.arrays.keySet())) {
            throw new IllegalArgumentException("can't compare " + arrays.keySet() + " with " + other.arrays.keySet());
        }
        return arrays.keySet().stream()
                .mapToDouble(path -> maxDifference(path, arrays.get(path), other.arrays.get(path)))
                .max()
                .orElse(0);
    }

    private static double maxDifference(String path, INDArray one, INDArray other) {
        if (!one.equalShapes(other)) {
            throw new IllegalArgumentException(
                    path + " has shape " + Tensors.shape(one) + " and " + Tensors.shape(other));
        }
        double[] a = Tensors.toDoubles(one);
        double[] b = Tensors.toDoubles(other);
        double max = 0;
        for (int i = 0; i < a.length; i++) {
            max = Math.max(max, Math.abs(a[i] - b[i]));
        }
        return max;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State state
                && List.copyOf(arrays.keySet()).equals(List.copyOf(state.arrays.keySet()))
                && arrays.keySet().stream().allMatch(path -> same(arrays.get(path), state.arrays.get(path)));
    }

    private static boolean same(INDArray one, INDArray other) {
        return one.dataType() == other.dataType()
                && one.equalShapes(other)
                && java.util.Arrays.equals(Tensors.toDoubles(one), Tensors.toDoubles(other));
    }

    @Override
    public int hashCode() {
        return arrays.keySet().hashCode();
    }

    @Override
    public String toString() {
        return "State(" + arrays.keySet() + ")";
    }
}
