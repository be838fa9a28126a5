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
import io.github.flux4j.internal.values.NumberChecks;
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
 * A function that a layer applies element by element: pass it to a {@link Dense}, or use it as a layer of its own. Functions have NNlib's names and values.
 *
 * <pre>{@code
 * Activation cube = Activation.of("cube", x -> x * x * x, (x, y) -> 3 * x * x);
 * }</pre>
 *
 * <p>Activations are values: two of the library's are equal if their names and numbers are; your own must share their functions, too. A number outside of the
 * function's range throws {@link IllegalArgumentException}. Immutable; any thread may use one, if your functions allow it.
 */
public final class Activation extends FunctionLayer {

    private static final Map<String, Activation> BUILT_IN = new LinkedHashMap<>();

    /** The identity, x: what a layer applies by default. */
    public static final Activation IDENTITY = builtIn("identity", x -> x, (x, y) -> 1);

    /** Logistic sigmoid, 1/(1 + e⁻ˣ). */
    public static final Activation SIGMOID = builtIn("sigmoid", ScalarFormulas::sigmoid, (x, y) -> y * (1 - y));

    /** Piecewise linear sigmoid, max(0, min(1, (x + 3)/6)); derivative 0 at ±3. */
    public static final Activation HARDSIGMOID =
            builtIn("hardsigmoid", x -> clamp((x + 3) / 6, 0, 1), (x, y) -> y > 0 && y < 1 ? 1 / 6.0 : nanOr(0, x));

    /** Logarithm of the sigmoid, log σ(x) = −softplus(−x). */
    public static final Activation LOGSIGMOID = builtIn("logsigmoid", x -> -softplus(-x), (x, y) -> sigmoid(-x));

    /** Piecewise linear tanh, max(−1, min(1, x)); derivative 0 at ±1. */
    public static final Activation HARDTANH =
            builtIn("hardtanh", x -> clamp(x, -1, 1), (x, y) -> x > -1 && x < 1 ? 1 : nanOr(0, x));

    /** Hyperbolic tangent, tanh x. */
    public static final Activation TANH = builtIn("tanh", StrictMath::tanh, (x, y) -> 1 - y * y);

    /** Rectified linear unit, max(0, x); derivative 0 at 0. */
    public static final Activation RELU = builtIn("relu", x -> x < 0 ? 0 : x, (x, y) -> x > 0 ? 1 : nanOr(0, x));

    /** Rectified linear unit capped at 6, min(max(0, x), 6); derivative 0 at 0 and at 6. */
    public static final Activation RELU6 =
            builtIn("relu6", x -> clamp(x, 0, 6), (x, y) -> x > 0 && x < 6 ? 1 : nanOr(0, x));

    /** Exponential linear unit with α = 1. See {@link #elu}. */
    public static final Activation ELU = builtIn("elu", ScalarFormulas.elu(1));

    /** Continuously differentiable exponential linear unit with α = 1. See {@link #celu}. */
    public static final Activation CELU = builtIn("celu", ScalarFormulas.celu(1));

    /** Scaled exponential linear unit, λ·(x > 0 ? x : α·(eˣ − 1)) with λ ≈ 1.0507, α ≈ 1.6733 (Klambauer and others 2017). */
    public static final Activation SELU = builtIn(
            "selu",
            x -> SELU_LAMBDA * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
            (x, y) -> x > 0 ? SELU_LAMBDA : y + SELU_LAMBDA * SELU_ALPHA);

    /** Leaky rectified linear unit with slope 0.01. See {@link #leakyrelu}. */
    public static final Activation LEAKYRELU = builtIn("leakyrelu", ScalarFormulas.leakyrelu(0.01));

    /** Thresholded rectified linear unit with θ = 1. See {@link #trelu}. */
    public static final Activation TRELU = builtIn("trelu", ScalarFormulas.trelu(1));

    /** Soft shrinkage with λ = 0.5. See {@link #softshrink}. */
    public static final Activation SOFTSHRINK = builtIn("softshrink", ScalarFormulas.softshrink(0.5));

    /** Gaussian error linear unit in Flux's tanh form, x/2·(1 + tanh(√(2/π)·(x + 0.044715x³))) (Hendrycks and Gimpel 2016). */
    public static final Activation GELU =
            builtIn("gelu", x -> x * sigmoid(geluArgument(x)), ScalarFormulas::geluDerivative);

    /** Explicit name for {@link #GELU}; both compute the same function. */
    public static final Activation GELU_TANH = builtIn("gelu_tanh", GELU.function.scalar());

    /** {@link #GELU} as NNlib computes it with the sigmoid, x·σ(√(8/π)·(x + 0.044715x³)). This is not x·σ(1.702x). */
    public static final Activation GELU_SIGMOID = builtIn("gelu_sigmoid", GELU.function.scalar());

    /** Exact Gaussian error linear unit, x/2·(1 + erf(x/√2)). */
    public static final Activation GELU_ERF = builtIn(
            "gelu_erf",
            x -> x / 2 * (1 + Erf.erf(x / SQRT_2)),
            (x, y) -> (1 + Erf.erf(x / SQRT_2)) / 2 + x * Math.exp(-x * x / 2) / SQRT_2_PI);

    /** Swish, also called SiLU: x·σ(x). */
    public static final Activation SWISH = builtIn("swish", x -> x * sigmoid(x), (x, y) -> swishDerivative(x));

