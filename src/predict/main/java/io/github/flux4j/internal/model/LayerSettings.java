package io.github.flux4j.internal.model;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.network.Activations;

/**
 * The settings that the format has for each type of layer. A setting that it doesn't have, or a value that none may have, is refused, since who drops it
 * predicts something else. Of a type that isn't known, as that of a part of somebody's own, nothing is said.
 */
final class LayerSettings {

    private LayerSettings() {}

    /** Throws unless the settings are those of the layer's type. */
    static void require(JsonObject layer) throws ModelFileException {
        String type = layer.text("type");
        String keys = keys(type);
        if (keys == null) {
            requireActivation(layer);
        } else {
            layer.requireOnly(keys.split(" "));
            requireActivation(Activations.settings(layer));
            requireNumbers(layer, type.endsWith("ropout"));
        }
        if (!layer.text("mode", "auto").matches("auto|train|test")) {
            throw layer.unknown("train or test", "mode");
        }
    }

    /** Null for what isn't a layer with settings of its own. */
    private static String keys(String type) {
        return switch (type) {
            case "chain" -> "layers names";
            case "dense" -> "mode activation bias in out";
            case "scale" -> "mode activation bias size";
            case "layerNorm" -> "mode activation affine eps size";
            case "batchNorm" -> "mode activation affine eps size trackStats momentum";
            case "dropout" -> "mode p dims";
            case "alphaDropout" -> "mode p";
            default -> null;
        };
    }

    private static void requireActivation(JsonObject activation) throws ModelFileException {
        if (Activations.named(activation) != null) {
            activation.requireOnly(Activations.numbers(activation.text("type")).split(" "));
        }
    }

    private static void requireNumbers(JsonObject layer, boolean drops) throws ModelFileException {
        if (layer.has("eps")) {
            layer.number("eps", 0, Double.MAX_VALUE);
        }
        if (layer.has("momentum")) {
            layer.number("momentum", 0, 1);
        }
        if (drops) {
            layer.number("p", 0, 1);
        }
        if (layer.has("dims") && layer.number("dims", -1, 1) != Math.rint(layer.number("dims"))) {
            throw layer.unknown("-1, 0 or 1", "dims");
        }
    }

    /** The layer, or its activation, if it is of a type that the format doesn't have; else null. */
    static JsonObject unknown(JsonObject layer) throws ModelFileException {
        JsonObject named = keys(layer.text("type")) == null ? layer : Activations.settings(layer);
        return Activations.named(named) == null ? named : null;
    }
}
