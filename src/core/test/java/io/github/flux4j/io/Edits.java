package io.github.flux4j.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.files.SafeTensorsWriter;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.predict.SafeTensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Files whose JSON or tensors were edited as somebody does who knows the format, with the checksum that fits. */
public final class Edits {

    private final ModelFile file;
    private final SplittableRandom random;
    private final JsonEdits json;

    public Edits(ModelFile file, long seed) {
        this.file = file;
        this.random = new SplittableRandom(seed);
        this.json = new JsonEdits(random);
    }

    /** Another file. */
    public byte[] next() throws IOException {
        JsonObject tree = JsonParser.parseString(
                        ModelWriter.safeTensors(file).metadata().get("flux4j"))
                .getAsJsonObject();
        Map<String, Tensor> tensors = new LinkedHashMap<>(file.tensors());
        int edits = 1 + random.nextInt(2);
        for (int i = 0; i < edits; i++) {
            if (random.nextInt(4) == 0) {
                editTensor(tensors);
            } else {
                json.edit(tree);
            }
        }
        return bytes(json.text(tree), tensors);
    }

    private void editTensor(Map<String, Tensor> tensors) {
        String name = pick(new ArrayList<>(tensors.keySet()));
        Tensor tensor = tensors.get(name);
        switch (random.nextInt(7)) {
            case 0 -> tensors.remove(name);
            case 1 -> tensors.put(name, Tensor.of(new float[0], 0));
            case 2 -> tensors.put(name, Tensor.of(tensor.doubles(), tensor.shape()));
            case 3 -> tensors.put(name, Tensor.of(new long[tensor.length()], tensor.shape()));
            case 4 -> tensors.put(pick(List.of("best.", "optimiser.", "optimiser.0.", "x.", "")) + name, tensor);
            case 5 -> tensors.put(name, Tensor.of(filled(tensor.length()), tensor.shape()));
            default -> tensors.put(name, Tensor.of(filled(tensor.length()), tensor.length()));
        }
    }

    private float[] filled(int length) {
        float[] numbers = new float[length];
        java.util.Arrays.fill(numbers, pick(List.of(-1f, Float.MAX_VALUE, Float.MIN_VALUE, -0f)));
        return numbers;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** The file with another JSON. */
    static byte[] bytes(ModelFile file, String json) throws IOException {
        return new Edits(file, 0).bytes(json, file.tensors());
    }

    private byte[] bytes(String json, Map<String, Tensor> tensors) throws IOException {
        Map<String, String> texts =
                new LinkedHashMap<>(ModelWriter.safeTensors(file).metadata());
        texts.put("flux4j", json);
        texts.put("sha256", checksum(json, serialised(Map.of(), tensors)));
        return serialised(texts, tensors);
    }

    private static byte[] serialised(Map<String, String> texts, Map<String, Tensor> tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensorsWriter.write(new SafeTensors(texts, tensors), out);
        return out.toByteArray();
    }

    private static String checksum(String json, byte... file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(json.getBytes(UTF_8));
            int begin = 8
                    + java.nio.ByteBuffer.wrap(file)
                            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                            .getInt();
            digest.update(file, begin, file.length - begin);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
