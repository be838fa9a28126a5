package io.github.flux4j.io.onnx;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.values.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Activations and normalisations as other exporters write them: PyTorch's up to opset 20, and later operators of ONNX. */
final class OthersFormulas {

    /** Makes an activation of the numbers found. */
    @FunctionalInterface
    private interface Reader {
        Activation activation(Map<String, Constant> constants) throws IOException;
    }

    /** A formula and what it is. */
    record Other(Call formula, Reader reader) {
        Activation activation(Map<String, Constant> constants) throws IOException {
            return reader.activation(constants);
        }
    }

    static final List<Other> ALL = new ArrayList<>();

    /** Squares by Pow. */
    static final Call ROWS = squaredByPow(LayerFormulas.ROWS);

    static final Call ROWS_AFFINE = squaredByPow(LayerFormulas.ROWS_AFFINE);

    static {
        for (String erf :
                List.of("Add(Erf(Div(x, 1.4142135623730951)), 1)", "Add(Erf(Mul(x, 0.7071067811865476)), 1)")) {
            halved("x", erf, Activation.GELU_ERF);
        }
        for (String cube : List.of("Mul(Mul(x, x), x)", "Pow(x, 3)")) {
            String sum = "Add(x, Mul(" + cube + ", 0.044715))";
            halved("x", "Add(Tanh(Mul(" + sum + ", 0.7978845608028654)), 1)", Activation.GELU);
        }
        is("Gelu(x)", Activation.GELU_ERF);
        is("Gelu.approximate.tanh(x)", Activation.GELU);
        is("HardSwish(x)", Activation.HARDSWISH);
        is("Mul(x, Div(Clip(Add(x, 3), 0, 6), 6))", Activation.HARDSWISH);
        is("Div(Mul(x, Clip(Add(x, 3), 0, 6)), 6)", Activation.HARDSWISH);
        is("Mish(x)", Activation.MISH);
        is("Log(Sigmoid(x))", Activation.LOGSIGMOID);
        is("Log(Softmax(x, axis=1))", Activation.LOGSOFTMAX);
        is("Max(x, 0)", Activation.RELU);
        is("Clip(x, 0)", Activation.RELU);
        is("Clip(x, min=0, max=6)", Activation.RELU6);
        is("Clip(x, min=-1, max=1)", Activation.HARDTANH);
        add(
                "Add(Where(Greater(x, lambda), Sub(x, lambda), 0), Where(Less(x, negative), Add(x, lambda), 0))",
                OthersFormulas::softshrink);
    }

    private OthersFormulas() {}

    private static void halved(String x, String factor, Activation activation) {
        is("Mul(Mul(" + x + ", " + factor + "), 0.5)", activation);
        is("Mul(Mul(" + x + ", 0.5), " + factor + ")", activation);
        is("Mul(" + x + ", Mul(" + factor + ", 0.5))", activation);
    }

    private static void is(String formula, Activation activation) {
        add(formula, constants -> activation);
    }

    private static void add(String formula, Reader reader) {
        ALL.add(new Other(Call.parse(formula), reader));
    }

    private static Activation softshrink(Map<String, Constant> constants) throws IOException {
        double lambda = constants.get("lambda").number("the bound");
        if (constants.get("negative").number("the bound") != -lambda) {
            throw new IOException("expected bounds of softshrink at ±" + lambda);
        }
        return Activation.softshrink(lambda);
    }

    private static Call squaredByPow(Call formula) {
        String difference = "Sub(x, ReduceMean(x, axes=1))";
        return Call.parse(formula.toString()
                .replace("Mul(" + difference + ", " + difference + ")", "Pow(" + difference + ", 2)"));
    }
}
