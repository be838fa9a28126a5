package io.github.flux4j.internal.format;

import io.github.flux4j.format.ModelFileException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A layer of a file.
 *
 * @param path the start of its tensors' names, up to the last dot; empty for a layer that is the whole model
 * @param settings its JSON
 * @param inner the layers within
 */
public record Place(String path, JsonObject settings, List<Place> inner) {

    public Place {
        inner = List.copyOf(inner);
    }

    /** The layer's name. */
    public String type() throws ModelFileException {
        return settings.text("type");
    }

    /** The name of one of its tensors, such as {@code weight}. */
    public String tensor(String name) {
        return path + name;
    }

    /** This layer and all within. */
    public Stream<Place> all() {
        return Stream.concat(Stream.of(this), inner.stream().flatMap(Place::all));
    }

    /** The layers that contain no others, in order. */
    public List<Place> leaves() {
        return all().filter(place -> place.inner.isEmpty()).toList();
    }
}
