package io.github.flux4j.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
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
final class Edits {

    /** What stands where something else is expected. */
    private static final List<String> VALUES = List.of(
            "-1",
            "0",
            "1",
            "2",
            "0.5",
            "2147483647",
            "2147483648",
            "9007199254740993",
            "1e308",
            "-1e308",
            "1e-320",
            "true",
            "false",
            "\"\"",
            "\"NaN\"",
            "\"-Infinity\"",
            "\"relu\"",
            "\"chain\"",
            "\"dense\"",
            "\"unknown\"",
            "\"adam(1, 2, 3)\"",
            "\"adam(NaN, 0.9, 0.999, 1e-8)\"",
            "\"descent(1e999)\"",
            "\"chain(adam(), adam())\"",
            "\"" + "chain(".repeat(2000) + "\"",
            "\"sequence(0.1, 2147483647)\"",
            "\"step(0.1, 0.5, 0)\"",
            "\"\\u0000\\n\\ud83d\\ude00\"",
            "\"" + "x".repeat(3000) + "\"",
            "[]",
            "{}",
            "[[[[[[[[[[]]]]]]]]]]",
            "{\"type\":\"chain\",\"layers\":[]}",
            "{\"type\":\"dense\",\"in\":1,\"out\":1}",
            "{\"type\":\"leakyrelu\",\"a\":1e308}",
            "{\"type\":\"dropout\",\"p\":2}");

    private final ModelFile file;
    private final SplittableRandom random;

    Edits(ModelFile file, long seed) {
        this.file = file;
        this.random = new SplittableRandom(seed);
    }

    byte[] next() throws IOException {
        JsonObject json = JsonParser.parseString(
                        ModelWriter.safeTensors(file).metadata().get("flux4j"))
                .getAsJsonObject();
        Map<String, Tensor> tensors = new LinkedHashMap<>(file.tensors());
        int edits = 1 + random.nextInt(2);
        for (int i = 0; i < edits; i++) {
            if (random.nextInt(4) == 0) {
                editTensor(tensors);
            } else {
                edit(json);
            }
        }
        return bytes(twice(json.toString()), tensors);
    }

    /** Somewhere in the tree. */
    private void edit(JsonObject json) {
        List<JsonElement> containers = new ArrayList<>();
        collect(json, containers);
        JsonElement container = pick(containers);
        if (container instanceof JsonObject object && object.size() > 0) {
            edit(object, pick(new ArrayList<>(object.keySet())));
        } else if (container instanceof JsonArray array) {
            edit(array);
        }
    }

    private static void collect(JsonElement element, List<JsonElement> containers) {
        if (element instanceof JsonObject object) {
            containers.add(object);
            object.asMap().values().forEach(each -> collect(each, containers));
        } else if (element instanceof JsonArray array) {
            containers.add(array);
            array.forEach(each -> collect(each, containers));
        }
    }

    private void edit(JsonObject object, String key) {
        switch (random.nextInt(6)) {
            case 0 -> object.remove(key);
            case 1 -> object.add(pick(List.of("type", "in", "names", "layers", "mode", "bias", "x", "")), value());
            case 2 -> object.add(key.toUpperCase(java.util.Locale.ROOT), object.remove(key));
            default -> object.add(key, value());
        }
    }

    private void edit(JsonArray array) {
        if (array.isEmpty() || random.nextInt(3) == 0) {
            array.add(value());
        } else if (random.nextBoolean()) {
            array.remove(random.nextInt(array.size()));
        } else {
            array.add(array.get(random.nextInt(array.size())).deepCopy());
        }
    }

    private JsonElement value() {
        return JsonParser.parseString(pick(VALUES));
    }

    /** Now and then a key stands twice. */
    private String twice(String json) {
        return random.nextInt(20) == 0 ? json.replaceFirst("(\"\\w+\":(true|false|\\d+)),", "$1,$1,") : json;
    }

    private void editTensor(Map<String, Tensor> tensors) {
        String name = pick(new ArrayList<>(tensors.keySet()));
        Tensor tensor = tensors.get(name);
        switch (random.nextInt(6)) {
            case 0 -> tensors.remove(name);
            case 1 -> tensors.put(name, Tensor.of(new float[0], 0));
            case 2 -> tensors.put(name, Tensor.of(tensor.doubles(), tensor.shape()));
            case 3 -> tensors.put(name, Tensor.of(new long[tensor.length()], tensor.shape()));
            case 4 -> tensors.put(pick(List.of("best.", "optimiser.", "optimiser.0.", "x.", "")) + name, tensor);
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
