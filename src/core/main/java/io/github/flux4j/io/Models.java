package io.github.flux4j.io;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.documents.SavedModel;
import io.github.flux4j.internal.events.FlightEvents;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Saves and loads models as {@code *.flux4j} files: structure, parameters, running statistics, names, modes and type of any layer or chain.
 *
 * <p>A file is a valid safetensors file, see {@link ModelFile}; reading one runs no code and loads no class that it names. Thread-safe, but don't train a model
 * while you save it.
 */
public final class Models {

    /** What reads the kinds of file that this class doesn't. */
    private static final Map<String, String> OTHERS = Map.of(
            "checkpoint",
            "Checkpoint.read(path)",
            "regressor",
            "FittedRegressor.load(path)",
            "classifier",
            "FittedClassifier.load(path)");

    private static final String KIND = "model";

    private Models() {}

    /**
     * Saves a model atomically: whoever reads the file, even after a crash, finds the old or the new one.
     *
     * @throws IllegalArgumentException if a number is not finite, or a part of your own has a name that can't be written
     * @throws IOException if the file can't be written, with the reason and a remedy; an existing file is unchanged
     */
    public static void save(Layer model, Path file) throws IOException {
        Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(file, "file is null");
        ModelWriter.write(new ModelDocument(KIND).model(model).file(), file);
    }

    /**
     * Loads a model that {@link #save} wrote into memory of its own. Like a new model, it draws random numbers from the source that {@code seed} starts.
     *
     * @throws ModelFileException if it is no model file, or is truncated, changed, of a newer version or of another kind, or names parts of somebody's own
     */
    public static Layer load(Path file) throws IOException {
        return load(file, Parts.NONE);
    }

    /**
     * Loads a model of this class, such as {@code load(path, Chain.class)}; see {@link #load(Path)}.
     *
     * @throws ModelFileException also if it is of another class
     */
    public static <L extends Layer> L load(Path file, Class<L> type) throws IOException {
        Objects.requireNonNull(type, "type is null");
        Layer model = load(file);
        if (!type.isInstance(model)) {
            throw new ModelFileException(file + ": a " + type.getSimpleName() + " was expected, but the file has a "
                    + model.getClass().getSimpleName() + ": " + model.inOneLine());
        }
        return type.cast(model);
    }

    /**
     * Loads a model with layers or activations of your own; see {@link #load(Path)}.
     *
     * @param parts these, by the names that they were saved under
     */
    public static Layer load(Path file, Parts parts) throws IOException {
        Objects.requireNonNull(parts, "parts is null");
        FlightEvents.ModelLoaded event = new FlightEvents.ModelLoaded();
        event.begin();
        ModelFile read = ModelFile.read(Objects.requireNonNull(file, "file is null"));
        requireKind(read, file);
        try {
            Layer model = new SavedModel(read).model(parts);
            event.end(file, "model");
            return model;
        } catch (ModelFileException e) {
            throw e.in(file.toString());
        }
    }

    private static void requireKind(ModelFile file, Path path) throws ModelFileException {
        if (!file.kind().equals(KIND)) {
            String word = OTHERS.get(file.kind());
            throw new ModelFileException(path + ": expected a model, but this is a " + file.kind() + "; "
                    + (word == null ? "update flux4j to read it" : "read it with " + word));
        }
    }
}
