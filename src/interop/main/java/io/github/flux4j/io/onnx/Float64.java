package io.github.flux4j.io.onnx;

import io.github.flux4j.values.Call;
import io.github.flux4j.values.Call.Argument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Formulas for Float64. ONNX allows it in all operators used here, but ONNX Runtime has some in Float32 alone: these are composed of what it
 * has. Differences of numbers that are nearly equal are avoided: eᵘ − 1 = 2t/(1 − t) with t = tanh(u/2).
 */
final class Float64 {

    private static final String TANH = "Tanh(Mul(u, 0.5))";
    private static final String EXPM1 = "Div(Mul(" + TANH + ", 2), Sub(1, " + TANH + "))";

    /** Sigmoid is there, but where it is multiplied by x the optimiser makes an operator of both that isn't; Shrink computes in Float32. */
    private static final Map<String, Call> COMPOSED = Map.of(
            "Sigmoid", Call.parse("Div(1, Add(Exp(Neg(x)), 1))"),
            "Shrink", Call.parse("Min(Relu(Sub(x, bias)), Add(x, bias))"),
            "Softplus", Call.parse("Add(Relu(x), Log(Add(Exp(Neg(Abs(x))), 1)))"),
            "Softsign", Call.parse("Div(x, Add(Abs(x), 1))"),
            "HardSigmoid", Call.parse("Clip(Add(Mul(x, alpha), beta), 0, 1)"),
            "LeakyRelu", Call.parse("Add(Relu(x), Mul(Min(x, 0), alpha))"),
            "ThresholdedRelu", Call.parse("Where(Greater(x, alpha), x, 0)"),
            "Elu", expm1("Add(Relu(x), Mul(EXPM1, alpha))", "Min(x, 0)"),
            "Celu", expm1("Add(Relu(x), Mul(EXPM1, alpha))", "Div(Min(x, 0), alpha)"),
            "Selu", expm1("Mul(Add(Relu(x), Mul(EXPM1, alpha)), gamma)", "Min(x, 0)"));

    private Float64() {}

    private static Call expm1(String formula, String of) {
        return Call.parse(formula.replace("EXPM1", EXPM1.replace("u,", of + ",")));
    }

    /** Whether ONNX Runtime can compute it, after {@link #formula}. */
    static boolean isPossible(Call formula) {
        return !formula.toString().contains("Erf(");
    }

    /** The same function of operators that take Float64. */
    static Call formula(Call call) {
        List<Argument> arguments = call.arguments().stream()
                .map(argument -> new Argument(argument.name(), inner(argument.value())))
                .toList();
        Call composed = COMPOSED.get(call.name());
        return composed == null ? new Call(call.name(), arguments) : (Call) replaced(composed, byName(arguments));
    }

    private static Object inner(Object value) {
        return value instanceof Call call ? formula(call) : value;
    }

    private static Map<String, Object> byName(List<Argument> arguments) {
        Map<String, Object> values = new HashMap<>();
        arguments.forEach(argument -> values.put(argument.name() == null ? "x" : argument.name(), argument.value()));
        return values;
    }

    private static Object replaced(Object part, Map<String, Object> values) {
        if (!(part instanceof Call call)) {
            return part;
        }
        if (call.arguments().isEmpty()) {
            return values.get(call.name());
        }
        return new Call(
                call.name(),
                call.arguments().stream()
                        .map(argument -> new Argument(argument.name(), replaced(argument.value(), values)))
                        .toList());
    }
}
