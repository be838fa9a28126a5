package io.github.flux4j.data;

import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Shuffle;
import io.github.flux4j.internal.arrays.SplitMix;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Splits examples into batches that copy their rows, like MLUtils' {@code splitobs}, {@code kfolds} and {@code leavepout}. By default in order.
 *
 * <pre>{@code
 * List<Batch> parts = splitobs(x, y).shuffle().at(0.7, 0.1);               // 70 %, 10 % and the rest
 * for (Fold fold : splitobs(x, y).stratified().shuffle().kfolds(5)) …
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Split {

    private final Batch data;
    private final int[] order;
    private final List<?> labels;

    private Split(Batch data, int[] order, List<?> labels) {
        this.data = data;
        this.order = order;
        this.labels = labels;
    }

    /** Prepares to split these examples. */
    public static Split of(Batch data) {
        Objects.requireNonNull(data, "data is null");
        return new Split(data, IntStream.range(0, data.size()).toArray(), Collections.nCopies(data.size(), "any"));
    }

    /** Shuffles the examples first, with a generator from {@link Randomness}. */
    public Split shuffle() {
        return shuffle(Randomness.next());
    }

    /** Shuffles the examples first; the same seed gives the same order. */
    public Split shuffle(long seed) {
        return shuffle(new SplitMix(seed));
    }

    private Split shuffle(RandomGenerator random) {
        return new Split(data, Shuffle.permutation(data.size(), random), labels);
    }

    /**
     * Gives every part its share of each label.
     *
     * @param labels one per example, in the order of the rows; compared with {@link Object#equals}
     * @throws IllegalArgumentException if the number of labels isn't that of the examples, or a label is null
     */
    public Split stratified(List<?> labels) {
        Strata.requireOneLabelEach(labels, data);
        return new Split(data, order, List.copyOf(labels));
    }

    /** Does the same as {@link #stratified(List)} with the targets as labels: class numbers or one-hot rows. */
    public Split stratified() {
        return stratified(Strata.targets(data));
    }

    /**
     * Splits by shares, with a last part for the rest: {@code at(0.7)} gives two parts. Rounds to whole examples, a half to even. For numbers of examples call
     * {@link #atCounts}.
     *
     * @throws IllegalArgumentException unless each share is above 0, their sum is below 1 and every part gets an example
     */
    public List<Batch> at(double... shares) {
        if (!(shares.length > 0
                && Arrays.stream(shares).allMatch(share -> share > 0)
                && Arrays.stream(shares).sum() < 1)) {
            throw new IllegalArgumentException(
                    "shares must be above 0 and leave some for the last part, as at(0.7) does for"
                            + " 70 % and 30 %, but were " + Arrays.toString(shares)
                            + (Arrays.stream(shares).anyMatch(share -> share >= 1)
                                    ? "; numbers of examples are for atCounts(…)"
                                    : ""));
        }
        int[] part = assign(count -> sizes(shares, count));
        return IntStream.rangeClosed(0, shares.length)
                .mapToObj(i -> requireSome(members(part, i), i))
                .map(data::gather)
                .toList();
    }

    /**
     * Splits by numbers of examples, with a last part for the rest: {@code atCounts(70)} gives two parts. A stratified split shares each number among the
     * labels in proportion and rounds.
     *
     * @throws IllegalArgumentException unless each count is above 0, their sum is below the number of examples and every part gets an example
     */
    public List<Batch> atCounts(int... counts) {
        if (counts.length == 0
                || Arrays.stream(counts).anyMatch(count -> count < 1)
                || Arrays.stream(counts).asLongStream().sum() >= data.size()) {
            throw new IllegalArgumentException("counts must be above 0 and leave some of the " + data.size()
                    + " examples for the last part, but were " + Arrays.toString(counts));
        }
        return at(Arrays.stream(counts)
                .mapToDouble(count -> count / (double) data.size())
                .toArray());
    }

    /**
     * Makes k folds for cross-validation. Each example is in exactly one fold's validation part; if k doesn't divide the number, the first parts have one more.
     *
     * @throws IllegalArgumentException if k is below 2 or above the number of examples, or, for a stratified split, of the rarest label
     */
    public List<Fold> kfolds(int k) {
        int least = strata().stream().mapToInt(List::size).min().orElseThrow();
        if (k < 2 || k > least) {
            throw new IllegalArgumentException("kfolds(k) needs a k from 2 to " + least + ", the number of examples"
                    + (least < data.size() ? " of the rarest label" : "") + ", but k was " + k);
        }
        int[] fold = assign(count -> sizes(k, count));
        return IntStream.range(0, k)
                .mapToObj(i -> new Fold(data.gather(others(fold, i)), data.gather(members(fold, i))))
                .toList();
    }

    /**
     * Makes folds with p or a few more validation examples each, as many folds as p fits into the number of examples; 1 is leave-one-out.
     *
     * @throws IllegalArgumentException if p is below 1 or above half the number of examples
     */
    public List<Fold> leavepout(int p) {
        if (p < 1 || p > data.size() / 2) {
            throw new IllegalArgumentException("leavepout(p) needs a p from 1 to " + data.size() / 2
                    + ", half the number of examples, but p was " + p);
        }
        return kfolds(data.size() / p);
    }

    private Collection<List<Integer>> strata() {
        return Strata.of(Arrays.stream(order).mapToObj(labels::get).toList()).values();
    }

    /** Returns the part of each place in the order. Parts take turns to receive a stratum's places, each as many as its size. */
    private int[] assign(IntFunction<int[]> sizes) {
        int[] part = new int[order.length];
        for (List<Integer> stratum : strata()) {
            Iterator<Integer> places = stratum.iterator();
            int[] size = sizes.apply(stratum.size());
            for (int i = 0; i < size.length; i++) {
                for (int taken = 0; taken < size[i]; taken++) {
                    part[places.next()] = i;
                }
            }
        }
        return part;
    }

    private static int[] sizes(double[] shares, int count) {
        int[] sizes = new int[shares.length + 1];
        int left = count;
        for (int i = 0; i < shares.length; i++) {
            sizes[i] = Math.min(left, (int) Math.rint(shares[i] * count));
            left -= sizes[i];
        }
        sizes[shares.length] = left;
        return sizes;
    }

    private static int[] sizes(int k, int count) {
        return IntStream.range(0, k)
                .map(i -> count / k + (i < count % k ? 1 : 0))
                .toArray();
    }

    private int[] members(int[] part, int i) {
        return places(place -> part[place] == i);
    }

    private int[] others(int[] part, int i) {
        return places(place -> part[place] != i);
    }

    private int[] places(IntPredicate chosen) {
        return IntStream.range(0, order.length)
                .filter(chosen)
                .map(place -> order[place])
                .toArray();
    }

    private int[] requireSome(int[] rows, int part) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("part " + (part + 1) + " would get none of the " + data.size()
                    + " examples; give it a larger share, or do without it");
        }
        return rows;
    }

    /** One division of the examples for cross-validation. */
    public record Fold(Batch train, Batch validation) {}
}
