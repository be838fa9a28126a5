package io.github.flux4j.layers;

import static io.github.flux4j.layers.Exponential.AS_IT_IS;
import static io.github.flux4j.layers.Exponential.FAR;

import io.github.flux4j.engine.ScalarLoop;

/**
 * Float32 loops of activations with an exponential, over blocks of at most {@link Exponential#BLOCK} numbers. They use e⁻ᵃ with a = |x| where possible, which
 * neither overflows nor cancels, and keep small results {@link Exponential#LARGER} until the last product. At ±∞ they give the limits of their formulas.
 */
final class ExponentialLoops extends FastLoop {

    /** A part of a formula, for the first {@code count} numbers of a block. */
    private interface Part {
        void apply(Exponential block, int count);
    }

    /** From here on gelu's a·e⁻ᵘ is 0 in Float32. */
    private static final float GELU_FAR = 10.9f;

    private static final double CUBE = 0.044715;
    private static final float SLOPE = (float) Math.sqrt(8 / Math.PI);
    private static final float SLOPE_CUBE = (float) (3 * CUBE * Math.sqrt(8 / Math.PI));

    /** gelu's u/log 2 = C·a + D·a³: each factor as a part of few bits, with exact products, and the rest. */
    private static final double C_EXACT = Math.sqrt(8 / Math.PI) / Math.log(2);

    private static final float C = (float) C_EXACT;
    private static final float C_HIGH = (float) (Math.rint(C_EXACT * 0x1p14) * 0x1p-14);
    private static final float C_LOW = (float) (C_EXACT - C_HIGH);
    private static final float D = (float) (C_EXACT * CUBE);
    private static final float D_HIGH = (float) (Math.rint(C_EXACT * CUBE * 0x1p16) * 0x1p-16);
    private static final float D_LOW = (float) (C_EXACT * CUBE - D_HIGH);
    private static final float LOG_2 = (float) Math.log(2);

    /** Rounds to eighths. */
    private static final float EIGHTHS = 0x1.8p20f;

    private final Exponential block = new Exponential();
    private final Part values;
    private final Part derivatives;

    /**
     * A loop.
     *
     * @param values y for x
     * @param derivatives the slopes times f′(x)
     */
    private ExponentialLoops(ScalarLoop exact, Part values, Part derivatives) {
        super(exact);
        this.values = values;
        this.derivatives = derivatives;
    }

    @Override
    public void values(float[] x, float[] y, int start, int end) {
        for (int from = start; from < end; from += Exponential.BLOCK) {
            int count = Math.min(Exponential.BLOCK, end - from);
            System.arraycopy(x, from, block.x, 0, count);
            values.apply(block, count);
            System.arraycopy(block.y, 0, y, from, count);
        }
    }

    @Override
    public void derivatives(float[] x, float[] y, float[] dy, float[] dx, int start, int end) {
        for (int from = start; from < end; from += Exponential.BLOCK) {
            int count = Math.min(Exponential.BLOCK, end - from);
            System.arraycopy(x, from, block.x, 0, count);
            System.arraycopy(y, from, block.y, 0, count);
            System.arraycopy(dy, from, block.slopes, 0, count);
            derivatives.apply(block, count);
            System.arraycopy(block.slopes, 0, dx, from, count);
        }
    }

    static ScalarLoop sigmoid(ScalarLoop exact) {
        return new ExponentialLoops(exact, ExponentialLoops::sigmoid, ExponentialLoops::sigmoidSlopes);
    }

    static ScalarLoop softplus(ScalarLoop exact) {
        return new ExponentialLoops(exact, ExponentialLoops::softplus, ExponentialLoops::softplusSlopes);
    }

    /** x·σ(x) = max(x, 0) − a·t/(1 + t); the slopes at x and −x add up to 1. */
    static ScalarLoop swish(ScalarLoop exact) {
        return new ExponentialLoops(exact, ExponentialLoops::swish, ExponentialLoops::swishSlopes);
    }

    /** Like swish with e⁻ᵘ, u = √(8/π)·(a + 0.044715a³). */
    static ScalarLoop gelu(ScalarLoop exact) {
        return new ExponentialLoops(exact, ExponentialLoops::gelu, ExponentialLoops::geluSlopes);
    }

    /** With w = eˣ: x·w(w + 2)/(w(w + 2) + 2); above 0 in 1/w. */
    static ScalarLoop mish(ScalarLoop exact) {
        return new ExponentialLoops(exact, ExponentialLoops::mish, ExponentialLoops::mishSlopes);
    }

