package io.github.flux4j.predict;

import static io.github.flux4j.predict.ModelFileException.shown;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Every activation by the name that files have for it, with NNlib's values; those with numbers have NNlib's as defaults. */
final class Activations {

    private Activations() {}

    /** Null for an unknown name. A switch and not a map of all, since each function costs time when it is first mentioned. */
    private static Pointwise named(Settings settings) throws ModelFileException {
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

    private static DoubleUnaryOperator function(Settings settings) throws ModelFileException {
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
            case "lisht" -> x -> x * Math.tanh(x);
            case "mish" -> x -> x * Math.tanh(Formulas.softplus(x));
            case "softplus" -> Formulas::softplus;
            case "softsign" -> x -> x / (1 + Math.abs(x));
            case "logcosh" -> x -> x + Formulas.softplus(-2 * x) - Formulas.LOG_2;
            case "tanhshrink" -> x -> x - Math.tanh(x);
            default -> null;
        };
    }

    private static Pointwise numbered(Settings settings) throws ModelFileException {
        return switch (settings.text("type")) {
            case "elu" -> elu(settings.number("alpha", 1));
            case "celu" -> celu(settings.number("alpha", 1));
            case "leakyrelu" -> leakyrelu(settings.number("a", 0.01));
            case "trelu" -> trelu(settings.number("theta", 1));
            case "softshrink" -> softshrink(settings.number("lambda", 0.5));
            case "rrelu" -> rrelu(settings.number("low", 1 / 8.0), settings.number("high", 1 / 3.0));
            default -> null;
        };
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

    /** That which stands as {@code activation} of a layer, a name or an object; null for none. */
    static Pointwise of(Settings layer) throws ModelFileException {
        Object value = layer.values().getOrDefault("activation", "identity");
        Settings activation = value instanceof String name
                ? new Settings("the activation of " + layer.where(), Map.of("type", name))
                : Settings.of("the activation of " + layer.where(), value);
        return activation.text("type").equals("identity") ? null : ofType(activation);
    }

    /** That which is a layer of its own. */
    static Pointwise ofType(Settings activation) throws ModelFileException {
        Pointwise known = named(activation);
        if (known == null) {
            throw new ModelFileException("a layer or an activation of the library was expected as " + activation.where()
                    + ", but there is " + shown(activation.text("type"))
                    + "; a model with parts of one's own is read by flux4j itself, with these parts");
        }
        return known;
    }
}
