package io.github.flux4j.layers;

import static io.github.flux4j.layers.ScalarFormulas.LOG_2;
import static io.github.flux4j.layers.ScalarFormulas.SELU_ALPHA;
import static io.github.flux4j.layers.ScalarFormulas.SELU_LAMBDA;
import static io.github.flux4j.layers.ScalarFormulas.SQRT_2;
import static io.github.flux4j.layers.ScalarFormulas.SQRT_2_PI;
import static io.github.flux4j.layers.ScalarFormulas.clamp;
import static io.github.flux4j.layers.ScalarFormulas.geluArgument;
import static io.github.flux4j.layers.ScalarFormulas.lishtDerivative;
import static io.github.flux4j.layers.ScalarFormulas.nanOr;
import static io.github.flux4j.layers.ScalarFormulas.sigmoid;
import static io.github.flux4j.layers.ScalarFormulas.softplus;
import static io.github.flux4j.layers.ScalarFormulas.swishDerivative;

import io.github.flux4j.engine.ScalarFunction;
import io.github.flux4j.values.Parts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A function applied element by element: after a {@link Dense}'s sum, or as a layer of its own. Values of NNlib's functions of the same
 * names. One of your own:
 *
 * <pre>{@code
 * Activation cube = Activation.of("cube", x -> x * x * x, (x, y) -> 3 * x * x);
 * }</pre>
 *
 * <p>A value: the library's are equal if name and numbers are, those of your own if they have the same functions, too. A number that it can't have is an
 * {@link IllegalArgumentException}.
 */
public final class Activation extends FunctionLayer {

    private static final Map<String, Activation> BUILT_IN = new LinkedHashMap<>();

    /** x. */
    public static final Activation IDENTITY = builtIn("identity", x -> x, (x, y) -> 1);

    /** 1/(1 + e⁻ˣ). */
    public static final Activation SIGMOID = builtIn("sigmoid", ScalarFormulas::sigmoid, (x, y) -> y * (1 - y));

    /** max(0, min(1, (x + 3)/6)); derivative 0 at ±3. */
    public static final Activation HARDSIGMOID =
            builtIn("hardsigmoid", x -> clamp((x + 3) / 6, 0, 1), (x, y) -> y > 0 && y < 1 ? 1 / 6.0 : nanOr(0, x));

    /** log σ(x) = −softplus(−x). */
    public static final Activation LOGSIGMOID = builtIn("logsigmoid", x -> -softplus(-x), (x, y) -> sigmoid(-x));

    /** max(−1, min(1, x)); derivative 0 at ±1. */
    public static final Activation HARDTANH =
            builtIn("hardtanh", x -> clamp(x, -1, 1), (x, y) -> x > -1 && x < 1 ? 1 : nanOr(0, x));

    /** tanh x. */
    public static final Activation TANH = builtIn("tanh", Math::tanh, (x, y) -> 1 - y * y);

    /** max(0, x); derivative 0 at 0. */
    public static final Activation RELU = builtIn("relu", x -> x < 0 ? 0 : x, (x, y) -> x > 0 ? 1 : nanOr(0, x));

    /** min(max(0, x), 6); derivative 0 at 0 and at 6. */
    public static final Activation RELU6 =
            builtIn("relu6", x -> clamp(x, 0, 6), (x, y) -> x > 0 && x < 6 ? 1 : nanOr(0, x));

    /** {@link #elu elu(1)}. */
    public static final Activation ELU = builtIn("elu", ScalarFormulas.elu(1));

    /** {@link #celu celu(1)}. */
    public static final Activation CELU = builtIn("celu", ScalarFormulas.celu(1));

    /** λ·(x > 0 ? x : α·(eˣ − 1)) with λ ≈ 1.0507, α ≈ 1.6733 (Klambauer and others 2017). */
    public static final Activation SELU = builtIn(
            "selu",
            x -> SELU_LAMBDA * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
            (x, y) -> x > 0 ? SELU_LAMBDA : y + SELU_LAMBDA * SELU_ALPHA);

    /** {@link #leakyrelu leakyrelu(0.01)}. */
    public static final Activation LEAKYRELU = builtIn("leakyrelu", ScalarFormulas.leakyrelu(0.01));

