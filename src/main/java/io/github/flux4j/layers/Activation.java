package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.ScalarFunction;
import io.github.flux4j.engine.ScalarLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 */
public final class Activation extends Layer {

    private static final Map<String, Activation> BUILT_IN = new LinkedHashMap<>();

    private static final double LOG_2 = Math.log(2);
    private static final double SQRT_2 = Math.sqrt(2);
    private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
    private static final double SELU_LAMBDA = 1.0507009873554804934;
    private static final double SELU_ALPHA = 1.6732632423543772848;

    /** x. */
    public static final Activation IDENTITY = builtIn("identity", x -> x, (x, y) -> 1);

    /** 1/(1 + e⁻ˣ). */
    public static final Activation SIGMOID = builtIn("sigmoid", Activation::sigmoid, (x, y) -> y * (1 - y));

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
    public static final Activation ELU = builtIn("elu", x -> eluValue(x, 1), (x, y) -> eluDerivative(x, y, 1));

    /** {@link #celu celu(1)}. */
    public static final Activation CELU = builtIn("celu", x -> eluValue(x, 1), (x, y) -> eluDerivative(x, y, 1));

    /** λ·(x > 0 ? x : α·(eˣ − 1)) with λ ≈ 1.0507, α ≈ 1.6733 (Klambauer and others 2017). */
    public static final Activation SELU = builtIn(
            "selu",
            x -> SELU_LAMBDA * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
            (x, y) -> x > 0 ? SELU_LAMBDA : y + SELU_LAMBDA * SELU_ALPHA);

    /** {@link #leakyrelu leakyrelu(0.01)}. */
    public static final Activation LEAKYRELU =
            builtIn("leakyrelu", x -> x > 0 ? x : 0.01 * x, (x, y) -> x > 0 ? 1 : nanOr(0.01, x));

    /** {@link #trelu trelu(1)}. */
    public static final Activation TRELU = builtIn("trelu", x -> x <= 1 ? 0 : x, (x, y) -> x <= 1 ? 0 : nanOr(1, x));

    /** {@link #softshrink softshrink(0.5)}. */
    public static final Activation SOFTSHRINK =
            builtIn("softshrink", x -> softshrinkValue(x, 0.5), (x, y) -> Math.abs(x) <= 0.5 ? 0 : nanOr(1, x));

    /** x/2·(1 + tanh(√(2/π)·(x + 0.044715x³))) (Hendrycks and Gimpel 2016), Flux's gelu. */
    public static final Activation GELU =
            builtIn("gelu", x -> x * sigmoid(geluArgument(x)), Activation::geluDerivative);

    /** The same function as {@link #GELU}, by its explicit name. */
    public static final Activation GELU_TANH =
            builtIn("gelu_tanh", x -> x * sigmoid(geluArgument(x)), Activation::geluDerivative);

    /** The same function as {@link #GELU}, which NNlib computes in another way: x·σ(√(8/π)·(x + 0.044715x³)). Not x·σ(1.702x). */
    public static final Activation GELU_SIGMOID =
            builtIn("gelu_sigmoid", x -> x * sigmoid(geluArgument(x)), Activation::geluDerivative);

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
    public static final Activation MISH = builtIn("mish", x -> x * Math.tanh(softplus(x)), Activation::mishDerivative);

    /** log(1 + eˣ). */
    public static final Activation SOFTPLUS = builtIn("softplus", Activation::softplus, (x, y) -> sigmoid(x));

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
    public static final Activation RRELU = builtIn(randomised("rrelu", 1 / 8.0, 1 / 3.0));

    /** {@code exp(xᵢ)/Σ exp(xⱼ)} of each whole row; after a {@code Dense}, or as a layer of its own. */
    public static final Activation SOFTMAX = builtIn(new Activation("softmax", Softmax.SOFTMAX));

    /** {@code xᵢ − log Σ exp(xⱼ)} of each whole row; after a {@code Dense}, or as a layer of its own. */
    public static final Activation LOGSOFTMAX = builtIn(new Activation("logsoftmax", Softmax.LOGSOFTMAX));

    private final String name;
    private final ScalarFunction function;
    private final List<Operation> operations;

    private Activation(String name, ScalarFunction function, List<Operation> operations) {
        this.name = name;
        this.function = function;
        this.operations = operations;
    }

    private Activation(String name, ScalarFunction function) {
        this(
                name,
                function,
                name.equals("identity")
                        ? List.of()
                        : List.of(new Operation.Pointwise(name, VectorLoop.of(name, ScalarLoop.of(function)))));
    }

    private Activation(String name, Kernel rows) {
        this(name, null, List.of(new Operation.Rows(rows)));
    }

    private static Activation builtIn(String name, DoubleUnaryOperator value, DoubleBinaryOperator derivative) {
        return builtIn(new Activation(name, new Functions(value, derivative)));
    }

    private static Activation builtIn(Activation activation) {
        BUILT_IN.put(activation.name, activation);
        return activation;
    }

    /** One of the library's with a number of its own, such as {@code leakyrelu(0.2)}. */
    private static Activation named(String name, Functions functions) {
        return new Activation(name, functions);
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
        if (BUILT_IN.containsKey(name)) {
            throw new IllegalArgumentException(
                    "there is an activation named " + name + " in the library; choose another name");
        }
        return new Activation(name, new Functions(value, derivative));
    }

    /**
     * x > 0 ? x : a·x.
     *
     * @throws IllegalArgumentException unless {@code a} is finite
     */
    public static Activation leakyrelu(double a) {
        Checks.finite("a of leakyrelu", a);
        return named("leakyrelu(" + a + ")", new Functions(x -> x > 0 ? x : a * x, (x, y) -> x > 0 ? 1 : nanOr(a, x)));
    }

