package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * {@code y = W·cos(2π·f·x + φ) + b} for each column by itself. Numbers of one column and frequency stand one after another, all rows, so that loops are
 * over rows. In the parameters: f {@code [in, frequencies]}, φ likewise, W {@code [in·out, frequencies]}, b {@code [in·out]}.
 *
 * <p>cos and sin of whole turns are polynomials of degree 15 in the distance to the nearest turn, least squares at Chebyshev points; they are off by at most 2e-10.
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

    /** f from N(0, 0.1²), φ uniform over a turn, W Glorot-uniform for each column, b zero. */
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

    /** Where in what is kept: the cosines of all columns and frequencies, the sines, the columns of x, those of y or dy, and one of slopes. */
    private int sines(int rows) {
        return in * frequencies * rows;
    }

    private int inputs(int rows) {
        return 2 * sines(rows);
    }

    private int outputsAt(int rows) {
        return inputs(rows) + in * rows;
    }

    private int slopes(int rows) {
        return outputsAt(rows) + in * out * rows;
    }

    @Override
    public void forward(Pass pass, double[] x, double[] y) {
        int n = pass.rows();
        double[] p = pass.parameters();
        double[] kept = pass.keep(slopes(n) + n);
        transpose(x, 0, n, in, kept, inputs(n));
        for (int column = 0; column < in; column++) {
            for (int k = 0; k < out; k++) {
                int at = outputsAt(n) + (column * out + k) * n;
                Arrays.fill(kept, at, at + n, p[bias(column, k)]);
            }
            for (int f = 0; f < frequencies; f++) {
                int at = column * frequencies + f;
                wave(p[at], p[in * frequencies + at] / TURN, kept, inputs(n) + column * n, at * n, n);
                if (pass.training()) {
                    slope(p[at], p[in * frequencies + at] / TURN, kept, inputs(n) + column * n, sines(n) + at * n, n);
                }
                for (int k = 0; k < out; k++) {
                    add(p[weight(column, k) + f], kept, at * n, outputsAt(n) + (column * out + k) * n, n);
                }
            }
        }
        transpose(kept, outputsAt(n), in * out, n, y, 0);
    }

    @Override
    public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
        int n = pass.rows();
        double[] p = pass.parameters();
        double[] kept = pass.kept();
        transpose(dy, 0, n, in * out, kept, outputsAt(n));
        for (int column = 0; column < in; column++) {
            int values = inputs(n) + column * n;
            for (int k = 0; k < out; k++) {
                dParameters[bias(column, k)] = sum(kept, outputsAt(n) + (column * out + k) * n, n);
            }
            for (int r = 0; r < n; r++) {
                dx[r * in + column] = 0;
            }
            for (int f = 0; f < frequencies; f++) {
                int at = column * frequencies + f;
                Arrays.fill(kept, slopes(n), slopes(n) + n, 0);
                for (int k = 0; k < out; k++) {
                    int from = outputsAt(n) + (column * out + k) * n;
                    dParameters[weight(column, k) + f] = dot(kept, from, at * n, n);
                    add(p[weight(column, k) + f], kept, from, slopes(n), n);
                }
                multiply(kept, slopes(n), sines(n) + at * n, n);
                dParameters[at] = TURN * dot(kept, slopes(n), values, n);
                dParameters[in * frequencies + at] = sum(kept, slopes(n), n);
                for (int r = 0; r < n; r++) {
                    dx[r * in + column] += TURN * p[at] * kept[slopes(n) + r];
                }
            }
        }
    }

    /** From {@code [rows, columns]} to {@code [columns, rows]}. */
    private static void transpose(double[] from, int at, int rows, int columns, double[] into, int to) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                into[to + c * rows + r] = from[at + r * columns + c];
            }
        }
    }

    /** cos(2π(f·x + phase)) of the n numbers at x, to {@code to}. */
    private static void wave(double f, double phase, double[] kept, int x, int to, int n) {
        for (int r = 0; r < n; r++) {
            double turns = f * kept[x + r] + phase;
            double t = turns - Math.rint(turns);
            double q = t * t;
            kept[to + r] = C0 + q * (C1 + q * (C2 + q * (C3 + q * (C4 + q * (C5 + q * (C6 + q * C7))))));
        }
    }

    /** −sin(2π(f·x + phase)), which is the cosine's slope by its angle. */
    private static void slope(double f, double phase, double[] kept, int x, int to, int n) {
        for (int r = 0; r < n; r++) {
            double turns = f * kept[x + r] + phase;
            double t = turns - Math.rint(turns);
            double q = t * t;
            kept[to + r] = -t * (S0 + q * (S1 + q * (S2 + q * (S3 + q * (S4 + q * (S5 + q * (S6 + q * S7)))))));
        }
    }

    private static void add(double factor, double[] kept, int from, int to, int n) {
        for (int r = 0; r < n; r++) {
            kept[to + r] += factor * kept[from + r];
        }
    }

    private static void multiply(double[] kept, int at, int by, int n) {
        for (int r = 0; r < n; r++) {
            kept[at + r] *= kept[by + r];
        }
    }

    /** Four sums side by side, since each addition waits for the one before. */
    private static double dot(double[] kept, int a, int b, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int r = 0;
        for (; r + 3 < n; r += 4) {
            s0 += kept[a + r] * kept[b + r];
            s1 += kept[a + r + 1] * kept[b + r + 1];
            s2 += kept[a + r + 2] * kept[b + r + 2];
            s3 += kept[a + r + 3] * kept[b + r + 3];
        }
        for (; r < n; r++) {
            s0 += kept[a + r] * kept[b + r];
        }
        return s0 + s1 + (s2 + s3);
    }

    private static double sum(double[] kept, int at, int n) {
        double sum = 0;
        for (int r = 0; r < n; r++) {
            sum += kept[at + r];
        }
        return sum;
    }
}
