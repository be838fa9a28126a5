package io.github.flux4j.predict;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.files.JsonText;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.files.SafeTensorsWriter;
import io.github.flux4j.internal.format.Json;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.internal.model.NetworkLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Model files made by hand, as the layout is documented. */
final class SampleFiles {

    private SampleFiles() {}

    /** A small one with a part of each kind: chains in a chain, statistics, an activation with a number. */
    static ModelFile small() {
        return file(Map.of(
                "type",
                "chain",
                "layers",
                List.of(
                        dense(2, 3, Map.of("type", "leakyrelu", "a", 0.1)),
                        Map.of(
                                "type",
                                "chain",
                                "layers",
                                List.of(Map.of("type", "batchNorm", "size", 3), dense(3, 2, "tanh"))),
                        Map.of("type", "layerNorm", "size", 2, "eps", 1e-5),
                        dense(2, 1, "identity"))));
    }

    static Map<String, Object> dense(int in, int out, Object activation) {
        return Map.of("type", "dense", "in", in, "out", out, "activation", activation, "bias", true);
    }

    /** A Float32 model of these networks, filled with random numbers. */
    static ModelFile file(Object... networks) {
        return ofDocument(document(networks));
    }

    static Map<String, Object> document(Object... networks) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", "model");
        document.put("version", "0.1.0");
        document.put("type", "float32");
        document.put("networks", List.of(networks));
        return document;
    }

    static ModelFile ofDocument(Map<String, Object> document) {
        return ModelWriter.file(document, tensors(document));
    }

    /** Those that the document's structure names: random, positive, so that they can be variances, too. */
    static Map<String, Tensor> tensors(Map<String, Object> document) {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        structure(document).tensors().forEach((name, shape) -> tensors.put(name, random(random, shape)));
        return tensors;
    }

    static NetworkLayout structure(Map<String, Object> document) {
        try {
            return NetworkLayout.of(Json.readObject(JsonText.write(document)));
        } catch (ModelFileException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Tensor random(SplittableRandom random, int... shape) {
        int length = 1;
        for (int size : shape) {
            length *= size;
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 0.1f + (float) random.nextDouble();
        }
        return Tensor.of(values, shape);
    }

    static byte[] bytes(ModelFile file) {
        return bytes(ModelWriter.safeTensors(file));
    }

    static byte[] bytes(SafeTensors file) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SafeTensorsWriter.write(file, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("of an array", e);
        }
    }

    /** What predicts from such a file, through its bytes. */
    static Predictor predictor(ModelFile file) throws IOException {
        return Predictor.load(new ByteArrayInputStream(bytes(file)));
    }

    static ModelFile read(byte... bytes) throws IOException {
        return ModelFile.read(new ByteArrayInputStream(bytes));
    }
}
