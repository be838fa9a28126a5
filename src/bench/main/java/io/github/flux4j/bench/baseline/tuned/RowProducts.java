package io.github.flux4j.bench.baseline.tuned;

/**
 * The products that nearly all of a step's time goes into, in loops that the JIT makes vector instructions of. C2 of Java 17 does only where every array is indexed by the loop variable itself, so a
 * row must start at index 0; and of sums of products only where they are written as {@code fma}.
 */
final class RowProducts {

    /** So many rows of the result stay in the first cache while a few rows of the right factor pass. */
    private static final int BLOCK = 16;

    private RowProducts() {}

    /** C ← C + A·B, where C has {@code rows} rows and A {@code inner} columns. */
    static void addProduct(float[][] c, int rows, float[][] a, float[][] b, int inner) {
        for (int from = 0; from < rows; from += BLOCK) {
            int to = Math.min(from + BLOCK, rows);
            int q = 0;
            for (; q + 4 <= inner; q += 4) {
                int r = from;
                for (; r + 2 <= to; r += 2) {
                    float[] x = a[r];
                    float[] y = a[r + 1];
                    add2x4(
                            c[r], c[r + 1], b, q, x[q], x[q + 1], x[q + 2], x[q + 3], y[q], y[q + 1], y[q + 2],
                            y[q + 3]);
                }
                if (r < to) {
                    float[] x = a[r];
                    add1x4(c[r], b, q, x[q], x[q + 1], x[q + 2], x[q + 3]);
                }
            }
            for (; q < inner; q++) {
                for (int r = from; r < to; r++) {
                    RowMatrix.add(b[q], a[r][q], c[r]);
                }
            }
        }
    }

    /** C ← C + Aᵀ·B, where C has {@code rows} rows and A {@code inner} rows. */
    static void addTransposedProduct(float[][] c, int rows, float[][] a, float[][] b, int inner) {
        for (int from = 0; from < rows; from += BLOCK) {
            int to = Math.min(from + BLOCK, rows);
            int q = 0;
            for (; q + 4 <= inner; q += 4) {
                float[] a0 = a[q];
                float[] a1 = a[q + 1];
                float[] a2 = a[q + 2];
                float[] a3 = a[q + 3];
                int r = from;
                for (; r + 2 <= to; r += 2) {
                    int s = r + 1;
                    add2x4(c[r], c[s], b, q, a0[r], a1[r], a2[r], a3[r], a0[s], a1[s], a2[s], a3[s]);
                }
                if (r < to) {
                    add1x4(c[r], b, q, a0[r], a1[r], a2[r], a3[r]);
                }
            }
            for (; q < inner; q++) {
                for (int r = from; r < to; r++) {
                    RowMatrix.add(b[q], a[q][r], c[r]);
                }
            }
        }
    }

    /** Two rows of C, four of B: eight multiplications and additions for eight loads and stores. */
    private static void add2x4(
            float[] c,
            float[] d,
            float[][] b,
            int q,
            float x0,
            float x1,
            float x2,
            float x3,
            float y0,
            float y1,
            float y2,
            float y3) {
        float[] b0 = b[q];
        float[] b1 = b[q + 1];
        float[] b2 = b[q + 2];
        float[] b3 = b[q + 3];
        for (int j = 0; j < c.length; j++) {
            c[j] = Math.fma(x0, b0[j], Math.fma(x1, b1[j], Math.fma(x2, b2[j], Math.fma(x3, b3[j], c[j]))));
            d[j] = Math.fma(y0, b0[j], Math.fma(y1, b1[j], Math.fma(y2, b2[j], Math.fma(y3, b3[j], d[j]))));
        }
    }

    private static void add1x4(float[] c, float[][] b, int q, float x0, float x1, float x2, float x3) {
        float[] b0 = b[q];
        float[] b1 = b[q + 1];
        float[] b2 = b[q + 2];
        float[] b3 = b[q + 3];
        for (int j = 0; j < c.length; j++) {
            c[j] = Math.fma(x0, b0[j], Math.fma(x1, b1[j], Math.fma(x2, b2[j], Math.fma(x3, b3[j], c[j]))));
        }
    }

    /** Σ x·y, in four sums, since one would wait for each addition to end. */
    static float dot(float[] x, float[] y) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int k = 0;
        for (; k + 4 <= x.length; k += 4) {
            s0 = Math.fma(x[k], y[k], s0);
            s1 = Math.fma(x[k + 1], y[k + 1], s1);
            s2 = Math.fma(x[k + 2], y[k + 2], s2);
            s3 = Math.fma(x[k + 3], y[k + 3], s3);
        }
        for (; k < x.length; k++) {
            s0 = Math.fma(x[k], y[k], s0);
        }
        return s0 + s1 + (s2 + s3);
    }
}
