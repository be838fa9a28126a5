package io.github.flux4j.data;

import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Shuffle;
import io.github.flux4j.internal.arrays.SplitMix;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Shuffles and balances examples: MLUtils' {@code shuffleobs}, {@code oversample} and {@code undersample}. Rows are copied.
 *
 * <p>Without a seed, random numbers come from {@link Randomness}. Thread-safe.
 */
public final class Resampling {

    private Resampling() {}

    /** Copies the examples in random order. */
    public static Batch shuffleobs(Batch data) {
        return shuffleobs(data, Randomness.next());
    }

    /** Copies the examples in random order, the same for the same seed. */
    public static Batch shuffleobs(Batch data, long seed) {
        return shuffleobs(data, new SplitMix(seed));
    }

    private static Batch shuffleobs(Batch data, RandomGenerator random) {
        Objects.requireNonNull(data, "data is null");
        return data.gather(Shuffle.permutation(data.size(), random));
    }

    /** Does the same as {@link #oversample(Batch, List)} with the targets as labels: class numbers or one-hot rows. */
    public static Batch oversample(Batch data) {
        return oversample(data, Strata.targets(data));
    }

    /** Repeats examples of rarer labels until each label has as many as the most frequent. */
    public static Batch oversample(Batch data, List<?> labels) {
        return oversample(data, labels, 1);
    }

    /**
     * Repeats examples of rarer labels until each label has at least {@code fraction} times as many as the most frequent; the result is in random order. Within
     * a label, the numbers of repetitions differ by at most one.
     *
     * @param labels one per example, in the order of the rows; compared with {@link Object#equals}
     * @throws IllegalArgumentException if the number of labels isn't that of the examples, a label is null, or fraction is not finite and above 0 or asks for
     *     more examples than a batch can have
     */
    public static Batch oversample(Batch data, List<?> labels, double fraction) {
        if (!(fraction > 0 && fraction < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("fraction must be finite and above 0, but was " + fraction);
        }
        RandomGenerator random = Randomness.next();
        Collection<List<Integer>> strata = strata(data, labels);
        int most = strata.stream().mapToInt(List::size).max().orElseThrow();
        double wished = Math.rint(fraction * most);
        if (wished * strata.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("fraction " + fraction + " of " + most + " examples for each of "
                    + strata.size() + " labels are more than a batch can have; make it smaller");
        }
        int wanted = (int) wished;
        return resampled(data, strata.stream().flatMap(s -> repeated(s, Math.max(s.size(), wanted), random)), random);
    }

    /** Does the same as {@link #undersample(Batch, List)} with the targets as labels: class numbers or one-hot rows. */
    public static Batch undersample(Batch data) {
        return undersample(data, Strata.targets(data));
    }

    /**
     * Draws as many examples of each label as the rarest has, without repetition; the result is in random order.
     *
     * @param labels one per example, in the order of the rows; compared with {@link Object#equals}
     * @throws IllegalArgumentException if the number of labels isn't that of the examples, or a label is null
     */
    public static Batch undersample(Batch data, List<?> labels) {
        RandomGenerator random = Randomness.next();
        Collection<List<Integer>> strata = strata(data, labels);
        int least = strata.stream().mapToInt(List::size).min().orElseThrow();
        return resampled(data, strata.stream().flatMap(s -> drawn(s, least, random)), random);
    }

    private static Collection<List<Integer>> strata(Batch data, List<?> labels) {
        Strata.requireOneLabelEach(labels, data);
        return Strata.of(labels).values();
    }

    /** Repeats all members as often as they fit, and draws the remainder. */
    private static Stream<Integer> repeated(List<Integer> stratum, int count, RandomGenerator random) {
        Stream<Integer> whole =
                IntStream.range(0, count / stratum.size()).boxed().flatMap(i -> stratum.stream());
        return Stream.concat(whole, drawn(stratum, count % stratum.size(), random));
    }

    private static Stream<Integer> drawn(List<Integer> stratum, int count, RandomGenerator random) {
        return IntStream.of(Shuffle.permutation(stratum.size(), random))
                .limit(count)
                .mapToObj(stratum::get);
    }

    private static Batch resampled(Batch data, Stream<Integer> rows, RandomGenerator random) {
        int[] chosen = rows.mapToInt(Integer::intValue).toArray();
        int[] order = Shuffle.permutation(chosen.length, random);
        return data.gather(IntStream.of(order).map(i -> chosen[i]).toArray());
    }
}
