package io.github.flux4j.io;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** JSON in which values were exchanged, added and taken out: valid, so that what lies behind its reader is tried. */
public final class JsonEdits {

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

    private static final List<String> KEYS = List.of("type", "in", "names", "layers", "mode", "bias", "x", "");

    private final SplittableRandom random;

    public JsonEdits(SplittableRandom random) {
        this.random = random;
    }

    /** Somewhere in the tree. */
    public void edit(JsonElement json) {
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
            case 1 -> object.add(pick(KEYS), value());
            case 2 -> object.add(key.toUpperCase(Locale.ROOT), object.remove(key));
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

    /** As text, in which now and then a key stands twice. */
    public String text(JsonElement json) {
        return random.nextInt(20) == 0
                ? json.toString().replaceFirst("(\"\\w+\":(true|false|\\d+)),", "$1,$1,")
                : json.toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
