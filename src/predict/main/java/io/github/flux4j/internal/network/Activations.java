package io.github.flux4j.internal.network;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.JsonObject;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Every activation by the name that files have for it, with NNlib's values; those with numbers have NNlib's as defaults. */
public final class Activations {

    private static final double MOST = Double.MAX_VALUE;

    private Activations() {}

    /** Null for an unknown name. A switch and not a map of all, since each function costs time when it is first mentioned. */
    public static Pointwise named(JsonObject settings) throws ModelFileException {
        return switch (settings.text("type")) {
            case "tanh" -> new Pointwise.Tanh();
            case "relu" -> new Pointwise.Relu();
            case "softmax" -> Pointwise::softmax;
            case "logsoftmax" -> Pointwise::logsoftmax;
            default -> {
                DoubleUnaryOperator function = function(settings);
                yield function == null ? numbered(settings) : Pointwise.of(function);
            }
        };
    }

    private static DoubleUnaryOperator function(JsonObject settings) throws ModelFileException {
        return switch (settings.text("type")) {
            case "identity" -> x -> x;
            case "sigmoid" -> Formulas::sigmoid;
            case "hardsigmoid" -> Formulas::hardsigmoid;
            case "logsigmoid" -> x -> -Formulas.softplus(-x);
            case "hardtanh" -> x -> Formulas.clamp(x, -1, 1);
            case "relu6" -> x -> Formulas.clamp(x, 0, 6);
            case "selu" -> Formulas::selu;
            case "gelu", "gelu_tanh", "gelu_sigmoid" -> Formulas::gelu;
            case "gelu_erf" -> Formulas::geluErf;
            case "swish" -> x -> x * Formulas.sigmoid(x);
            case "hardswish" -> x -> x * Formulas.hardsigmoid(x);
            case "lisht" -> x -> x * StrictMath.tanh(x);
            case "mish" -> x -> x * StrictMath.tanh(Formulas.softplus(x));
            case "softplus" -> Formulas::softplus;
            case "softsign" -> x -> x / (1 + Math.abs(x));
            case "logcosh" -> x -> x + Formulas.softplus(-2 * x) - Formulas.LOG_2;
            case "tanhshrink" -> x -> x - StrictMath.tanh(x);
            default -> null;
        };
    }

    private static Pointwise numbered(JsonObject settings) throws ModelFileException {
        return switch (settings.text("type")) {
            case "elu" -> elu(settings.number("alpha", 1));
            case "celu" -> celu(settings.has("alpha") ? settings.number("alpha", Double.MIN_VALUE, MOST) : 1);
            case "leakyrelu" -> leakyrelu(settings.number("a", 0.01));
            case "trelu" -> trelu(settings.number("theta", 1));
            case "softshrink" -> softshrink(settings.has("lambda") ? settings.number("lambda", 0, MOST) : 0.5);
            case "rrelu" -> rrelu(settings);
            default -> null;
        };
    }

    /** What the numbers of an activation are called, and that it has a mode as a layer. */
    public static String numbers(String type) {
        return switch (type) {
            case "elu", "celu" -> "mode alpha";
            case "leakyrelu" -> "mode a";
            case "trelu" -> "mode theta";
            case "softshrink" -> "mode lambda";
            case "rrelu" -> "mode low high";
            default -> "mode";
        };
    }

    /** With both numbers or none. */
    private static Pointwise rrelu(JsonObject settings) throws ModelFileException {
        if (!settings.has("low") && !settings.has("high")) {
            return rrelu(1 / 8.0, 1 / 3.0);
        }
        double low = settings.number("low");
        return rrelu(low, settings.number("high", low, MOST));
    }

    private static Pointwise elu(double alpha) {
        return Pointwise.of(x -> Formulas.elu(x, alpha));
    }

    private static Pointwise celu(double alpha) {
        return Pointwise.of(x -> Formulas.celu(x, alpha));
    }

    private static Pointwise leakyrelu(double a) {
        return Pointwise.of(x -> x > 0 ? x : a * x);
    }

    private static Pointwise trelu(double theta) {
        return Pointwise.of(x -> x <= theta ? 0 : x);
    }

    private static Pointwise softshrink(double lambda) {
        return Pointwise.of(x -> Formulas.softshrink(x, lambda));
    }

    private static Pointwise rrelu(double low, double high) {
        return Pointwise.of(x -> Formulas.rrelu(x, low, high));
    }

    /** What a layer says of its activation, a name or an object. */
    public static JsonObject settings(JsonObject layer) throws ModelFileException {
        Object value = layer.values().getOrDefault("activation", "identity");
        String where = "the activation of " + layer.where();
        return value instanceof String name ? new JsonObject(where, Map.of("type", name)) : JsonObject.of(where, value);
    }

    /** That which stands as {@code activation} of a layer; null for none. */
    static Pointwise of(JsonObject layer) throws ModelFileException {
        JsonObject activation = settings(layer);
        return activation.text("type").equals("identity") ? null : named(activation);
    }
}
