package io.github.flux4j.internal.files;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.format.Json;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.predict.SafeTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Writes model files. Thread-safe. */
public final class ModelWriter {

    private ModelWriter() {}

    /**
     * Makes the content of a file.
     *
     * @param document maps, lists, texts, numbers and flags, with at least {@code kind} and {@code networks}
     * @throws IllegalArgumentException if the tensors aren't those that the document's structure names, the document can't be JSON, a number is not finite, or
     *     there is more than a file may have
     */
    public static ModelFile file(Map<String, ?> document, Map<String, Tensor> tensors) {
        String json = JsonText.write(Objects.requireNonNull(document, "document is null"));
        SafeTensorsWriter.requirePossible(Map.of(), tensors);
        try {
            return ModelFile.of(Json.readObject(json), tensors);
        } catch (ModelFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Writes a file atomically; see {@link AtomicFile}. */
    public static void write(ModelFile model, Path file) throws IOException {
        SafeTensorsWriter.write(safeTensors(model), file);
    }

    /** Writes to a stream and leaves it open. */
    public static void write(ModelFile model, OutputStream out) throws IOException {
        SafeTensorsWriter.write(safeTensors(model), out);
    }

    /** The file's texts and tensors. */
    public static SafeTensors safeTensors(ModelFile model) {
        String json = JsonText.write(model.document());
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(ModelFile.FORMAT, ModelFile.NAME);
        texts.put(ModelFile.SCHEMA, String.valueOf(ModelFile.NEWEST));
        texts.put(ModelFile.NAME, json);
        texts.put(ModelFile.CHECKSUM, checksum(json, model.tensors()));
        return new SafeTensors(texts, model.tensors());
    }

    static String checksum(String json, Map<String, Tensor> tensors) {
        MessageDigest digest = ModelFile.digest(json);
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            SafeTensorsWriter.writeNumbers(tensors, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a digest
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
