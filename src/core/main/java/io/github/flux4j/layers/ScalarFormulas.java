package io.github.flux4j.layers;

import io.github.flux4j.engine.ScalarFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;

/**
 * The formulas of {@link Activation}'s functions, each with its derivative from x and y = f(x); what each is, stands there. NaN gives NaN: a
 * comparison lets it slip.
 */
final class ScalarFormulas {

    private static final double LOG_2 = Math.log(2);
    private static final double SQRT_2 = Math.sqrt(2);
    private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
    static final double SELU_LAMBDA = 1.0507009873554804934;
    static final double SELU_ALPHA = 1.6732632423543772848;

    static final ScalarFunction IDENTITY = of(x -> x, (x, y) -> 1);

    static final ScalarFunction SIGMOID = of(ScalarFormulas::sigmoid, (x, y) -> y * (1 - y));

    static final ScalarFunction HARDSIGMOID =
            of(x -> clamp((x + 3) / 6, 0, 1), (x, y) -> y > 0 && y < 1 ? 1 / 6.0 : nanOr(0, x));

    static final ScalarFunction LOGSIGMOID = of(x -> -softplus(-x), (x, y) -> sigmoid(-x));

    static final ScalarFunction HARDTANH = of(x -> clamp(x, -1, 1), (x, y) -> x > -1 && x < 1 ? 1 : nanOr(0, x));

    static final ScalarFunction TANH = of(Math::tanh, (x, y) -> 1 - y * y);

    static final ScalarFunction RELU = of(x -> x < 0 ? 0 : x, (x, y) -> x > 0 ? 1 : nanOr(0, x));

    static final ScalarFunction RELU6 = of(x -> clamp(x, 0, 6), (x, y) -> x > 0 && x < 6 ? 1 : nanOr(0, x));

    static final ScalarFunction SELU = of(
            x -> SELU_LAMBDA * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
            (x, y) -> x > 0 ? SELU_LAMBDA : y + SELU_LAMBDA * SELU_ALPHA);

    static final ScalarFunction GELU = of(x -> x * sigmoid(geluArgument(x)), ScalarFormulas::geluDerivative);

    static final ScalarFunction GELU_ERF = of(
            x -> x / 2 * (1 + Erf.erf(x / SQRT_2)),
            (x, y) -> (1 + Erf.erf(x / SQRT_2)) / 2 + x * Math.exp(-x * x / 2) / SQRT_2_PI);

    static final ScalarFunction SWISH = of(x -> x * sigmoid(x), (x, y) -> swishDerivative(x));

    static final ScalarFunction HARDSWISH =
            of(x -> x * clamp((x + 3) / 6, 0, 1), (x, y) -> x < -3 ? 0 : x > 3 ? 1 : (2 * x + 3) / 6);

    static final ScalarFunction LISHT = of(x -> x * Math.tanh(x), (x, y) -> lishtDerivative(x, Math.tanh(x)));

    static final ScalarFunction MISH = of(x -> x * Math.tanh(softplus(x)), ScalarFormulas::mishDerivative);

    static final ScalarFunction SOFTPLUS = of(ScalarFormulas::softplus, (x, y) -> sigmoid(x));

    static final ScalarFunction SOFTSIGN =
            of(x -> x / (1 + Math.abs(x)), (x, y) -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))));

    static final ScalarFunction LOGCOSH = of(x -> x + softplus(-2 * x) - LOG_2, (x, y) -> Math.tanh(x));

    static final ScalarFunction TANHSHRINK = of(x -> x - Math.tanh(x), (x, y) -> Math.tanh(x) * Math.tanh(x));

    private ScalarFormulas() {}

    static ScalarFunction of(DoubleUnaryOperator value, DoubleBinaryOperator derivative) {
        return new Functions(value, derivative);
    }

    static ScalarFunction leakyrelu(double a) {
        return of(x -> x > 0 ? x : a * x, (x, y) -> x > 0 ? 1 : nanOr(a, x));
    }

    static ScalarFunction elu(double alpha) {
        return of(x -> x >= 0 ? x : alpha * Math.expm1(x), (x, y) -> x >= 0 ? 1 : y + alpha);
    }

    static ScalarFunction celu(double alpha) {
        return of(x -> x >= 0 ? x : alpha * Math.expm1(x / alpha), (x, y) -> x >= 0 ? 1 : y / alpha + 1);
    }

    static ScalarFunction trelu(double theta) {
        return of(x -> x <= theta ? 0 : x, (x, y) -> x <= theta ? 0 : nanOr(1, x));
    }

    static ScalarFunction softshrink(double lambda) {
        return of(
                x -> x + lambda > 0 ? (x - lambda < 0 ? 0 : x - lambda) : x + lambda,
                (x, y) -> Math.abs(x) <= lambda ? 0 : nanOr(1, x));
    }

    /** {@code value}, or NaN for NaN. */
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
}