    /**
     * leakyrelu whose slope is drawn anew for each element, uniformly from low to high.
     *
     * @throws IllegalArgumentException unless both are finite and {@code low <= high}
     */
    public static Activation rrelu(double low, double high) {
        Checks.finite("low of rrelu", low);
        Checks.finite("high of rrelu", high);
        Checks.require(low <= high, "rrelu draws slopes from low to high, but low was " + low + " and high " + high);
        return randomised("rrelu(" + low + ", " + high + ")", low, high);
    }

    /** The slope drawn is y/x. */
    private static Activation randomised(String name, double low, double high) {
        RandomSlope slope = new RandomSlope(low, high);
        Functions function = new Functions(slope::value, (x, y) -> x > 0 ? 1 : x == 0 ? low : y / x);
        return new Activation(name, function, List.of(new Operation.Rows(slope)));
    }

    /**
     * x ≥ 0 ? x : α·(eˣ − 1) (Clevert and others 2016).
     *
     * @throws IllegalArgumentException unless α is finite
     */
    public static Activation elu(double alpha) {
        Checks.finite("α of elu", alpha);
        return named(
                "elu(" + alpha + ")", new Functions(x -> eluValue(x, alpha), (x, y) -> eluDerivative(x, y, alpha)));
    }

    /**
     * x ≥ 0 ? x : α·(e^(x/α) − 1) (Barron 2017).
     *
     * @throws IllegalArgumentException unless α is finite and above 0
     */
    public static Activation celu(double alpha) {
        Checks.positive("α of celu", alpha);
        return named(
                "celu(" + alpha + ")",
                new Functions(x -> x >= 0 ? x : alpha * Math.expm1(x / alpha), (x, y) -> x >= 0 ? 1 : y / alpha + 1));
    }

    /**
     * x > θ ? x : 0.
     *
     * @throws IllegalArgumentException unless θ is finite
     */
    public static Activation trelu(double theta) {
        Checks.finite("θ of trelu", theta);
        return named(
                "trelu(" + theta + ")", new Functions(x -> x <= theta ? 0 : x, (x, y) -> x <= theta ? 0 : nanOr(1, x)));
    }

    /**
     * min(max(0, x − λ), x + λ); derivative 0 at ±λ.
     *
     * @throws IllegalArgumentException unless λ is finite and not negative
     */
    public static Activation softshrink(double lambda) {
        Checks.notNegative("λ of softshrink", lambda);
        return named(
                "softshrink(" + lambda + ")",
                new Functions(x -> softshrinkValue(x, lambda), (x, y) -> Math.abs(x) <= lambda ? 0 : nanOr(1, x)));
    }

    /** {@code value}, or NaN for NaN, which comparisons let slip. */
    private static double nanOr(double value, double x) {
        return x != x ? x : value;
    }

    private static double clamp(double x, double low, double high) {
        return x < low ? low : x > high ? high : x;
    }

    /** Of e^−|x|, which never overflows. */
    private static double sigmoid(double x) {
        double t = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + t) : t / (1 + t);
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
    }

    private static double eluValue(double x, double alpha) {
        return x >= 0 ? x : alpha * Math.expm1(x);
    }

    private static double eluDerivative(double x, double y, double alpha) {
        return x >= 0 ? 1 : y + alpha;
    }

    private static double softshrinkValue(double x, double lambda) {
        return x + lambda > 0 ? (x - lambda < 0 ? 0 : x - lambda) : x + lambda;
    }

    /** Twice the argument of gelu's tanh: ½(1 + tanh(u/2)) = σ(u). */
    private static double geluArgument(double x) {
        return Math.sqrt(8 / Math.PI) * x * (1 + 0.044715 * x * x);
    }

    private static double geluDerivative(double x, double y) {
        double s = sigmoid(geluArgument(x));
        return s + x * s * (1 - s) * Math.sqrt(8 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    }

    /** (u·σ(u))′. */
    private static double swishDerivative(double u) {
        double s = sigmoid(u);
        return s * (1 + u * (1 - s));
    }

    private static double lishtDerivative(double x, double tanh) {
        return tanh + x * (1 - tanh * tanh);
    }

    private static double mishDerivative(double x, double y) {
        double t = Math.tanh(softplus(x));
        return t + x * (1 - t * t) * sigmoid(x);
    }

    /** A record, since the JIT trusts a record's fields to stay as they are and so inlines the two functions. */
    private record Functions(DoubleUnaryOperator value, DoubleBinaryOperator derivative) implements ScalarFunction {
        @Override
        public double value(double x) {
            return value.applyAsDouble(x);
        }

        @Override
        public double derivative(double x, double y) {
            return derivative.applyAsDouble(x, y);
        }
    }

    /**
     * f(x).
     *
     * @throws UnsupportedOperationException for softmax and logsoftmax, which need a whole row: use {@code predict}
     */
    public double value(double x) {
        return scalar().value(x);
    }

    /**
     * f′(x).
     *
     * @throws UnsupportedOperationException for softmax and logsoftmax, which need a whole row
     */
    public double derivative(double x) {
        return scalar().derivative(x, scalar().value(x));
    }

    private ScalarFunction scalar() {
        if (function == null) {
            throw new UnsupportedOperationException(name + " is a function of a whole row, not of one number; use "
                    + name.toUpperCase(Locale.ROOT) + ".predict(array)");
        }
        return function;
    }

    boolean isIdentity() {
        return operations.isEmpty();
    }

    @Override
    List<Operation> operations() {
        return operations;
    }

    @Override
    boolean isStateless() {
        return true;
    }

    @Override
    Activation copy(DataType type) {
        return new Activation(name, function, operations);
    }

    @Override
    String describe() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
