package io.github.flux4j.internal.documents;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.format.Place;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.internal.model.NetworkLayout;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.nd4j.linalg.api.buffer.DataType;

/** Builds a model file from its JSON and its tensors. Not thread-safe. */
public final class ModelDocument {

    /** The section of a file with the numbers of layers that the format doesn't know. */
    static final String PARTS = "parts";

    static final String MODE = "mode";

    private static final String POM = "/META-INF/maven/io.github.flux4j/flux4j/pom.properties";

    private final Map<String, Object> document = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<String> sections = new ArrayList<>();

    /** Starts a file of this kind. */
    public ModelDocument(String kind) {
        document.put("kind", kind);
        document.put("version", version());
        document.put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** This library's version; unknown for classes outside of a jar. */
    public static String version() {
        try (InputStream in = ModelDocument.class.getResourceAsStream(POM)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds one model. */
    public ModelDocument model(Layer model) {
        return models(List.of(model));
    }

    /**
     * Adds several models, all in the type of the first.
     *
     * @throws IllegalArgumentException if the name of a part can't be written
     */
    public ModelDocument models(List<Layer> models) {
        describe(models);
        NetworkLayout structure = structure();
        for (int i = 0; i < models.size(); i++) {
            Map<String, Tensor> arrays =
                    Leaves.tensors(models.get(i), structure.networks().get(i).leaves());
            arrays.forEach((name, tensor) -> add(structure, name, tensor));
        }
        return this;
    }

    private void describe(List<Layer> models) {
        document.put("type", models.get(0).dataType() == DataType.DOUBLE ? "float64" : "float32");
        document.put("networks", models.stream().map(ModelDocument::json).toList());
    }

    /** The places of a model's layers, which determine the names of their arrays in a file. */
    public static List<Place> places(Layer model) {
        ModelDocument document = new ModelDocument("model");
        document.describe(List.of(model));
        return document.structure().networks().get(0).leaves();
    }

    private void add(NetworkLayout structure, String name, Tensor tensor) {
        if (structure.tensors().containsKey(name)) {
            tensors.put(name, tensor);
        } else {
            section(PARTS, name, tensor);
        }
    }

    private NetworkLayout structure() {
        try {
            return NetworkLayout.of(document);
        } catch (ModelFileException e) {
            throw new IllegalArgumentException("this model can't be saved: " + e.getMessage(), e);
        }
    }

    /** A layer's settings and mode, and those of the layers within. */
    private static Map<String, Object> json(Layer layer) {
        Map<String, Object> json = JsonCalls.json(layer.structure().fullCall());
        if (!layer.layers().isEmpty()) {
            json.put("layers", layer.layers().stream().map(ModelDocument::json).toList());
        } else if (layer.mode() != Mode.AUTO) {
            json.put(MODE, layer.mode().name().toLowerCase(Locale.ROOT));
        }
        return json;
    }

    /** Adds an entry to the JSON. */
    public ModelDocument put(String key, Object value) {
        document.put(key, value);
        return this;
    }

    /** Adds a tensor outside of the networks. */
    public ModelDocument section(String section, String name, Tensor tensor) {
        if (!sections.contains(section)) {
            sections.add(section);
            document.put("sections", sections);
        }
        tensors.put(section + "." + name, tensor);
        return this;
    }

    /**
     * Makes the file.
     *
     * @throws IllegalArgumentException if a number is not finite, or there is more than a file may have
     */
    public ModelFile file() {
        return ModelWriter.file(document, tensors);
    }
}
