package io.github.flux4j.internal.charts;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Which points are drawn where there are more than anyone could tell apart, so that a page stays small. */
public final class Thinning {

    private static final int STRETCHES = 400;
    private static final int FINEST = 256;

    private Thinning() {}

    /** Of a line's points: of each stretch the first, the least, the greatest and the last. */
    public static int[] ofLine(double... y) {
        if (y.length <= 4 * STRETCHES) {
            return IntStream.range(0, y.length).toArray();
        }
        return IntStream.range(0, STRETCHES)
                .flatMap(k -> stretch(
                        y, (int) ((long) k * y.length / STRETCHES), (int) ((long) (k + 1) * y.length / STRETCHES)))
                .toArray();
    }

    private static IntStream stretch(double[] y, int from, int to) {
        int least = from;
        int most = from;
        for (int i = from; i < to; i++) {
            least = y[i] < y[least] || Double.isNaN(y[least]) ? i : least;
            most = y[i] > y[most] || Double.isNaN(y[most]) ? i : most;
        }
        return IntStream.of(from, least, most, to - 1).sorted().distinct();
    }

    /** Of points given by their places from 0 to 1, at most so many, no two of them in one square of a grid; those with a NaN are left out. */
    public static int[] ofDots(int most, double[] x, double[] y) {
        int[] shown =
                IntStream.range(0, x.length).filter(i -> x[i] >= 0 && y[i] >= 0).toArray();
        for (int cells = FINEST; shown.length > most; cells = cells * 4 / 5) {
            shown = oneInASquare(shown, cells, x, y);
        }
        return shown;
    }

    private static int[] oneInASquare(int[] points, int cells, double[] x, double[] y) {
        BitSet taken = new BitSet();
        return Arrays.stream(points)
                .filter(i -> {
                    int square = (int) (x[i] * cells) * (cells + 1) + (int) (y[i] * cells);
                    boolean free = !taken.get(square);
                    taken.set(square);
                    return free;
                })
                .toArray();
    }
}
