package io.github.flux4j.internal.model;

import static io.github.flux4j.format.ModelFileException.shown;

import io.github.flux4j.format.Features;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Target;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.format.Header;
import io.github.flux4j.internal.format.HeaderReader;
import io.github.flux4j.internal.format.Json;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.format.SafeTensorsReader;
import io.github.flux4j.internal.format.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model as a file, {@code *.flux4j}: a safetensors file whose texts hold the structure as JSON and a checksum.
 *
 * <table>
 * <caption>The texts</caption>
 * <tr><td>{@code format}</td><td>{@code flux4j}</td></tr>
 * <tr><td>{@code flux4j.schema}</td><td>1; a larger number is refused</td></tr>
 * <tr><td>{@code flux4j}</td><td>the JSON: {@code kind}, {@code version}, {@code type}, {@code networks} and more; unknown keys
 *     are ignored at its top and in the report, and refused elsewhere</td></tr>
 * <tr><td>{@code sha256}</td><td>of that JSON in UTF-8, followed by the numbers of all tensors as they lie in the file</td></tr>
 * </table>
 *
 * <p>The tensors are exactly those that the {@link NetworkLayout} names.
 *
 * <p>Immutable but for its tensors' numbers, which nobody changes; for any thread.
 */
public final class ModelFile {

    /** The key of the text that names the format. */
    public static final String FORMAT = "format";

    /** That text's value, and the key of the JSON. */
    public static final String NAME = "flux4j";

    /** The key of the format version. */
    public static final String SCHEMA = "flux4j.schema";

    /** The key of the checksum. */
    public static final String CHECKSUM = "sha256";

    /** The newest format version that is read, and the one that is written. */
    public static final int NEWEST = 1;

    private static final List<String> KINDS = List.of("model", "regressor", "classifier", "checkpoint");

    private final Map<String, Object> document;
    private final Map<String, Tensor> tensors;
    private final NetworkLayout structure;
    private final Features features;
    private final Target target;

    /** Takes tensors that are yet to be read. */
    private ModelFile(Map<String, Object> document, Map<String, Header.Entry> entries) throws ModelFileException {
        JsonObject model = new JsonObject("the model", document);
        if (!KINDS.contains(model.text("kind"))) {
            throw model.unknown("one of " + KINDS, "kind");
        }
        this.document = document;
        this.structure = NetworkLayout.of(document);
        this.features = isFitted() || model.has("features") ? FittedReader.features(model) : null;
        this.target = isFitted() || model.has("target") ? FittedReader.target(model) : Target.NONE;
        this.tensors = Map.of();
        structure.requireTensors(entries);
        if (isFitted()
                && !Set.copyOf(model.list("columns", Features.MOST, String.class))
                        .containsAll(features.names())) {
            throw ModelFileException.foreign("each feature must be one of the columns, but one isn't");
        }
    }

    private ModelFile(ModelFile described, Map<String, Tensor> tensors) {
        this.document = described.document;
        this.structure = described.structure;
        this.features = described.features;
        this.target = described.target;
        this.tensors = tensors;
    }

    /**
     * Takes a file's content.
     *
     * @param document as {@link Json#readObject} returns it
     * @throws ModelFileException if these are not the tensors that the document's structure names
     */
    public static ModelFile of(Map<String, Object> document, Map<String, Tensor> tensors) throws ModelFileException {
        Map<String, Header.Entry> entries = new LinkedHashMap<>();
        tensors.forEach((name, tensor) ->
                entries.put(name, new Header.Entry(tensor.type().name(), tensor.shape(), 0, 0)));
        Map<String, Tensor> own = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        return new ModelFile(new ModelFile(document, entries), own);
    }

    /** The JSON, unmodifiable. */
    public Map<String, Object> document() {
        return document;
    }

    /** The tensors by name. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /** The layers and their tensors. */
    public NetworkLayout structure() {
        return structure;
    }

    /** The preparation of features; null if rows are the networks' own. */
    public Features features() {
        return features;
    }

    /** The meaning of the networks' outputs. */
    public Target target() {
        return target;
    }

    /** The kind of content: {@code model}, {@code regressor}, {@code classifier} or {@code checkpoint}. */
    public String kind() {
        return (String) document.get("kind");
    }

    /** Whether it always holds networks with a preparation and a target. */
    boolean isFitted() {
        return kind().equals("regressor") || kind().equals("classifier");
    }

    /**
     * Reads a file.
     *
     * @throws ModelFileException if it isn't a model file, is truncated, changed or of a newer version, or breaks a rule of the format
     */
    public static ModelFile read(Path file) throws IOException {
        return Source.read(file, ModelFile::read);
    }

    /** Reads a stream, such as a class-path resource, to its end and leaves it open. */
    public static ModelFile read(InputStream stream) throws IOException {
        return Source.read(stream, ModelFile::read);
    }

    /** Reads bytes. */
    public static ModelFile read(Source source) throws IOException {
        Header header = HeaderReader.read(source);
        String json = json(header.metadata());
        ModelFile described = new ModelFile(Json.readObject(json), header.entries());
        MessageDigest digest = digest(json);
        Map<String, Tensor> tensors = SafeTensorsReader.read(source, header, digest::update);
        requireChecksum(header.metadata().get(CHECKSUM), digest);
        return new ModelFile(described, tensors);
    }

    private static String json(Map<String, String> texts) throws ModelFileException {
        if (!NAME.equals(texts.get(FORMAT))) {
            throw new ModelFileException("expected a model saved by flux4j, but this safetensors file is "
                    + (texts.containsKey(FORMAT) ? "of format " + shown(texts.get(FORMAT)) : "of no format")
                    + "; SafeTensors.read gives its tensors");
        }
        requireSchema(texts);
        if (!texts.containsKey(NAME)) {
            throw new ModelFileException("the file lacks its structure, text " + NAME + "; copy the file again");
        }
        return texts.get(NAME);
    }

    private static void requireSchema(Map<String, String> texts) throws ModelFileException {
        String schema = texts.getOrDefault(SCHEMA, "");
        if (!schema.matches("[1-9]\\d{0,8}")) {
            throw new ModelFileException("text " + SCHEMA + " must be a number, but is " + shown(schema)
                    + "; copy the file again from where it was saved");
        }
        if (Integer.parseInt(schema) > NEWEST) {
            throw new ModelFileException("written by flux4j " + version(texts) + " in format version " + schema
                    + ", but this version reads up to " + NEWEST + "; update flux4j to read it");
        }
    }

    private static String version(Map<String, String> texts) {
        try {
            Object version = Json.readObject(texts.getOrDefault(NAME, "")).get("version");
            return version instanceof String text && text.matches("[\\w.-]{1,32}") ? text : "of a newer version";
        } catch (ModelFileException e) {
            return "of a newer version";
        }
    }

    private static void requireChecksum(String expected, MessageDigest digest) throws ModelFileException {
        if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
            throw new ModelFileException(
                    "its checksum doesn't match its content; the file was changed or damaged, copy it again");
        }
    }

    /** A digest that becomes the checksum once it has received the tensors' bytes, too. */
    public static MessageDigest digest(String json) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(json.getBytes(StandardCharsets.UTF_8));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
