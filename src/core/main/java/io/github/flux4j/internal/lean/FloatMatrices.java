package io.github.flux4j.internal.lean;

/** Small matrices by plain loops: their product, their transpose. */
final class FloatMatrices {

    private FloatMatrices() {}

    /**
     * {@code C ← C + A·B}: A {@code [m, k]}, B {@code [k, n]}, C {@code [m, n]}, row by row without gaps; C begins {@code c0} elements behind its
     * array's start. The innermost loop runs over the longest side, since a loop of one or two turns costs more than it does.
     *
     * @param transposedA whether Aᵀ is what lies there; so {@code transposedB}
     */
    static void multiply(
            boolean transposedA, boolean transposedB, int m, int n, int k, float[] a, float[] b, float[] c, int c0) {
        int aRow = transposedA ? 1 : k;
        int aColumn = transposedA ? m : 1;
        int bRow = transposedB ? 1 : n;
        int bColumn = transposedB ? k : 1;
        if (k >= m && k >= n) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    c[c0 + i * n + j] += dot(k, a, i * aRow, aColumn, b, j * bColumn, bRow);
                }
            }
        } else if (m >= n) {
            for (int j = 0; j < n; j++) {
                for (int l = 0; l < k; l++) {
                    add(m, b[l * bRow + j * bColumn], a, l * aColumn, aRow, c, c0 + j, n);
                }
            }
        } else {
            for (int i = 0; i < m; i++) {
                for (int l = 0; l < k; l++) {
                    add(n, a[i * aRow + l * aColumn], b, l * bRow, bColumn, c, c0 + i * n, 1);
                }
            }
        }
    }

    private static float dot(int n, float[] x, int x0, int xStep, float[] y, int y0, int yStep) {
        float sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[x0 + i * xStep] * y[y0 + i * yStep];
        }
        return sum;
    }

    /** {@code y ← y + s·x}. */
    private static void add(int n, float s, float[] x, int x0, int xStep, float[] y, int y0, int yStep) {
        for (int i = 0; i < n; i++) {
            y[y0 + i * yStep] += s * x[x0 + i * xStep];
        }
    }

    /**
     * {@code B ← Aᵀ}: A {@code [m, n]} without gaps; a row of B begins {@code bRow} elements behind the one before. Four rows of A at once,
     * since their elements come to lie side by side.
     */
    static void transpose(int m, int n, float[] a, int a0, float[] b, int b0, int bRow) {
        int i = 0;
        for (; i + 3 < m; i += 4) {
            int first = a0 + i * n;
            int second = first + n;
            int third = second + n;
            int fourth = third + n;
            for (int j = 0, at = b0 + i; j < n; j++, at += bRow) {
                b[at] = a[first + j];
                b[at + 1] = a[second + j];
                b[at + 2] = a[third + j];
                b[at + 3] = a[fourth + j];
            }
        }
        for (; i < m; i++) {
            for (int j = 0; j < n; j++) {
                b[b0 + j * bRow + i] = a[a0 + i * n + j];
            }
        }
    }

    /** Columns of A to columns of B, both row after row: from column {@code a0} and {@code b0} on, of rows of {@code aRow} and {@code bRow}. */
    static void copyColumns(int m, int n, float[] a, int a0, int aRow, float[] b, int b0, int bRow) {
        if (n == aRow && n == bRow) {
            System.arraycopy(a, 0, b, 0, m * n);
            return;
        }
        for (int i = 0; i < m; i++) {
            System.arraycopy(a, a0 + i * aRow, b, b0 + i * bRow, n);
        }
    }

    /** A {@code [m, n]} added to columns of B, from column {@code b0} on, of rows of {@code bRow}. */
    static void addColumns(int m, int n, float[] a, float[] b, int b0, int bRow) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                b[b0 + i * bRow + j] += a[i * n + j];
            }
        }
    }
}