    /**
     * λx above 0, λα(e^(x/γ) − 1) below.
     *
     * @param isAboveAtZero whether the slope above 0 is that at 0, too
     */
    static ScalarLoop elu(ScalarLoop exact, double lambda, double alpha, double gamma, boolean isAboveAtZero) {
        float above = (float) lambda;
        float below = (float) (lambda * alpha);
        float width = (float) gamma;
        float atZero = isAboveAtZero ? 1 : 0;
        return new ExponentialLoops(
                exact,
                (block, count) -> elu(block, count, above, below, width),
                (block, count) -> eluSlopes(block, count, above, below, width, atZero));
    }

    /** 1 above 0, else 0. */
    private static float isAbove(float x) {
        return Math.max(0, Math.min(1, x * Float.MAX_VALUE * Float.MAX_VALUE));
    }

    /**
     * 1/(1 + t) above 0, t/(1 + t) below. Near 0, where the other argument of max is neither 1 nor below t, t is 1. The quotient is corrected for the rounding
     * of 1 + t.
     */
    private static float sigmoid(float x, float e) {
        float t = e * AS_IT_IS;
        float sum = 1 + t;
        float quotient = Math.max(t, Math.min(1, x * Float.MAX_VALUE)) / sum;
        float lost = t - (sum - 1);
        return quotient - quotient * lost;
    }

    private static void sigmoid(Exponential block, int count) {
        float[] x = block.x;
        float[] y = block.y;
        block.ofAbsolute(count);
        float[] e = block.e;
        for (int i = 0; i < count; i++) {
            y[i] = sigmoid(x[i], e[i]);
        }
    }

    private static void sigmoidSlopes(Exponential block, int count) {
        float[] y = block.y;
        float[] slopes = block.slopes;
        for (int i = 0; i < count; i++) {
            slopes[i] = slopes[i] * (y[i] * (1 - y[i]));
        }
    }

    private static void softplus(Exponential block, int count) {
        float[] x = block.x;
        float[] y = block.y;
        block.ofAbsolute(count);
        float[] e = block.e;
        for (int i = 0; i < count; i++) {
            y[i] = Math.max(x[i], 0) + Exponential.log1p(e[i] * AS_IT_IS);
        }
    }

    private static void softplusSlopes(Exponential block, int count) {
        float[] x = block.x;
        float[] slopes = block.slopes;
        block.ofAbsolute(count);
        float[] e = block.e;
        for (int i = 0; i < count; i++) {
            slopes[i] = slopes[i] * sigmoid(x[i], e[i]);
        }
    }

    private static void swish(Exponential block, int count) {
        float[] x = block.x;
        float[] y = block.y;
        block.ofAbsolute(count);
        float[] e = block.e;
        for (int i = 0; i < count; i++) {
            float a = Math.min(Math.abs(x[i]), FAR);
            y[i] = Math.max(x[i], 0) - a * e[i] / (1 + e[i] * AS_IT_IS) * AS_IT_IS;
        }
    }

    private static void swishSlopes(Exponential block, int count) {
        float[] x = block.x;
        float[] slopes = block.slopes;
        block.ofAbsolute(count);
        float[] e = block.e;
        for (int i = 0; i < count; i++) {
            float a = Math.min(Math.abs(x[i]), FAR);
            float rest = 1 / (1 + e[i] * AS_IT_IS);
            float below = e[i] * rest * (1 - a * rest) * AS_IT_IS;
            float isAbove = isAbove(x[i]);
            slopes[i] = slopes[i] * (isAbove + (1 - 2 * isAbove) * below);
        }
    }

    private static void gelu(Exponential block, int count) {
        float[] x = block.x;
        float[] y = block.y;
        geluExponentials(block, count);
        float[] e = block.e;
        for (int i = 0; i < count; i++) {
            float a = Math.min(Math.abs(x[i]), GELU_FAR);
            y[i] = Math.max(x[i], 0) - a * e[i] / (1 + e[i] * AS_IT_IS) * AS_IT_IS;
        }
    }

    private static void geluSlopes(Exponential block, int count) {
        float[] x = block.x;
        float[] slopes = block.slopes;
        geluExponentials(block, count);
        float[] e = block.e;
        for (int i = 0; i < count; i++) {
            float a = Math.min(Math.abs(x[i]), GELU_FAR);
            float rest = 1 / (1 + e[i] * AS_IT_IS);
            float below = e[i] * rest * (1 - a * rest * (SLOPE + SLOPE_CUBE * (a * a))) * AS_IT_IS;
            float isAbove = isAbove(x[i]);
            slopes[i] = slopes[i] * (isAbove + (1 - 2 * isAbove) * below);
        }
    }

