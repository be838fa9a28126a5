package io.github.flux4j.io.onnx;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.values.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every activation of the library that can be written in ONNX's operators of opset 13, as a {@link Formula} of x and of its own numbers. */
final class ActivationFormulas {

    /**
     * One.
     *
     * @param numbers the names of its numbers in the formula, in the activation's own order, with its defaults
     */
    record Entry(String word, Call formula, Map<String, Double> numbers) {

        /** With each number by name: the activation's own, else those by default. */
        Map<String, Double> numbersOf(List<Call.Argument> own) {
            Map<String, Double> all = new LinkedHashMap<>(numbers);
            List<String> order = List.copyOf(numbers.keySet());
            for (int i = 0; i < own.size(); i++) {
                all.put(order.get(i), (Double) own.get(i).value());
            }
            return all;
        }

        /** The activation with these numbers. */
        Activation with(List<Double> own) {
            List<Call.Argument> arguments =
                    own.stream().map(number -> new Call.Argument(null, number)).toList();
            boolean byDefault = own.equals(List.copyOf(numbers.values()));
            return Activation.parse(new Call(word, byDefault ? List.of() : arguments).toString());
        }
    }

    private static final String GELU =
            "Mul(x, Sigmoid(Mul(Mul(x, 1.5957691216057308), Add(Mul(Mul(x, x), 0.044715), 1))))";

    /** The composed ones before those that they are composed of. */
    static final List<Entry> ALL = List.of(
            entry("gelu", GELU),
            entry("gelu_tanh", GELU),
            entry("gelu_sigmoid", GELU),
            entry("gelu_erf", "Mul(Mul(x, Add(Erf(Div(x, 1.4142135623730951)), 1)), 0.5)"),
            entry("swish", "Mul(x, Sigmoid(x))"),
            entry("hardswish", "Mul(x, HardSigmoid(x, alpha=0.16666666666666666, beta=0.5))"),
            entry("mish", "Mul(x, Tanh(Softplus(x)))"),
            entry("lisht", "Mul(x, Tanh(x))"),
            entry("logsigmoid", "Neg(Softplus(Neg(x)))"),
            entry("logcosh", "Sub(Add(x, Softplus(Mul(x, -2))), 0.6931471805599453)"),
            entry("tanhshrink", "Sub(x, Tanh(x))"),
            entry("sigmoid", "Sigmoid(x)"),
            entry("hardsigmoid", "HardSigmoid(x, alpha=0.16666666666666666, beta=0.5)"),
            entry("tanh", "Tanh(x)"),
            entry("hardtanh", "Clip(x, -1, 1)"),
            entry("relu", "Relu(x)"),
            entry("relu6", "Clip(x, 0, 6)"),
            entry("elu", "Elu(x, alpha=alpha)", "alpha", 1),
            entry("celu", "Celu(x, alpha=alpha)", "alpha", 1),
            entry("selu", "Selu(x, alpha=1.6732632423543772, gamma=1.0507009873554805)"),
            entry("leakyrelu", "LeakyRelu(x, alpha=a)", "a", 0.01),
            entry("trelu", "ThresholdedRelu(x, alpha=theta)", "theta", 1),
            entry("softshrink", "Shrink(x, bias=lambda, lambd=lambda)", "lambda", 0.5),
            entry("softplus", "Softplus(x)"),
            entry("softsign", "Softsign(x)"),
            entry("softmax", "Softmax(x, axis=1)"),
            entry("logsoftmax", "LogSoftmax(x, axis=1)"));

    private ActivationFormulas() {}

    private static Entry entry(String word, String formula) {
        return new Entry(word, Call.parse(formula), Map.of());
    }

    private static Entry entry(String word, String formula, String number, double byDefault) {
        return new Entry(word, Call.parse(formula), Map.of(number, byDefault));
    }

    /** Null if there is none of that name. */
    static Entry find(String word) {
        return ALL.stream().filter(entry -> entry.word.equals(word)).findFirst().orElse(null);
    }
}
