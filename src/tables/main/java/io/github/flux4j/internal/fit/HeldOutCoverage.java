package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.model.ScaledResiduals;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How many held-out rows intervals cover: those of each share by the difficulty and the residuals of the rows of the other shares alone.
 */
public final class HeldOutCoverage {

    private static final int THIRDS = 3;

    /** Ten rows a third: of fewer, the share that is covered says nothing. */
    private static final int LEAST = 30;

    private final Residuals rows;
    private final int[] share;
    private final Map<Integer, ScaledResiduals> ofOthers = new HashMap<>();

    public HeldOutCoverage(Residuals rows) {
        this.rows = rows;
        this.share = rows.share();
        for (int k : Arrays.stream(share).distinct().toArray()) {
            int[] others =
                    IntStream.range(0, share.length).filter(i -> share[i] != k).toArray();
            ofOthers.put(k, rows.of(others));
        }
    }

    /** The share of all rows in their interval of this level. */
    public double of(double level) {
        return of(level, IntStream.range(0, share.length).toArray());
    }

    private double of(double level, int... among) {
        long covered = IntStream.of(among)
                .filter(i -> Math.abs(rows.signed()[i])
                        <= ofOthers.get(share[i]).half(level, rows.predicted()[i], rows.deviation()[i]))
                .count();
        return covered / (double) among.length;
    }

    /** The same of the third with the lowest predictions, the middle one, and that with the highest; empty of fewer than 30 rows. */
    public List<Double> byThirds(double level) {
        int count = share.length;
        if (count < LEAST) {
            return List.of();
        }
        int[] order = rows.byPrediction();
        return IntStream.range(0, THIRDS)
                .mapToObj(k -> of(level, Arrays.copyOfRange(order, third(k, count), third(k + 1, count))))
                .toList();
    }

    private static int third(int k, int rows) {
        return (int) ((long) k * rows / THIRDS);
    }
}
