package io.github.flux4j.internal.charts;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Which points are drawn where there are more than anyone could tell apart, so that a page stays small. */
public final class Thinning {

    private static final int STRETCHES = 400;
    private static final long SEED = 1;

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

    /**
     * Of points given by their places from 0 to 1, at most so many, each as likely as any other, so that a crowd looks as dense as it is; the same each time.
     * Those with a NaN are dropped.
     */
    public static int[] ofDots(int most, double[] x, double[] y) {
        int[] all =
                IntStream.range(0, x.length).filter(i -> x[i] >= 0 && y[i] >= 0).toArray();
        SplittableRandom random = new SplittableRandom(SEED);
        int[] shown = new int[Math.min(most, all.length)];
        int taken = 0;
        for (int i = 0; taken < shown.length; i++) {
            if (random.nextInt(all.length - i) < shown.length - taken) { // Knuth's algorithm S
                shown[taken++] = all[i];
            }
        }
        return shown;
    }
}
