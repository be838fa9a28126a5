package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * {@code y = W·cos(2π·f·x + φ) + b} for each column. Numbers of one column and frequency are adjacent for all rows, so that loops run over rows. Parameters: f
 * {@code [in, frequencies]}, φ likewise, W {@code [in·out, frequencies]}, b {@code [in·out]}.
 *
 * <p>cos and sin of turns are polynomials of degree 15 in the distance to the nearest full turn, fitted by least squares at Chebyshev points; their error is at
 * most 2e-10.
 */
record PeriodicKernel(int in, int frequencies, int out) implements Kernel {

    private static final double SIGMA = 0.1;
    private static final double TURN = 2 * Math.PI;

    private static final double C0 = 0.9999999998855297;
    private static final double C1 = -19.73920874344136;
    private static final double C2 = 64.93938907498634;
    private static final double C3 = -85.45665829062074;
    private static final double C4 = 60.24213103449467;
    private static final double C5 = -26.404666242922872;
    private static final double C6 = 7.80012531004439;
    private static final double C7 = -1.4531047746126438;
    private static final double S0 = 6.283185306817003;
    private static final double S1 = -41.3417021706461;
    private static final double S2 = 81.60524535964697;
    private static final double S3 = -76.70576093789239;
    private static final double S4 = 42.057369922777816;
    private static final double S5 = -15.084553932491469;
    private static final double S6 = 3.7759551618602782;
    private static final double S7 = -0.6150572296527146;

    @Override
    public int parameters() {
        return Math.addExact(Math.multiplyExact(in * 2, frequencies), Math.multiplyExact(in * out, frequencies + 1));
    }

    @Override
    public int[] arrays() {
        return new int[] {in * frequencies, in * frequencies, in * out * frequencies, in * out};
    }

    /** f from N(0, 0.1²), φ uniform over a full turn, W Glorot-uniform for each column, b zero. */
    @Override
    public double[] start(RandomGenerator random) {
        double[] values = new double[parameters()];
        double bound = Math.sqrt(6.0 / (frequencies + out));
        for (int i = 0; i < in * frequencies; i++) {
            values[i] = SIGMA * random.nextGaussian();
            values[in * frequencies + i] = Math.PI * (2 * random.nextDouble() - 1);
        }
        for (int i = weight(0, 0); i < bias(0, 0); i++) {
            values[i] = bound * (2 * random.nextDouble() - 1);
        }
        return values;
    }

    private int weight(int column, int k) {
        return in * 2 * frequencies + (column * out + k) * frequencies;
    }

    private int bias(int column, int k) {
        return in * (2 + out) * frequencies + column * out + k;
    }

    @Override
    public int inputs() {
        return in;
    }

    @Override
    public int outputs(int columns) {
        return in * out;
    }

    @Override
    public boolean rowsAreIndependent() {
        return true;
    }

    @Override
    public void forward(Pass pass, double[] x, double[] y) {
        int n = pass.rows();
        double[] p = pass.parameters();
        double[] waves = pass.keep(pass.training() ? Math.multiplyExact(in * frequencies, n) : 0);
        double[] values = pass.room(0, n);
        double[] wave = pass.room(1, n);
        double[] sums = pass.room(2, out * n);
        for (int column = 0; column < in; column++) {
            gather(x, in, column, 1, n, values);
            for (int k = 0; k < out; k++) {
                Arrays.fill(sums, k * n, (k + 1) * n, p[bias(column, k)]);
            }
            for (int f = 0; f < frequencies; f++) {
                int at = column * frequencies + f;
                wave(p[at], p[in * frequencies + at] / TURN, values, wave, n);
                if (pass.training()) {
                    System.arraycopy(wave, 0, waves, at * n, n);
                }
                for (int k = 0; k < out; k++) {
                    add(p[weight(column, k) + f], wave, 0, sums, k * n, n);
                }
            }
            for (int i = 0; i < out * n; i++) {
                y[i % n * in * out + column * out + i / n] = sums[i];
            }
        }
    }