    /** e⁻ᵘ times {@link Exponential#LARGER}. Far from 0 a rounded u would cost e⁻ᵘ many digits, so only small sums and products of u/log 2 + n are rounded. */
    private static void geluExponentials(Exponential block, int count) {
        float[] x = block.x;
        float[] whole = block.n;
        float[] rest = block.r;
        for (int i = 0; i < count; i++) {
            float a = Math.min(Math.abs(x[i]), GELU_FAR);
            whole[i] = (Exponential.ROUNDING - a * (C + D * (a * a))) - Exponential.ROUNDING;
        }
        for (int i = 0; i < count; i++) {
            float a = Math.min(Math.abs(x[i]), GELU_FAR);
            float high = (a + EIGHTHS) - EIGHTHS;
            float low = a - high;
            rest[i] = low * (C + D * (3 * high * high + low * (3 * high + low))) + C_LOW * high;
        }
        for (int i = 0; i < count; i++) {
            float a = Math.min(Math.abs(x[i]), GELU_FAR);
            float high = (a + EIGHTHS) - EIGHTHS;
            float cube = high * high * high;
            float cubes = (cube + Exponential.ROUNDING) - Exponential.ROUNDING;
            float small = D * (cube - cubes); // one sum a line: in longer ones Java 17 doesn't see what to vectorise
            small = small + D_LOW * cubes;
            small = small + rest[i];
            float large = D_HIGH * cubes + whole[i];
            large = large + C_HIGH * high;
            rest[i] = (large + small) * -LOG_2;
        }
        block.exponentials(count);
    }

    private static void mish(Exponential block, int count) {
        float[] x = block.x;
        float[] y = block.y;
        block.ofAbsolute(count);
        float[] e = block.e;
        for (int i = 0; i < count; i++) {
            float t = e[i] * AS_IT_IS;
            float below = Math.min(Math.max(-x[i], 0), FAR) * e[i] * (t + 2) / (t * (t + 2) + 2);
            float above = (1 + 2 * t) / (1 + 2 * t * (1 + t));
            y[i] = Math.max(x[i], 0) * above - below * AS_IT_IS;
        }
    }

    private static void mishSlopes(Exponential block, int count) {
        float[] x = block.x;
        float[] slopes = block.slopes;
        block.ofAbsolute(count);
        float[] below = block.r;
        float[] e = block.e;
        for (int i = 0; i < count; i++) {
            float a = Math.min(Math.abs(x[i]), FAR);
            float t = e[i] * AS_IT_IS;
            float d = t * (t + 2) + 2;
            below[i] = e[i] * ((t + 2) * d - 4 * a * (t + 1)) / (d * d) * AS_IT_IS;
        }
        for (int i = 0; i < count; i++) {
            float t = e[i] * AS_IT_IS;
            float d = 1 + 2 * t * (1 + t);
            float above = ((1 + 2 * t) * d + 4 * Math.min(Math.abs(x[i]), FAR) * (1 + t) * t * t) / (d * d);
            float isAbove = isAbove(x[i]);
            slopes[i] = slopes[i] * (isAbove * above + (1 - isAbove) * below[i]);
        }
    }

    private static void elu(Exponential block, int count, float above, float below, float width) {
        float[] x = block.x;
        float[] y = block.y;
        float[] whole = block.n;
        float[] rest = block.r;
        float[] e = block.e;
        for (int i = 0; i < count; i++) {
            float a = Math.min(Math.max(-x[i], 0) / width, FAR);
            whole[i] = Exponential.whole(a);
            rest[i] = Exponential.rest(a, whole[i]);
        }
        block.powers(count);
        for (int i = 0; i < count; i++) {
            float power = e[i] * AS_IT_IS;
            float small = power * Exponential.series(rest[i]) + (power - 1);
            y[i] = above * Math.max(x[i], 0) + below * small;
        }
    }

    private static void eluSlopes(Exponential block, int count, float above, float below, float width, float atZero) {
        float[] x = block.x;
        float[] slopes = block.slopes;
        float[] y = block.y;
        float most = Math.abs(below);
        for (int i = 0; i < count; i++) {
            float isAbove = Math.max(0, Math.min(1, x[i] * Float.MAX_VALUE * Float.MAX_VALUE + atZero));
            float small = (Math.min(y[i], most) + below) / width;
            slopes[i] = slopes[i] * (isAbove * above + (1 - isAbove) * small);
        }
    }
}
