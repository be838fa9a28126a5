package io.github.flux4j.internal.documents;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.format.Place;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Mode;
import io.github.flux4j.layers.Parameter;
import io.github.flux4j.layers.State;
import io.github.flux4j.layers.Structure;
import io.github.flux4j.values.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** The models of a file. Immutable and thread-safe. */
public final class SavedModel {

    private final ModelFile file;

    /** Takes a file that was read. */
    public SavedModel(ModelFile file) {
        this.file = file;
    }

    /** Returns the only model. */
    public Layer model(Parts parts) throws ModelFileException {
        List<Layer> models = models(parts);
        if (models.size() != 1) {
            throw ModelFileException.foreign("expected one network, but there are " + models.size());
        }
        return models.get(0);
    }

    /** Returns all models, in order. */
    public List<Layer> models(Parts parts) throws ModelFileException {
        file.structure().requireKnown(parts.names());
        List<?> networks = (List<?>) file.document().get("networks"); // a list, or the file would have been refused
        List<Layer> models = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            models.add(model(
                    (Map<?, ?>) networks.get(i),
                    file.structure().networks().get(i).leaves(),
                    parts));
        }
        return models;
    }

    private Layer model(Map<?, ?> json, List<Place> places, Parts parts) throws ModelFileException {
        try {
            Structure structure = Structure.of(JsonCalls.call(json, ModelDocument.MODE), parts);
            Layer model = Randomness.within(Randomness.next().nextLong(), structure::build);
            Layer typed = isFloat64() ? Layer.copyAs(DataType.DOUBLE, model) : model;
            fill(Leaves.of(typed), places);
            return typed;
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(e.getMessage());
        }
    }

    private boolean isFloat64() {
        return file.structure().type() == Tensor.Type.F64;
    }

    private void fill(List<Layer> leaves, List<Place> places) throws ModelFileException {
        if (leaves.size() != places.size()) {
            throw new ModelFileException("a part of your own can't be a chain, which a file stores layer by layer");
        }
        for (int i = 0; i < leaves.size(); i++) {
            Layer leaf = leaves.get(i);
            for (Parameter array : State.live(leaf)) {
                Tensors.write(numbers(places.get(i).tensor(Leaves.fileName(array.path())), array), array.values());
            }
            if (places.get(i).settings().has(ModelDocument.MODE)) {
                leaf.setMode(mode(places.get(i).settings().text(ModelDocument.MODE)));
            }
        }
    }

    private double[] numbers(String name, Parameter array) throws ModelFileException {
        Tensor tensor = file.tensors().getOrDefault(name, file.tensors().get(ModelDocument.PARTS + "." + name));
        if (tensor == null || tensor.length() != array.length()) {
            throw new ModelFileException("a part needs " + array.length() + " numbers named " + name
                    + ", but the file has " + (tensor == null ? "none" : tensor)
                    + "; pass the part that it was saved with");
        }
        return tensor.doubles();
    }

    private static Mode mode(String text) throws ModelFileException {
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
                return mode;
            }
        }
        throw ModelFileException.foreign("a mode must be train or test, but is " + text);
    }
}
