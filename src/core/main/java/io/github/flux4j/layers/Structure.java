package io.github.flux4j.layers;

import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import io.github.flux4j.values.Parts;

/**
 * What a layer is but for its numbers: its settings, or those of the layers of a chain. A plain value, equal to another with the same
 * settings, from which layers with memory of their own are built; {@code toString} is its text, which {@link Layer#parse(String)} reads. Its
 * type (Float32 or Float64) and mode are not part of it.
 */
public interface Structure extends Described {

    /** A new Float32 layer, started anew, in no chain. */
    Layer build();

    /** How many features a row must have, or 0 if any number will do. */
    int inputs();

    /** How many features a row must have at least; {@link #inputs} where that says how many. */
    default int least() {
        return inputs();
    }

    /** How many columns come out for rows of {@code inputs}, which must fit. */
    int outputs(int inputs);

    /** How many numbers a layer of this structure keeps, running statistics included. */
    long numbers();

    /** As {@link Layer#text}. */
    @Override
    default Call call() {
        return LayerWords.ALL.call(this);
    }

    /** As {@link #call}, but with every setting, defaults included, by its name; of a chain with those of its layers. */
    default Call fullCall() {
        return LayerWords.ALL.fullCall(this);
    }

    /**
     * The structure that a call names.
     *
     * @throws IllegalArgumentException if there is no such layer, or a setting is refused
     */
    static Structure of(Call call, Parts parts) {
        return LayerWords.read(call, 0, parts);
    }
}
