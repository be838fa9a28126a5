package io.github.flux4j.layers;

import io.github.flux4j.engine.ScalarLoop;
import java.util.List;
import java.util.function.Supplier;

/**
 * Float32 loops that the JIT vectorises, for the most used activations: no branches, no calls that aren't inlined, Float32 arithmetic alone. Float64 uses the
 * loop made from the function's definition.
 */
abstract class FastLoop implements ScalarLoop {

    private final ScalarLoop exact;

    FastLoop(ScalarLoop exact) {
        this.exact = exact;
    }

    @Override
    public final void values(double[] x, double[] y, int from, int to) {
        exact.values(x, y, from, to);
    }

    @Override
    public final void derivatives(double[] x, double[] y, double[] dy, double[] dx, int from, int to) {
        exact.derivatives(x, y, dy, dx, from, to);
    }

    /** Supplies fast loops of an activation, or the given one if there is none. */
    static Supplier<ScalarLoop> of(String word, List<Double> numbers, ScalarLoop exact) {
        double number = numbers.isEmpty() ? 1 : numbers.get(0);
        return switch (word) {
            case "relu" -> () -> new Relu(exact);
            case "tanh" -> () -> new Tanh(exact);
            case "sigmoid" -> () -> ExponentialLoops.sigmoid(exact);
            case "softplus" -> () -> ExponentialLoops.softplus(exact);
            case "swish" -> () -> ExponentialLoops.swish(exact);
            case "gelu", "gelu_tanh", "gelu_sigmoid" -> () -> ExponentialLoops.gelu(exact);
            case "mish" -> () -> ExponentialLoops.mish(exact);
            case "elu" -> () -> ExponentialLoops.elu(exact, 1, number, 1, true);
            case "celu" -> () -> ExponentialLoops.elu(exact, 1, number, number, true);
            case "selu" ->
                () -> ExponentialLoops.elu(exact, ScalarFormulas.SELU_LAMBDA, ScalarFormulas.SELU_ALPHA, 1, false);
            default -> () -> exact;
        };
    }

    private static final class Relu extends FastLoop {

        Relu(ScalarLoop exact) {
            super(exact);
        }

        @Override
        public void values(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.max(0, x[i]);
            }
        }

        /** The derivative is 1 for y above zero and 0 at zero, computed as min(1, y·(a huge number)); the product is huge even for the least y above 0. */
        @Override
        public void derivatives(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = dy[i] * Math.min(1, y[i] * Float.MAX_VALUE * Float.MAX_VALUE);
            }
        }
    }

    /**
     * By the convergent a(945 + 105a² + a⁴)/(945 + 420a² + 15a⁴) of Lambert's continued fraction at a = x/8, doubled three times with
     * tanh 2a = 2t/(1 + t²): within 6 units in the last place.
     */
    private static final class Tanh extends FastLoop {

        /** From here on tanh is 1 in Float32. */
        private static final float SATURATED = 9.02f;

        Tanh(ScalarLoop exact) {
            super(exact);
        }

        @Override
        public void values(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                float a = Math.max(-SATURATED, Math.min(SATURATED, x[i])) * 0.125f;
                float a2 = a * a;
                float t = a * (945 + a2 * (105 + a2)) / (945 + a2 * (420 + a2 * 15));
                t = 2 * t / (1 + t * t);
                t = 2 * t / (1 + t * t);
                y[i] = 2 * t / (1 + t * t);
            }
        }

        @Override
        public void derivatives(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = dy[i] * (1 - y[i] * y[i]);
            }
        }
    }
}