    /** Piecewise linear swish, x·hardsigmoid(x). */
    public static final Activation HARDSWISH =
            builtIn("hardswish", x -> x * clamp((x + 3) / 6, 0, 1), (x, y) -> x < -3 ? 0 : x > 3 ? 1 : (2 * x + 3) / 6);

    /** Linearly scaled hyperbolic tangent, x·tanh x. */
    public static final Activation LISHT =
            builtIn("lisht", x -> x * StrictMath.tanh(x), (x, y) -> lishtDerivative(x, StrictMath.tanh(x)));

    /** Mish, x·tanh(softplus x). */
    public static final Activation MISH =
            builtIn("mish", x -> x * StrictMath.tanh(softplus(x)), ScalarFormulas::mishDerivative);

    /** Smooth form of relu, log(1 + eˣ). */
    public static final Activation SOFTPLUS = builtIn("softplus", ScalarFormulas::softplus, (x, y) -> sigmoid(x));

    /** Softsign, x/(1 + |x|). */
    public static final Activation SOFTSIGN =
            builtIn("softsign", x -> x / (1 + Math.abs(x)), (x, y) -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))));

    /** Logarithm of the hyperbolic cosine, log cosh x. */
    public static final Activation LOGCOSH =
            builtIn("logcosh", x -> x + softplus(-2 * x) - LOG_2, (x, y) -> StrictMath.tanh(x));

    /** Tanh shrinkage, x − tanh x. */
    public static final Activation TANHSHRINK =
            builtIn("tanhshrink", x -> x - StrictMath.tanh(x), (x, y) -> StrictMath.tanh(x) * StrictMath.tanh(x));

    /** Randomised leaky relu with slopes from 1/8 to 1/3. See {@link #rrelu}. */
    public static final Activation RRELU = builtIn(randomised(1 / 8.0, 1 / 3.0));

    /** Softmax of each row, {@code exp(xᵢ)/Σ exp(xⱼ)}. */
    public static final Activation SOFTMAX = builtIn(NamedFunction.ofRows("softmax", null, Softmax.SOFTMAX));

    /** Logarithm of each row's softmax, {@code xᵢ − log Σ exp(xⱼ)}. */
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

    /** Returns all of the library's activations, with their default numbers. */
    public static List<Activation> all() {
        return List.copyOf(BUILT_IN.values());
    }

    /**
     * Makes an activation of your own. Several threads may call its functions at once.
     *
     * @param name what the activation is printed as
     * @param value f(x)
     * @param derivative f′(x) from x and y = f(x); use whichever is cheaper
     * @throws IllegalArgumentException if the library has an activation of that name
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

    /** Makes a leaky relu, x > 0 ? x : a·x; {@code a} must be finite. */
    public static Activation leakyrelu(double a) {
        NumberChecks.finite("a of leakyrelu", a);
        return pointwise("leakyrelu", ScalarFormulas.leakyrelu(a), a);
    }

    /** Makes a leaky relu that draws its slope uniformly from low to high for each element; both are finite and {@code low <= high}. */
    public static Activation rrelu(double low, double high) {
        NumberChecks.finite("low of rrelu", low);
        NumberChecks.finite("high of rrelu", high);
        if (low > high) {
            throw new IllegalArgumentException(
                    "rrelu draws slopes from low to high, but low was " + low + " and high " + high);
        }
        return new Activation(randomised(low, high, low, high));
    }

    /** Makes an exponential linear unit, x ≥ 0 ? x : α·(eˣ − 1) (Clevert and others 2016); α must be finite. */
    public static Activation elu(double alpha) {
        NumberChecks.finite("α of elu", alpha);
        return pointwise("elu", ScalarFormulas.elu(alpha), alpha);
    }

    /** Makes a continuously differentiable ELU, x ≥ 0 ? x : α·(e^(x/α) − 1) (Barron 2017); α must be finite and above 0. */
    public static Activation celu(double alpha) {
        NumberChecks.positive("α of celu", alpha);
        return pointwise("celu", ScalarFormulas.celu(alpha), alpha);
    }

    /** Makes a thresholded relu, x > θ ? x : 0; θ must be finite. */
    public static Activation trelu(double theta) {
        NumberChecks.finite("θ of trelu", theta);
        return pointwise("trelu", ScalarFormulas.trelu(theta), theta);
    }

    /** Makes a soft shrinkage, min(max(0, x − λ), x + λ), with derivative 0 at ±λ; λ must be finite and at least 0. */
    public static Activation softshrink(double lambda) {
        NumberChecks.notNegative("λ of softshrink", lambda);
        return pointwise("softshrink", ScalarFormulas.softshrink(lambda), lambda);
    }

    /** Parses one of the library's activations, such as {@code relu} or {@code leakyrelu(0.2)}. */
    public static Activation parse(String text) {
        return parse(text, Parts.NONE);
    }

    /**
     * Parses an activation, one of the library's or of your own.
     *
     * @param parts your own activations
     * @throws IllegalArgumentException if the name is unknown, or a number is missing or out of range
     */
    public static Activation parse(String text, Parts parts) {
        return ActivationWords.ALL.read(text, parts);
    }

    /**
     * Computes f(x).
     *
     * @throws UnsupportedOperationException for softmax and logsoftmax, which need a whole row: use {@code predict}
     */
    public double value(double x) {
        return function.requireScalar().value(x);
    }

    /**
     * Computes f′(x).
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