    @Override
    public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
        int n = pass.rows();
        double[] p = pass.parameters();
        double[] waves = pass.kept();
        double[] values = pass.room(0, n);
        double[] slopes = pass.room(1, n); // by the wave
        double[] given = pass.room(2, out * n);
        double[] angles = pass.room(3, n); // by the wave's angle
        double[] all = pass.room(4, n); // by x
        for (int column = 0; column < in; column++) {
            gather(x, in, column, 1, n, values);
            gather(dy, in * out, column * out, out, n, given);
            for (int k = 0; k < out; k++) {
                dParameters[bias(column, k)] = sum(given, k * n, n);
            }
            Arrays.fill(all, 0, n, 0);
            for (int f = 0; f < frequencies; f++) {
                int at = column * frequencies + f;
                Arrays.fill(slopes, 0, n, 0);
                for (int k = 0; k < out; k++) {
                    dParameters[weight(column, k) + f] = dot(given, k * n, waves, at * n, n);
                    add(p[weight(column, k) + f], given, k * n, slopes, 0, n);
                }
                slope(p[at], p[in * frequencies + at] / TURN, values, slopes, angles, n);
                dParameters[at] = TURN * dot(angles, 0, values, 0, n);
                dParameters[in * frequencies + at] = sum(angles, 0, n);
                add(TURN * p[at], angles, 0, all, 0, n);
            }
            for (int r = 0; r < n; r++) {
                dx[r * in + column] = all[r];
            }
        }
    }

    /** Some columns of n rows, one after another. */
    private static void gather(double[] from, int width, int column, int count, int n, double[] into) {
        for (int k = 0; k < count; k++) {
            for (int r = 0; r < n; r++) {
                into[k * n + r] = from[r * width + column + k];
            }
        }
    }

    /** cos(2π(f·x + phase)). Arrays start at 0, so that the compiler can vectorise the loop. */
    private static void wave(double f, double phase, double[] x, double[] wave, int n) {
        for (int r = 0; r < n; r++) {
            double turns = f * x[r] + phase;
            double t = turns - Math.rint(turns);
            double q = t * t;
            wave[r] = C0 + q * (C1 + q * (C2 + q * (C3 + q * (C4 + q * (C5 + q * (C6 + q * C7))))));
        }
    }

    /** The gradient by the angle from that by the wave: −sin(2π(f·x + phase)) times it. */
    private static void slope(double f, double phase, double[] x, double[] slopes, double[] angles, int n) {
        for (int r = 0; r < n; r++) {
            double turns = f * x[r] + phase;
            double t = turns - Math.rint(turns);
            double q = t * t;
            double sine = S0 + q * (S1 + q * (S2 + q * (S3 + q * (S4 + q * (S5 + q * (S6 + q * S7))))));
            angles[r] = -t * sine * slopes[r];
        }
    }

    private static void add(double factor, double[] from, int at, double[] into, int to, int n) {
        for (int r = 0; r < n; r++) {
            into[to + r] += factor * from[at + r];
        }
    }

    /** Uses four sums, since each addition waits for the one before. */
    private static double dot(double[] a, int i, double[] b, int j, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int r = 0;
        for (; r + 3 < n; r += 4) {
            s0 += a[i + r] * b[j + r];
            s1 += a[i + r + 1] * b[j + r + 1];
            s2 += a[i + r + 2] * b[j + r + 2];
            s3 += a[i + r + 3] * b[j + r + 3];
        }
        for (; r < n; r++) {
            s0 += a[i + r] * b[j + r];
        }
        return s0 + s1 + (s2 + s3);
    }

    private static double sum(double[] a, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int r = 0;
        for (; r + 3 < n; r += 4) {
            s0 += a[at + r];
            s1 += a[at + r + 1];
            s2 += a[at + r + 2];
            s3 += a[at + r + 3];
        }
        for (; r < n; r++) {
            s0 += a[at + r];
        }
        return s0 + s1 + (s2 + s3);
    }
}
