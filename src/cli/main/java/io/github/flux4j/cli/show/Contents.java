package io.github.flux4j.cli.show;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.Header;
import io.github.flux4j.internal.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a file holds.
 *
 * @param bytes its size
 * @param model null if it is a safetensors file of another's
 * @param stand where training stands; null if it is no checkpoint
 */
record Contents(Path file, long bytes, Header header, ModelFile model, Stand stand) {

    /**
     * Of a file.
     *
     * @throws ModelFileException if it is none that can be read
     */
    static Contents of(Path file) throws IOException {
        Header header = Header.read(file);
        boolean isOurs = "flux4j".equals(header.metadata().get("format"));
        ModelFile model = isOurs ? ModelFile.read(file) : null;
        return new Contents(file, Files.size(file), header, model, stand(model, file));
    }

    private static Stand stand(ModelFile model, Path file) throws ModelFileException {
        try {
            return model == null || !model.kind().equals("checkpoint") ? null : Stand.of(model.document());
        } catch (ModelFileException e) {
            throw e.in(file.toString());
        }
    }

    /** For JSON. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file.toString());
        facts.put("kind", model == null ? "safetensors" : model.kind());
        facts.put("bytes", bytes);
        if (model == null) {
            facts.put("texts", header.metadata());
        } else {
            putModel(facts);
        }
        facts.put("tensors", tensors());
        return facts;
    }

    private void putModel(Map<String, Object> facts) {
        facts.put("sha256", header.metadata().get("sha256"));
        facts.put("schema", Integer.valueOf(header.metadata().get("flux4j.schema")));
        for (String key : List.of("version", "created", "type", "target", "features", "report", "networks")) {
            Object value = model.document().get(key);
            if (value != null) { // another program may leave out what no reader needs
                facts.put(key, value);
            }
        }
        if (stand != null) {
            facts.put("training", stand.facts());
        }
    }

    private List<Map<String, Object>> tensors() {
        List<Map<String, Object>> tensors = new ArrayList<>();
        header.entries().forEach((name, entry) -> {
            Map<String, Object> tensor = new LinkedHashMap<>();
            tensor.put("name", name);
            tensor.put("type", entry.dtype());
            tensor.put("shape", IntStream.of(entry.shape()).boxed().toList());
            tensors.add(tensor);
        });
        return tensors;
    }
}
