package io.github.flux4j.layers;

/**
 * Computes e⁻ᵃ in Float32 for a block of numbers, a from 0 to {@link #FAR}. It uses additions and products alone, in loops short enough for the JIT to
 * vectorise (all arrays have the same index). e⁻ᵃ = 2ⁿ·eʳ, where n is the whole number nearest to −a/log 2. NaN gives NaN. Not thread-safe.
 */
final class Exponential {

    /** The size of a block. */
    static final int BLOCK = 256;

    /** From here on e⁻ᵃ and even a·e⁻ᵃ are 0 in Float32. */
    static final float FAR = 110;

    /** The factor by which {@link #power} is too large, so that no small Float32 number is lost. */
    static final float LARGER = 0x1p80f;

    static final float AS_IT_IS = 0x1p-80f;

    /** Adding it to a small number and subtracting it again rounds to the nearest whole number. */
    static final float ROUNDING = 0x1.8p23f;

    private static final float LOG2_E = (float) (1 / Math.log(2));

    /** Ten bits of log 2, with exact products with n, and the rest. */
    private static final float LOG_2_HIGH = 0x1.63p-1f;

    private static final float LOG_2_LOW = (float) (Math.log(2) - LOG_2_HIGH);

    /** The numbers; for derivatives also f(x) and the factors. */
    final float[] x = new float[BLOCK];

    final float[] y = new float[BLOCK];
    final float[] slopes = new float[BLOCK];

    /** n, which {@link #powers} uses up. */
    final float[] n = new float[BLOCK];

    /** r. */
    final float[] r = new float[BLOCK];

    /** The result of {@link #powers} and {@link #exponentials}. */
    final float[] e = new float[BLOCK];

    /** Sets e to e^−|x| times {@link #LARGER}, within 2 units in the last place. */
    void ofAbsolute(int count) {
        for (int i = 0; i < count; i++) {
            float a = Math.min(Math.abs(x[i]), FAR);
            float whole = whole(a);
            n[i] = whole;
            r[i] = rest(a, whole);
        }
        exponentials(count);
    }

    /** n for a. */
    static float whole(float a) {
        return (ROUNDING - a * LOG2_E) - ROUNDING;
    }

    /** r for a and n. */
    static float rest(float a, float n) {
        return (-a - n * LOG_2_HIGH) - n * LOG_2_LOW;
    }

    /** Sets e to 2ⁿ·eʳ times {@link #LARGER}. */
    void exponentials(int count) {
        powers(count);
        for (int i = 0; i < count; i++) {
            e[i] = e[i] * (1 + series(r[i]));
        }
    }

    /** eʳ − 1 for |r| ≤ ½ log 2; the truncated rest of the series is a twelfth of a unit in the last place of eʳ. */
    static float series(float r) {
        float high = 1 / 24f + r * (1 / 120f + r * (1 / 720f + r * (1 / 5040f)));
        return r + r * r * (1 / 2f + r * (1 / 6f + r * high));
    }

    /** Sets e to 2ⁿ times {@link #LARGER}, exactly, from n + 80 in base 3 with the digits −1, 0 and 1, the highest first. */
    void powers(int count) {
        for (int i = 0; i < count; i++) {
            float m = (n[i] + 80) * (1 / 81f);
            float d = rounded(m);
            float p = power(d);
            m = (m - d) * 3;
            d = rounded(m);
            e[i] = p * p * p * power(d);
            n[i] = (m - d) * 3;
        }
        for (int i = 0; i < count; i++) {
            float m = n[i];
            float p = e[i];
            float d = rounded(m);
            p = p * p * p * power(d);
            m = (m - d) * 3;
            d = rounded(m);
            p = p * p * p * power(d);
            d = rounded((m - d) * 3);
            e[i] = p * p * p * power(d);
        }
    }

    private static float rounded(float m) {
        return (m + ROUNDING) - ROUNDING;
    }

    /** 2ᵈ for −1, 0 and 1. */
    private static float power(float d) {
        return 1 + d * (0.75f + 0.25f * d);
    }

    /** log(1 + t) for 0 ≤ t ≤ 1: twice the inverse hyperbolic tangent of z = t/(2 + t), by its series in z² ≤ 1/9. */
    static float log1p(float t) {
        float z = t / (2 + t);
        float s = z * z;
        float high = 1 / 9f + s * (1 / 11f + s * (1 / 13f + s * (1 / 15f)));
        return 2 * z + 2 * z * s * (1 / 3f + s * (1 / 5f + s * (1 / 7f + s * high)));
    }
}