    /** {@link #trelu trelu(1)}. */
    public static final Activation TRELU = builtIn("trelu", ScalarFormulas.trelu(1));

    /** {@link #softshrink softshrink(0.5)}. */
    public static final Activation SOFTSHRINK = builtIn("softshrink", ScalarFormulas.softshrink(0.5));

    /** x/2·(1 + tanh(√(2/π)·(x + 0.044715x³))) (Hendrycks and Gimpel 2016), Flux's gelu. */
    public static final Activation GELU =
            builtIn("gelu", x -> x * sigmoid(geluArgument(x)), ScalarFormulas::geluDerivative);

    /** The same function as {@link #GELU}, by its explicit name. */
    public static final Activation GELU_TANH = builtIn("gelu_tanh", GELU.function.scalar());

    /** The same function as {@link #GELU}, which NNlib computes in another way: x·σ(√(8/π)·(x + 0.044715x³)). Not x·σ(1.702x). */
    public static final Activation GELU_SIGMOID = builtIn("gelu_sigmoid", GELU.function.scalar());

    /** x/2·(1 + erf(x/√2)). */
    public static final Activation GELU_ERF = builtIn(
            "gelu_erf",
            x -> x / 2 * (1 + Erf.erf(x / SQRT_2)),
            (x, y) -> (1 + Erf.erf(x / SQRT_2)) / 2 + x * Math.exp(-x * x / 2) / SQRT_2_PI);

    /** x·σ(x). */
    public static final Activation SWISH = builtIn("swish", x -> x * sigmoid(x), (x, y) -> swishDerivative(x));

    /** x·hardsigmoid(x). */
    public static final Activation HARDSWISH =
            builtIn("hardswish", x -> x * clamp((x + 3) / 6, 0, 1), (x, y) -> x < -3 ? 0 : x > 3 ? 1 : (2 * x + 3) / 6);

    /** x·tanh x. */
    public static final Activation LISHT =
            builtIn("lisht", x -> x * Math.tanh(x), (x, y) -> lishtDerivative(x, Math.tanh(x)));

    /** x·tanh(softplus x). */
    public static final Activation MISH =
            builtIn("mish", x -> x * Math.tanh(softplus(x)), ScalarFormulas::mishDerivative);

    /** log(1 + eˣ). */
    public static final Activation SOFTPLUS = builtIn("softplus", ScalarFormulas::softplus, (x, y) -> sigmoid(x));

