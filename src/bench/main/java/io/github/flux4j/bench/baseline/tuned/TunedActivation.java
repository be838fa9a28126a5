package io.github.flux4j.bench.baseline.tuned;

import io.github.flux4j.bench.baseline.DenseNetwork;

/** Activations without a branch or a call in their loops, so that the JIT makes vector instructions of them. */
final class TunedActivation {

    /** Makes 1 or more of any positive number that isn't below 1e-38, and leaves 0. */
    private static final float STEEP = 1e38f;

    /** Beyond it tanh is ±1 in Float32. */
    private static final float TANH_SATURATES = 7.90531f;

    private TunedActivation() {}

    /** y ← f(y). */
    static void apply(DenseNetwork.Activation activation, float[] y) {
        switch (activation) {
            case IDENTITY -> {}
            case RELU -> relu(y);
            case TANH -> tanh(y);
            case SIGMOID -> throw new UnsupportedOperationException("no problem has it");
        }
    }

    /** slopes ← slopes·f′, from y = f(z). */
    static void backward(DenseNetwork.Activation activation, float[] y, float[] slopes) {
        switch (activation) {
            case IDENTITY -> {}
            case RELU -> reluSlopes(y, slopes);
            case TANH -> tanhSlopes(y, slopes);
            case SIGMOID -> throw new UnsupportedOperationException("no problem has it");
        }
    }

    private static void relu(float[] y) {
        for (int j = 0; j < y.length; j++) {
            // max(0, y), without the care for NaN and −0 that Math.max takes
            y[j] = 0.5f * (y[j] + Math.abs(y[j]));
        }
    }

    private static void reluSlopes(float[] y, float[] slopes) {
        for (int j = 0; j < y.length; j++) {
            slopes[j] *= Math.min(1, y[j] * STEEP);
        }
    }

    private static void tanh(float[] y) {
        for (int j = 0; j < y.length; j++) {
            y[j] = tanh(y[j]);
        }
    }

    /** A quotient of polynomials with an error of a few units in the last place (coefficients from Eigen's {@code ptanh_float}, MPL-2.0). */
    private static float tanh(float z) {
        float x = Math.max(-TANH_SATURATES, Math.min(TANH_SATURATES, z));
        float q = x * x;
        float p = -2.76076847742355e-16f;
        p = Math.fma(p, q, 2.00018790482477e-13f);
        p = Math.fma(p, q, -8.60467152213735e-11f);
        p = Math.fma(p, q, 5.12229709037114e-08f);
        p = Math.fma(p, q, 1.48572235717979e-05f);
        p = Math.fma(p, q, 6.37261928875436e-04f);
        p = Math.fma(p, q, 4.89352455891786e-03f);
        float d = 1.19825839466702e-06f;
        d = Math.fma(d, q, 1.18534705686654e-04f);
        d = Math.fma(d, q, 2.26843463243900e-03f);
        d = Math.fma(d, q, 4.89352518554385e-03f);
        return x * p / d;
    }

    private static void tanhSlopes(float[] y, float[] slopes) {
        for (int j = 0; j < y.length; j++) {
            slopes[j] *= 1 - y[j] * y[j];
        }
    }
}
