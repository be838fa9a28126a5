package io.github.flux4j.internal.documents;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.values.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as the JSON of a model file: an object with the value's name as {@code type} and its settings; a setting without settings of its own is its name
 * alone: {@code {"type": "dense", "in": 8, "out": 64, "activation": "relu", "bias": true}}. Layers within a layer are {@code layers}, with a chain's names in
 * {@code names}.
 */
final class JsonCalls {

    private static final String TYPE = "type";
    private static final String CHAIN = "chain";
    private static final String LAYERS = "layers";
    private static final String NAMES = "names";

    private JsonCalls() {}

    /** Converts a call whose arguments all have names, except layers. */
    static Map<String, Object> json(Call call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(TYPE, call.name());
        List<Call.Argument> layers = call.arguments().stream()
                .filter(argument -> isLayer(call, argument))
                .toList();
        call.arguments().stream()
                .filter(argument -> !isLayer(call, argument))
                .forEach(argument -> json.put(argument.name(), setting(argument.value())));
        if (!layers.isEmpty()) {
            if (layers.get(0).name() != null) {
                json.put(NAMES, layers.stream().map(Call.Argument::name).toList());
            }
            json.put(
                    LAYERS,
                    layers.stream().map(layer -> json((Call) layer.value())).toList());
        }
        return json;
    }

    private static boolean isLayer(Call call, Call.Argument argument) {
        return call.name().equals(CHAIN) || argument.name() == null && argument.value() instanceof Call;
    }

    private static Object setting(Object value) {
        if (!(value instanceof Call call)) {
            return value;
        }
        boolean isFlag = call.name().equals("true") || call.name().equals("false");
        return isFlag ? (Object) Boolean.valueOf(call.name()) : call.arguments().isEmpty() ? call.name() : json(call);
    }

    /** Converts an object to a call, without its setting named {@code without}. */
    static Call call(Map<?, ?> json, String without) throws ModelFileException {
        String type = text(json.get(TYPE), TYPE);
        if (type.equals(CHAIN)) {
            return new Call(CHAIN, layers(json, without));
        }
        List<Call.Argument> arguments = new ArrayList<>();
        for (Map.Entry<?, ?> setting : json.entrySet()) {
            String name = (String) setting.getKey();
            if (!name.equals(TYPE) && !name.equals(without) && !name.equals(LAYERS)) {
                arguments.add(argument(name, value(setting.getValue(), without)));
            }
        }
        arguments.addAll(layers(json, without));
        return named(type, arguments);
    }

    private static List<Call.Argument> layers(Map<?, ?> chain, String without) throws ModelFileException {
        List<?> layers = chain.get(LAYERS) instanceof List<?> list ? list : List.of();
        List<?> names = chain.get(NAMES) instanceof List<?> list ? list : List.of();
        List<Call.Argument> arguments = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            String name = i < names.size() ? text(names.get(i), NAMES) : null;
            arguments.add(argument(name, value(layers.get(i), without)));
        }
        return arguments;
    }

    private static Object value(Object json, String without) throws ModelFileException {
        if (json instanceof Double) {
            return json;
        }
        if (json instanceof Boolean || json instanceof String) {
            return named(json.toString(), List.of());
        }
        if (json instanceof Map<?, ?> object) {
            return call(object, without);
        }
        throw ModelFileException.foreign(
                "a layer's setting must be a number, a flag, a name or an object, but is " + json);
    }

    private static Call named(String name, List<Call.Argument> arguments) throws ModelFileException {
        try {
            return new Call(name, arguments);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static Call.Argument argument(String name, Object value) throws ModelFileException {
        try {
            return new Call.Argument(name, value);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static ModelFileException refused(IllegalArgumentException e) {
        return ModelFileException.foreign(e.getMessage());
    }

    private static String text(Object value, String key) throws ModelFileException {
        if (value instanceof String text) {
            return text;
        }
        throw ModelFileException.foreign("\"" + key + "\" of a layer must be a text, but is " + value);
    }
}
