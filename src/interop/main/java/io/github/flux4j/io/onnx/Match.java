package io.github.flux4j.io.onnx;

import io.github.flux4j.values.Call;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a tensor is computed as a {@link Formula} says, of which x and which stored numbers. Summands and factors may stand in either
 * order.
 */
final class Match {

    private static final Set<String> COMMUTATIVE = Set.of("Add", "Mul", "Max", "Min");

    private final Wiring wiring;
    private Map<String, Constant> constants = new HashMap<>();
    private String x;

    private Match(Wiring wiring) {
        this.wiring = wiring;
    }

    /** Null if it isn't. */
    static Match of(Call formula, String tensor, Wiring wiring) throws IOException {
        Match match = new Match(wiring);
        return match.fits(formula, tensor) ? match : null;
    }

    /** The tensor that x is. */
    String x() {
        return x;
    }

    /** The stored numbers by their names in the formula. */
    Map<String, Constant> constants() {
        return constants;
    }

    private boolean fits(Object part, String tensor) throws IOException {
        if (part instanceof Double number) {
            Constant constant = wiring.constant(tensor);
            return constant != null && constant.is(number);
        }
        Call call = (Call) part;
        if (!call.arguments().isEmpty()) {
            return fitsOperator(call, wiring.maker(tensor));
        }
        Constant constant = wiring.constant(tensor);
        return call.name().equals("x")
                ? constant == null && isX(tensor)
                : constant != null && keep(call.name(), constant);
    }

    private boolean isX(String tensor) {
        x = x == null ? tensor : x;
        return x.equals(tensor);
    }

    private boolean keep(String name, Constant constant) {
        Constant before = constants.putIfAbsent(name, constant);
        return before == null || Arrays.equals(before.values(), constant.values());
    }

    private boolean fitsOperator(Call call, Operator operator) throws IOException {
        if (operator == null || !operator.type().equals(call.name()) || !fitAttributes(call, operator)) {
            return false;
        }
        List<Object> parts = call.arguments().stream()
                .filter(argument -> argument.name() == null)
                .map(Call.Argument::value)
                .toList();
        List<String> inputs = operator.inputs();
        if (inputs.size() != parts.size()) {
            return false;
        }
        Map<String, Constant> constantsBefore = new HashMap<>(constants);
        String xBefore = x;
        if (fitAll(parts, inputs)) {
            return true;
        }
        constants = constantsBefore;
        x = xBefore;
        return COMMUTATIVE.contains(call.name())
                && inputs.size() == 2
                && fitAll(parts, List.of(inputs.get(1), inputs.get(0)));
    }

    private boolean fitAll(List<Object> parts, List<String> tensors) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            if (!fits(parts.get(i), tensors.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean fitAttributes(Call call, Operator operator) {
        Map<String, Constant> left = new HashMap<>(operator.attributes());
        for (Call.Argument argument : call.arguments()) {
            if (argument.name() != null && !fitsAttribute(argument.value(), left.remove(argument.name()))) {
                return false;
            }
        }
        return left.entrySet().stream().allMatch(entry -> operator.isDefault(entry.getKey(), entry.getValue()));
    }

    private boolean fitsAttribute(Object part, Constant value) {
        if (value == null) {
            return false;
        }
        return part instanceof Double number ? value.is(number) : keep(((Call) part).name(), value);
    }
}
