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
 * The examples again, in random order, and with as many of each label; MLUtils' {@code shuffleobs}, {@code oversample} and
 * {@code undersample}. The rows are copies; chance is {@link Randomness}' unless a seed is given.
 *
 * <p>For any thread.
 */
public final class Resampling {

    private Resampling() {}

    /** The examples in random order. */
    public static Batch shuffleobs(Batch data) {
        return shuffleobs(data, Randomness.next());
    }

    /** The examples in random order, which is the seed's. */
    public static Batch shuffleobs(Batch data, long seed) {
        return shuffleobs(data, new SplitMix(seed));
    }

    private static Batch shuffleobs(Batch data, RandomGenerator random) {
        Objects.requireNonNull(data, "data is null");
        return data.gather(Shuffle.permutation(data.size(), random));
    }

    /** {@link #oversample(Batch, List)} by the targets: class numbers or one-hot rows. */
    public static Batch oversample(Batch data) {
        return oversample(data, Strata.targets(data));
    }

    /** {@link #oversample(Batch, List, double)} up to as many as the most frequent label has. */
    public static Batch oversample(Batch data, List<?> labels) {
        return oversample(data, labels, 1);
    }

    /**
     * All examples, and some of the rarer labels repeated, so that each label has at least {@code fraction} times as many as the most
     * frequent one; in random order. Each is repeated as often as any other of its label, or once more.
     *
     * @param labels one for each example, in the order of the rows; compared with {@link Object#equals}
     * @throws IllegalArgumentException if there are not as many labels as examples, one is null, or fraction is not finite and above 0 or
     *     asks for more examples than a batch can have
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

    /** {@link #undersample(Batch, List)} by the targets: class numbers or one-hot rows. */
    public static Batch undersample(Batch data) {
        return undersample(data, Strata.targets(data));
    }

    /**
     * As many examples of each label, drawn without repetition, as the rarest has; in random order.
     *
     * @param labels one for each example, in the order of the rows; compared with {@link Object#equals}
     * @throws IllegalArgumentException if there are not as many labels as examples, or one is null
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

    /** All members as often as they fit, and the remainder drawn. */
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
