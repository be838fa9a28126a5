package io.github.flux4j.internal.format;

import io.github.flux4j.format.ModelFileException;

/**
 * A layer of a file that is no chain.
 *
 * @param path what its tensors' names begin with, up to the last dot; empty for a layer that is the whole model
 * @param settings what the JSON says of it
 */
public record Place(String path, JsonObject settings) {

    /** The layer's name. */
    public String type() throws ModelFileException {
        return settings.text("type");
    }

    /** The name of one of its tensors, such as {@code weight}. */
    public String tensor(String name) {
        return path + name;
    }
}
