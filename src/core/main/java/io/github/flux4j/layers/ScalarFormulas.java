package io.github.flux4j.layers;

import io.github.flux4j.engine.ScalarFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Building blocks for formulas of {@link Activation}, and formulas with a number, each with its derivative from x and y = f(x). NaN gives NaN, which plain
 * comparisons would lose.
 */
final class ScalarFormulas {

    static final double LOG_2 = Math.log(2);
    static final double SQRT_2 = Math.sqrt(2);
    static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
    static final double SELU_LAMBDA = 1.0507009873554804934;
    static final double SELU_ALPHA = 1.6732632423543772848;

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
    static double nanOr(double value, double x) {
        return x != x ? x : value;
    }

    static double clamp(double x, double low, double high) {
        return x < low ? low : x > high ? high : x;
    }

    /** Computed from e^−|x|, which never overflows. */
    static double sigmoid(double x) {
        double t = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + t) : t / (1 + t);
    }

    static double softplus(double x) {
        return Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
    }

    /** Twice the argument of gelu's tanh: ½(1 + tanh(u/2)) = σ(u). */
    static double geluArgument(double x) {
        return Math.sqrt(8 / Math.PI) * x * (1 + 0.044715 * x * x);
    }

    static double geluDerivative(double x, double y) {
        double s = sigmoid(geluArgument(x));
        return s + x * s * (1 - s) * Math.sqrt(8 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    }

    /** (u·σ(u))′. */
    static double swishDerivative(double u) {
        double s = sigmoid(u);
        return s * (1 + u * (1 - s));
    }

    static double lishtDerivative(double x, double tanh) {
        return tanh + x * (1 - tanh * tanh);
    }

    static double mishDerivative(double x, double y) {
        double t = StrictMath.tanh(softplus(x));
        return t + x * (1 - t * t) * sigmoid(x);
    }

    /** A record, since the JIT trusts its fields to be constant and so inlines both functions. */
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
