package io.github.flux4j.internal.model;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.NumberFeature;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Recognises training rows by a few of their hashes, the least ones of 48 bits (a bottom-k sketch: Cohen and Kaplan 2007). A row whose hash is not above the
 * largest stored one was in training only if its hash is stored.
 */
public final class TrainingRows {

    private static final int MOST = 128;
    private static final double WORTH_SAYING = 0.1;
    private static final int DIGITS = 12;
    private static final int UNUSED = 64 - 4 * DIGITS;

    private TrainingRows() {}

    /** Hashes a prepared row, without cosines, and its targets. */
    public static long hash(Features features, double[] row, double... targets) {
        long hash = features.width();
        int at = 0;
        for (Feature feature : features.list()) {
            int plain = feature instanceof NumberFeature ? 1 : feature.width();
            for (int i = at; i < at + plain; i++) {
                hash = mixed(hash, Float.floatToIntBits((float) row[i] + 0f)); // −0 is 0
            }
            at += feature.width();
        }
        for (double target : targets) {
            hash = mixed(hash, Double.doubleToLongBits(target + 0.0));
        }
        return hash >>> UNUSED;
    }

    /** SplitMix64's (Steele, Lea and Flood 2014). */
    private static long mixed(long hash, long value) {
        long z = (hash ^ value) + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** What a file stores of rows with these hashes. */
    public static String kept(long... hashes) {
        return LongStream.of(hashes)
                .sorted()
                .distinct()
                .limit(MOST)
                .mapToObj(hash -> HexFormat.of().toHexDigits(hash, DIGITS))
                .collect(Collectors.joining());
    }

    /** What to say if a good part of the rows was in training. */
    public static Optional<String> words(double share) {
        String rows = share == 1 ? "these are" : "about " + Math.round(100 * share) + " % of these rows are";
        return share >= WORTH_SAYING
                ? Optional.of(rows + " rows that the model was trained on, so its error on new rows is larger:"
                        + " use the error on held-out rows")
                : Optional.empty();
    }

    /** The approximate share of the rows with these hashes that were in training; NaN if unknown. */
    public static double share(String kept, long... hashes) {
        List<String> all = Arrays.asList(kept.split("(?<=\\G.{" + DIGITS + "})"));
        Set<String> known = new HashSet<>(all);
        String last = all.size() < MOST ? "g" : all.get(all.size() - 1);
        List<String> judged = LongStream.of(hashes)
                .mapToObj(hash -> HexFormat.of().toHexDigits(hash, DIGITS))
                .filter(hash -> hash.compareTo(last) <= 0)
                .toList();
        return kept.isEmpty() || judged.isEmpty()
                ? Double.NaN
                : judged.stream().filter(known::contains).count() / (double) judged.size();
    }
}
