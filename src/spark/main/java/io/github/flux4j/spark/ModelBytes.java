package io.github.flux4j.spark;

import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.documents.SavedModel;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.values.Parts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A model file in memory, which is what travels; each process reads it once. For any thread. */
final class ModelBytes implements Serializable {

    private static final long serialVersionUID = 1;

    private final byte[] bytes;
    private transient @Nullable Predictor predictor;

    /** Of a file's bytes, which nobody changes. */
    ModelBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of a model alone. */
    static ModelBytes of(Layer model) {
        return of(new ModelDocument("model").model(model));
    }

    static ModelBytes of(ModelDocument document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ModelWriter.write(document.file(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ModelBytes(out.toByteArray());
    }

    byte[] bytes() {
        return bytes;
    }

    /** What predicts without natives. */
    synchronized Predictor predictor() {
        if (predictor == null) {
            predictor = read(Predictor::load);
        }
        return predictor;
    }

    /** The network, in memory of its own. */
    Layer layer() {
        return read(stream -> new SavedModel(ModelFile.read(stream)).model(Parts.NONE));
    }

    private interface Reading<T> {
        T of(InputStream stream) throws IOException;
    }

    private <T> T read(Reading<T> reading) {
        try {
            return reading.of(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
