package io.github.flux4j.io.onnx;

import static io.github.flux4j.io.onnx.Operator.shown;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.values.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that is read from a file: formulas of operators as flux4j and as other exporters write them, and what each is. Looked for in this
 * order, so that no formula is mistaken for its last operator.
 */
final class Recognised {

    /** What stored numbers make of a formula. */
    @FunctionalInterface
    private interface Reader {
        NetworkPart part(Map<String, Constant> constants) throws IOException;
    }

    private record Entry(Call formula, Reader reader) {}

    /**
     * A part and where it was found.
     *
     * @param x the tensor that it is applied to
     * @param depth how many branches lie in each other
     */
    record Found(NetworkPart part, Operator operator, String x, int depth) {}

    private static final List<Entry> ALL = new ArrayList<>();

    static {
        ActivationFormulas.ALL.forEach(Recognised::activation);
        OthersFormulas.ALL.forEach(other -> add(other.formula(), constants -> activation(other.activation(constants))));
        add("Concat(Sub(1, Sigmoid(x)), Sigmoid(x), axis=1)", constants -> DenseParts.twoClasses());

        add(LayerFormulas.ROWS_AFFINE, NormParts::rows);
        add(OthersFormulas.ROWS_AFFINE, NormParts::rows);
        add("LayerNormalization(x, scale, bias, epsilon=epsilon)", NormParts::rows);
        add(LayerFormulas.ROWS, NormParts::rows);
        add(OthersFormulas.ROWS, NormParts::rows);
        add(LayerFormulas.COLUMNS_AFFINE, NormParts::columns);
        add(
                "BatchNormalization(x, scale, bias, mean, variance, epsilon=epsilon, momentum=momentum)",
                NormParts::columns);
        add(LayerFormulas.COLUMNS, NormParts::columns);
        add(LayerFormulas.BATCH_AFFINE, NormParts::batch);
        add(LayerFormulas.BATCH, NormParts::batch);

        add("Gemm(x, weight, bias, alpha=alpha, beta=beta, transB=transB)", DenseParts::gemm);
        add("Gemm(x, weight, alpha=alpha, beta=beta, transB=transB)", DenseParts::gemm);
        add("Add(MatMul(x, weight), bias)", DenseParts::matMul);
        add("MatMul(x, weight)", DenseParts::matMul);

        add(LayerFormulas.SCALE, ScaleParts::scale);
        add(LayerFormulas.SCALE_WITHOUT_BIAS, ScaleParts::scale);
        add("Add(x, bias)", ScaleParts::scale);
        add("Sub(x, less)", ScaleParts::scale);
        add("Div(x, divisor)", ScaleParts::scale);

        add("Scaler(x, offset=offset, scale=scale)", ScaleParts::scaler);

        add(
                "LinearRegressor(x, coefficients=coefficients, intercepts=intercepts, targets=targets)",
                LinearParts::regressor);
        add("LinearRegressor(x, coefficients=coefficients, targets=targets)", LinearParts::regressor);
        String scores =
                "LinearClassifier.post_transform.KIND(x, coefficients=coefficients, intercepts=intercepts, multi_class=any)";
        String logistic = scores.replace("KIND", "LOGISTIC");
        String softmax = scores.replace("KIND", "SOFTMAX");
        add("Normalizer.norm.L1(" + logistic + ")", LinearParts::twoClasses);
        add("Normalizer.norm.L1(" + softmax + ")", constants -> LinearParts.classifier(constants, Activation.SOFTMAX));
        add("Normalizer.norm.L1(Softmax(x, axis=1))", constants -> activation(Activation.SOFTMAX));
        add(logistic, constants -> LinearParts.classifier(constants, Activation.SIGMOID));
        add(softmax, constants -> LinearParts.classifier(constants, Activation.SOFTMAX));
        add(
                scores.replace(".post_transform.KIND", ""),
                constants -> LinearParts.classifier(constants, Activation.IDENTITY));
        add("Imputer(x, imputed_value_floats=any, replaced_value_float=replaced)", LinearParts::imputer);
        add("Clip(x, low, high)", LinearParts::clip);
        add("Clip(x, low)", LinearParts::clip);
        add("Clip(x, min=low, max=high)", LinearParts::clip);
        add("Clip(x, min=low)", LinearParts::clip);
        add("Clip(x, max=high)", LinearParts::clip);
        add("Max(x, low)", LinearParts::clip);
        add("Min(x, high)", LinearParts::clip);
        add("PRelu(x, a)", LinearParts::slopes);
        add("Squeeze(x, axes=1)", constants -> ScaleParts::single);
        add("Squeeze(x)", constants -> ScaleParts::single);
        add("Unsqueeze(x, axes=1)", constants -> ScaleParts::single);

        add("Identity(x)", constants -> NetworkPart.Draft::nothing);
        add("Cast(x, to=1)", constants -> NetworkPart.Draft::nothing);
        add("Cast(x, to=11)", constants -> NetworkPart.Draft::nothing);
        add("Dropout(x, ratio=ratio, seed=seed)", constants -> NetworkPart.Draft::nothing);
        add("Dropout(x, r, ratio=ratio, seed=seed)", constants -> NetworkPart.Draft::nothing);
        add("Dropout(x, r, 0, ratio=ratio, seed=seed)", constants -> NetworkPart.Draft::nothing);
        add("Flatten(x, axis=1)", constants -> NetworkPart.Draft::nothing);
        add("Reshape(x, shape)", ScaleParts::reshape);
    }