    /** x/(1 + |x|). */
    public static final Activation SOFTSIGN =
            builtIn("softsign", x -> x / (1 + Math.abs(x)), (x, y) -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))));

    /** log cosh x. */
    public static final Activation LOGCOSH =
            builtIn("logcosh", x -> x + softplus(-2 * x) - LOG_2, (x, y) -> Math.tanh(x));

    /** x − tanh x. */
    public static final Activation TANHSHRINK =
            builtIn("tanhshrink", x -> x - Math.tanh(x), (x, y) -> Math.tanh(x) * Math.tanh(x));

    /** {@link #rrelu rrelu(1/8, 1/3)}. */
    public static final Activation RRELU = builtIn(randomised(1 / 8.0, 1 / 3.0));

    /** {@code exp(xᵢ)/Σ exp(xⱼ)} of each whole row; after a {@code Dense}, or as a layer of its own. */
    public static final Activation SOFTMAX = builtIn(NamedFunction.ofRows("softmax", null, Softmax.SOFTMAX));

    /** {@code xᵢ − log Σ exp(xⱼ)} of each whole row; after a {@code Dense}, or as a layer of its own. */
    public static final Activation LOGSOFTMAX = builtIn(NamedFunction.ofRows("logsoftmax", null, Softmax.LOGSOFTMAX));

    private Activation(NamedFunction function) {
        super(function);
    }

    private static Activation pointwise(String word, ScalarFunction function, double... numbers) {
        return new Activation(NamedFunction.pointwise(word, function, numbers));
    }

    private static NamedFunction randomised(double low, double high, double... numbers) {
        RandomSlope slope = new RandomSlope(low, high);
        return NamedFunction.ofRows("rrelu", slope.function(), slope, numbers);
    }

    private static Activation builtIn(String word, DoubleUnaryOperator value, DoubleBinaryOperator derivative) {
        return builtIn(word, ScalarFormulas.of(value, derivative));
    }

    private static Activation builtIn(String word, ScalarFunction function) {
        return builtIn(NamedFunction.pointwise(word, function));
    }

    private static Activation builtIn(NamedFunction function) {
        Activation activation = new Activation(function);
        BUILT_IN.put(function.word(), activation);
        return activation;
    }

    /** All of the library's, with their defaults. */
    public static List<Activation> all() {
        return List.copyOf(BUILT_IN.values());
    }

    /**
     * An activation of your own. Its functions may be called by several threads at once.
     *
     * @param name what it is printed as
     * @param value f(x)
     * @param derivative f′(x) from x and y = f(x); use whichever is cheaper
     * @throws IllegalArgumentException if the name is that of one of the library's
     */
    public static Activation of(String name, DoubleUnaryOperator value, DoubleBinaryOperator derivative) {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(value, "value is null");
        Objects.requireNonNull(derivative, "derivative is null");
        if (BUILT_IN.containsKey(name.split("\\(", 2)[0].strip())) { // as with numbers, leakyrelu(0.2), too
            throw new IllegalArgumentException(
                    "there is an activation named " + name + " in the library; choose another name");
        }
        return pointwise(name, ScalarFormulas.of(value, derivative));
    }

    /** x > 0 ? x : a·x; {@code a} must be finite. */
    public static Activation leakyrelu(double a) {
        Checks.finite("a of leakyrelu", a);
        return pointwise("leakyrelu", ScalarFormulas.leakyrelu(a), a);
    }

    /** leakyrelu whose slope is drawn anew for each element, uniformly from low to high, both finite and {@code low <= high}. */
    public static Activation rrelu(double low, double high) {
        Checks.finite("low of rrelu", low);
        Checks.finite("high of rrelu", high);
        Checks.require(low <= high, "rrelu draws slopes from low to high, but low was " + low + " and high " + high);
        return new Activation(randomised(low, high, low, high));
    }

    /** x ≥ 0 ? x : α·(eˣ − 1) (Clevert and others 2016); α must be finite. */
    public static Activation elu(double alpha) {
        Checks.finite("α of elu", alpha);
        return pointwise("elu", ScalarFormulas.elu(alpha), alpha);
    }

    /** x ≥ 0 ? x : α·(e^(x/α) − 1) (Barron 2017); α must be finite and above 0. */
    public static Activation celu(double alpha) {
        Checks.positive("α of celu", alpha);
        return pointwise("celu", ScalarFormulas.celu(alpha), alpha);
    }

    /** x > θ ? x : 0; θ must be finite. */
    public static Activation trelu(double theta) {
        Checks.finite("θ of trelu", theta);
        return pointwise("trelu", ScalarFormulas.trelu(theta), theta);
    }

    /** min(max(0, x − λ), x + λ), derivative 0 at ±λ; λ must be finite and not negative. */
    public static Activation softshrink(double lambda) {
        Checks.notNegative("λ of softshrink", lambda);
        return pointwise("softshrink", ScalarFormulas.softshrink(lambda), lambda);
    }

    /** As {@link #parse(String, Parts)} with the library's alone. */
    public static Activation parse(String text) {
        return parse(text, Parts.NONE);
    }

    /**
     * The activation that a text names, {@code relu} or {@code leakyrelu(0.2)}.
     *
     * @param parts activations of your own
     * @throws IllegalArgumentException if there is none of that name, or a number is missing or refused
     */
    public static Activation parse(String text, Parts parts) {
        return ActivationWords.ALL.read(text, parts);
    }

    /**
     * f(x).
     *
     * @throws UnsupportedOperationException for softmax and logsoftmax, which need a whole row: use {@code predict}
     */
    public double value(double x) {
        return function.requireScalar().value(x);
    }

    /**
     * f′(x).
     *
     * @throws UnsupportedOperationException for softmax and logsoftmax, which need a whole row
     */
    public double derivative(double x) {
        return function.requireScalar().derivative(x, value(x));
    }

    @Override
    Activation copy(DataType type) {
        return new Activation(function);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Activation activation
                && function.isSame(activation.function, BUILT_IN.containsKey(function.word()));
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
