package io.github.flux4j.layers;

import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import io.github.flux4j.values.Parts;

/**
 * A model's structure without its numbers: a layer's settings, or those of all layers of a chain. {@code toString} gives the text that {@link
 * Layer#parse(String)} reads.
 *
 * <p>An immutable value, equal to another with the same settings. Data type and mode are not part of it.
 */
public interface Structure extends Described {

    /** Makes a new Float32 layer with fresh numbers, outside of any chain. */
    Layer build();

    /** Returns the number of features that a row must have, or 0 if any number will do. */
    int inputs();

    /** Returns the least number of features that a row must have; {@link #inputs} if that is fixed. */
    default int least() {
        return inputs();
    }

    /** Returns the number of output columns for {@code inputs} features, which must fit. */
    int outputs(int inputs);

    /** Returns how many numbers a layer of this structure holds, running statistics included. */
    long numbers();

    /** Returns the call behind {@link Layer#text}. */
    @Override
    default Call call() {
        return LayerWords.ALL.call(this);
    }

    /** Returns {@link #call} with every setting by its name, defaults included, also those of a chain's layers. */
    default Call fullCall() {
        return LayerWords.ALL.fullCall(this);
    }

    /**
     * Makes the structure that a call describes.
     *
     * @throws IllegalArgumentException if there is no such layer, or it refuses a setting
     */
    static Structure of(Call call, Parts parts) {
        return LayerWords.read(call, 0, parts);
    }
}