    private Recognised() {}

    private static void add(String formula, Reader reader) {
        add(Call.parse(formula), reader);
    }

    private static void add(Call formula, Reader reader) {
        ALL.add(new Entry(formula, reader));
    }

    /** In both types; the other's operators can stand in either's file. */
    private static void activation(ActivationFormulas.Entry entry) {
        Reader reader = constants -> activation(entry.with(numbers(entry, constants)));
        add(entry.formula(), reader);
        Call composed = Float64.formula(entry.formula());
        if (!composed.equals(entry.formula())) {
            add(composed, reader);
        }
    }

    private static List<Double> numbers(ActivationFormulas.Entry entry, Map<String, Constant> constants)
            throws IOException {
        List<Double> numbers = new ArrayList<>();
        for (String name : entry.numbers().keySet()) {
            numbers.add(constants.get(name).number(name));
        }
        return numbers;
    }

    private static NetworkPart activation(Activation activation) {
        return width -> NetworkPart.Draft.activation(width, activation);
    }

    /** What gives this tensor; null if it isn't known. */
    static Found find(String tensor, Wiring wiring) throws IOException {
        Operator operator = wiring.maker(tensor);
        for (Entry entry : ALL) {
            Match match = Match.of(entry.formula, tensor, wiring);
            if (match != null) {
                return new Found(part(entry, match, operator), operator, match.x(), 0);
            }
        }
        return null;
    }

    private static NetworkPart part(Entry entry, Match match, Operator operator) throws IOException {
        try {
            return entry.reader.part(match.constants());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(operator.place() + ": " + e.getMessage(), e);
        }
    }

    /** That an operator is none that can be read, and how the part before it is. */
    static IOException unknown(Operator operator, String tensor, Wiring wiring) throws IOException {
        String before = null;
        for (String input : operator == null ? List.<String>of() : operator.inputs()) {
            before = before == null && wiring.maker(input) != null && wiring.constant(input) == null ? input : before;
        }
        return new IOException((operator == null ? "tensor " + shown(tensor) : operator.place())
                + " can't be read as part of a network; expected, each applied to the previous result: Gemm, MatMul and Add, "
                + "BatchNormalization, LayerNormalization, Scaler, Mul, Add, Sub or Div with stored numbers, sums of two branches, or an activation of flux4j's"
                + (before == null
                        ? ""
                        : ". To read the part before it, use Onnx.read(file, "
                                + shown(before).replace('\'', '"') + ")"));
    }
}
