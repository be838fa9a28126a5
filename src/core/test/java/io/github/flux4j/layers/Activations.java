package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static java.lang.Math.E;
import static java.lang.StrictMath.*;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Every element-wise activation, one line each, with its formula as NNlib documents it, written for arguments of moderate size only, and the
 * places where it has a kink or a bend. Those that take a number are here with their default and with another.
 */
final class Activations {

    private static final double SELU_SCALE = 1.0507009873554804934193349852946;
    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

    /** An activation and what NNlib says it is; {@code kinks} are in pairs of x and the derivative that NNlib takes there. */
    record Known(Activation activation, DoubleUnaryOperator formula, double... kinks) {

        boolean isNearKink(double x, double distance) {
            for (int i = 0; i < kinks.length; i += 2) {
                if (abs(x - kinks[i]) <= distance) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return activation.toString();
        }
    }

    /** The random one is here with a slope that leaves nothing to chance. */
    static final List<Known> ALL = List.of(
            new Known(IDENTITY, x -> x),
            new Known(SIGMOID, x -> 1 / (1 + exp(-x))),
            new Known(HARDSIGMOID, x -> max(0, min(1, (x + 3) / 6)), -3, 0, 3, 0),
            new Known(LOGSIGMOID, x -> -log1p(exp(-x))),
            new Known(HARDTANH, x -> max(-1, min(1, x)), -1, 0, 1, 0),
            new Known(TANH, x -> sinh(x) / cosh(x)),
            new Known(RELU, x -> max(0, x), 0, 0),
            new Known(RELU6, x -> min(max(0, x), 6), 0, 0, 6, 0),
            new Known(ELU, x -> x > 0 ? x : expm1(x), 0, 1),
            new Known(elu(0.5), x -> x > 0 ? x : 0.5 * expm1(x), 0, 1),
            new Known(CELU, x -> x > 0 ? x : expm1(x), 0, 1),
            new Known(celu(2), x -> x > 0 ? x : 2 * expm1(x / 2), 0, 1),
            new Known(SELU, x -> SELU_SCALE * (x > 0 ? x : SELU_ALPHA * expm1(x)), 0, SELU_SCALE * SELU_ALPHA),
            new Known(LEAKYRELU, x -> max(0.01 * x, x), 0, 0.01),
            new Known(leakyrelu(0.2), x -> max(0.2 * x, x), 0, 0.2),
            new Known(rrelu(0.25, 0.25), x -> max(0.25 * x, x), 0, 0.25),
            new Known(TRELU, x -> x > 1 ? x : 0, 1, 0),
            new Known(trelu(0.3), x -> x > 0.3 ? x : 0, 0.3, 0),
            new Known(SOFTSHRINK, x -> signum(x) * max(0, abs(x) - 0.5), -0.5, 0, 0.5, 0),
            new Known(softshrink(2), x -> signum(x) * max(0, abs(x) - 2), -2, 0, 2, 0),
            new Known(GELU, x -> x / 2 * (1 + tanh(sqrt(2 / PI) * (x + 0.044715 * x * x * x)))),
            new Known(GELU_TANH, x -> x / 2 * (1 + tanh(sqrt(2 / PI) * (x + 0.044715 * x * x * x)))),
            new Known(GELU_SIGMOID, x -> x / (1 + exp(-sqrt(8 / PI) * (x + 0.044715 * x * x * x)))),
            new Known(GELU_ERF, x -> x / 2 * (1 + erf(x / sqrt(2)))),
            new Known(SWISH, x -> x / (1 + exp(-x))),
            new Known(HARDSWISH, x -> x * max(0, min(1, (x + 3) / 6)), -3, -0.5, 3, 1.5),
            new Known(LISHT, x -> x * tanh(x)),
            new Known(MISH, x -> x * tanh(log1p(exp(x)))),
            new Known(SOFTPLUS, x -> log1p(exp(x))),
            new Known(SOFTSIGN, x -> x / (1 + abs(x)), 0, 1),
            new Known(LOGCOSH, x -> log(cosh(x))),
            new Known(TANHSHRINK, x -> x - (pow(E, 2 * x) - 1) / (pow(E, 2 * x) + 1)));

    private Activations() {}

    static List<Known> all() {
        return ALL;
    }

    /** The error function, by its series {@code 2/√π·Σ (−1)ⁿ·x²ⁿ⁺¹/(n!·(2n + 1))} in 60 digits, enough for |x| up to 8. */
    private static double erf(double x) {
        MathContext digits = new MathContext(60);
        BigDecimal square = new BigDecimal(x).pow(2).negate();
        BigDecimal power = new BigDecimal(x);
        BigDecimal sum = power;
        for (int n = 1; n < 250; n++) {
            power = power.multiply(square, digits).divide(BigDecimal.valueOf(n), digits);
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), digits));
        }
        return 2 / sqrt(PI) * sum.doubleValue();
    }
}
