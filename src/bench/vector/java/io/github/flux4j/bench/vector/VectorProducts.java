package io.github.flux4j.bench.vector;

import io.github.flux4j.bench.baseline.tuned.Products;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with the Vector API: tiles of four rows and two vectors of the result stay in registers while rows of the right factor pass. Not safe for
 * threads.
 */
public final class VectorProducts implements Products {

    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = LANES.length();

    /** Rows of a tile. */
    private static final int ROWS = 4;

    /** So many rows of the right factor stay in the second cache while all rows of the result pass. */
    private static final int BLOCK = 64;

    /** Columns of the left factor as rows. */
    private final float[][] turned = new float[ROWS][BLOCK];

    /** Takes the rows that a tile at the end has too many. */
    private float[] spare = {};

    @Override
    public String about() {
        return "vectors of " + LANES.vectorBitSize() + " bits, Java " + Runtime.version();
    }

    @Override
    public float dot(float[] x, float[] y) {
        FloatVector even = FloatVector.zero(LANES);
        FloatVector odd = FloatVector.zero(LANES);
        int k = 0;
        for (; k + 2 * WIDTH <= x.length; k += 2 * WIDTH) {
            even = FloatVector.fromArray(LANES, x, k).fma(FloatVector.fromArray(LANES, y, k), even);
            odd = FloatVector.fromArray(LANES, x, k + WIDTH).fma(FloatVector.fromArray(LANES, y, k + WIDTH), odd);
        }
        for (; k < x.length; k += WIDTH) {
            VectorMask<Float> in = LANES.indexInRange(k, x.length);
            even = FloatVector.fromArray(LANES, x, k, in).fma(FloatVector.fromArray(LANES, y, k, in), even);
        }
        return even.add(odd).reduceLanes(VectorOperators.ADD);
    }

    @Override
    public void addProduct(float[][] c, int rows, float[][] a, float[][] b, int inner) {
        for (int from = 0; from < inner; from += BLOCK) {
            int count = Math.min(BLOCK, inner - from);
            for (int r = 0; r < rows; r += ROWS) {
                addTiles(
                        c,
                        r,
                        rows,
                        a[r],
                        of(a, r + 1, rows),
                        of(a, r + 2, rows),
                        of(a, r + 3, rows),
                        from,
                        b,
                        from,
                        count);
            }
        }
    }

    private static float[] of(float[][] a, int row, int rows) {
        return a[Math.min(row, rows - 1)];
    }

    @Override
    public void addTransposedProduct(float[][] c, int rows, float[][] a, float[][] b, int inner) {
        for (int from = 0; from < inner; from += BLOCK) {
            int count = Math.min(BLOCK, inner - from);
            for (int r = 0; r < rows; r += ROWS) {
                turn(a, from, count, r, Math.min(ROWS, rows - r));
                addTiles(c, r, rows, turned[0], turned[1], turned[2], turned[3], 0, b, from, count);
            }
        }
    }

    private void turn(float[][] a, int from, int count, int column, int columns) {
        for (int k = 0; k < count; k++) {
            float[] row = a[from + k];
            for (int i = 0; i < columns; i++) {
                turned[i][k] = row[column + i];
            }
        }
    }

    /** Four rows of C, from the r-th on, plus x·B for some rows of B, where x are the left factor's rows from their element {@code at} on. */
    private void addTiles(
            float[][] c,
            int r,
            int rows,
            float[] x0,
            float[] x1,
            float[] x2,
            float[] x3,
            int at,
            float[][] b,
            int from,
            int count) {
        int columns = c[r].length;
        float[] c0 = c[r];
        float[] c1 = orSpare(c, r + 1, rows, columns);
        float[] c2 = orSpare(c, r + 2, rows, columns);
        float[] c3 = orSpare(c, r + 3, rows, columns);
        int j = 0;
        for (; j + 2 * WIDTH <= columns; j += 2 * WIDTH) {
            addTile(c0, c1, c2, c3, j, x0, x1, x2, x3, at, b, from, count);
        }
        for (; j < columns; j += WIDTH) {
            addTile(c0, c1, c2, c3, j, LANES.indexInRange(j, columns), x0, x1, x2, x3, at, b, from, count);
        }
    }

    private float[] orSpare(float[][] c, int row, int rows, int columns) {
        if (row < rows) {
            return c[row];
        }
        if (spare.length < columns) {
            spare = Arrays.copyOf(spare, columns);
        }
        return spare;
    }

    /** Two vectors wide. */
    private static void addTile(
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            int j,
            float[] x0,
            float[] x1,
            float[] x2,
            float[] x3,
            int at,
            float[][] b,
            int from,
            int count) {
        int k = j + WIDTH;
        FloatVector s0 = FloatVector.fromArray(LANES, c0, j);
        FloatVector t0 = FloatVector.fromArray(LANES, c0, k);
        FloatVector s1 = FloatVector.fromArray(LANES, c1, j);
        FloatVector t1 = FloatVector.fromArray(LANES, c1, k);
        FloatVector s2 = FloatVector.fromArray(LANES, c2, j);
        FloatVector t2 = FloatVector.fromArray(LANES, c2, k);
        FloatVector s3 = FloatVector.fromArray(LANES, c3, j);
        FloatVector t3 = FloatVector.fromArray(LANES, c3, k);
        for (int q = 0; q < count; q++) {
            FloatVector s = FloatVector.fromArray(LANES, b[from + q], j);
            FloatVector t = FloatVector.fromArray(LANES, b[from + q], k);
            FloatVector x = FloatVector.broadcast(LANES, x0[at + q]);
            s0 = x.fma(s, s0);
            t0 = x.fma(t, t0);
            x = FloatVector.broadcast(LANES, x1[at + q]);
            s1 = x.fma(s, s1);
            t1 = x.fma(t, t1);
            x = FloatVector.broadcast(LANES, x2[at + q]);
            s2 = x.fma(s, s2);
            t2 = x.fma(t, t2);
            x = FloatVector.broadcast(LANES, x3[at + q]);
            s3 = x.fma(s, s3);
            t3 = x.fma(t, t3);
        }
        s0.intoArray(c0, j);
        t0.intoArray(c0, k);
        s1.intoArray(c1, j);
        t1.intoArray(c1, k);
        s2.intoArray(c2, j);
        t2.intoArray(c2, k);
        s3.intoArray(c3, j);
        t3.intoArray(c3, k);
    }

    /** One vector wide, or less. */
    private static void addTile(
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            int j,
            VectorMask<Float> in,
            float[] x0,
            float[] x1,
            float[] x2,
            float[] x3,
            int at,
            float[][] b,
            int from,
            int count) {
        FloatVector s0 = FloatVector.fromArray(LANES, c0, j, in);
        FloatVector s1 = FloatVector.fromArray(LANES, c1, j, in);
        FloatVector s2 = FloatVector.fromArray(LANES, c2, j, in);
        FloatVector s3 = FloatVector.fromArray(LANES, c3, j, in);
        for (int q = 0; q < count; q++) {
            FloatVector s = FloatVector.fromArray(LANES, b[from + q], j, in);
            s0 = FloatVector.broadcast(LANES, x0[at + q]).fma(s, s0);
            s1 = FloatVector.broadcast(LANES, x1[at + q]).fma(s, s1);
            s2 = FloatVector.broadcast(LANES, x2[at + q]).fma(s, s2);
            s3 = FloatVector.broadcast(LANES, x3[at + q]).fma(s, s3);
        }
        s0.intoArray(c0, j, in);
        s1.intoArray(c1, j, in);
        s2.intoArray(c2, j, in);
        s3.intoArray(c3, j, in);
    }
}
