package io.github.flux4j.data;

import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Shuffle;
import io.github.flux4j.internal.arrays.SplitMix;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Iterates over small batches of examples, like MLUtils' {@code DataLoader}: by default one example each, in order, including a last partial batch.
 *
 * <pre>{@code
 * DataLoader loader = dataLoader(x, y).batchSize(32).shuffle();
 * for (Batch batch : loader) …
 * }</pre>
 *
 * <p>Each iteration is one epoch, and a shuffling loader draws a new order for it. Several threads may iterate at once: each epoch takes the next order of the
 * seed, whichever thread asks. {@code train} and {@code trainer} iterate by {@link #reusing}.
 */
public final class DataLoader implements Iterable<Batch> {

    private final Batch all;
    private final int batchSize;
    private final boolean partial;
    private final SplitMix shuffler;

    /** Memory for a batch that no iteration uses at the moment. */
    private final AtomicReference<Staging> spare = new AtomicReference<>();

    private DataLoader(Batch all, int batchSize, boolean partial, SplitMix shuffler) {
        this.all = all;
        this.batchSize = batchSize;
        this.partial = partial;
        this.shuffler = shuffler;
    }

    /**
     * Makes a loader of the arrays' rows. It copies arrays that aren't contiguous row by row, since ND4J loses rows of some views.
     *
     * @throws IllegalArgumentException as {@link Batch#of}
     */
    public static DataLoader of(INDArray... arrays) {
        return of(Batch.of(arrays));
    }

    /** Makes a loader of the examples of one large batch, such as a part of a {@link Split}. */
    public static DataLoader of(Batch examples) {
        Objects.requireNonNull(examples, "examples is null").requireOpen("the examples");
        Batch all = new Batch(examples.arrays().stream().map(Tensors::rowMajor).toList());
        return new DataLoader(all, 1, true, null);
    }

    /**
     * Sets the number of examples per batch, 1 by default; the last batch has the rest. Fewer examples in all form one batch even without {@link #partial}.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public DataLoader batchSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("batchSize must be at least 1, but was " + size);
        }
        return new DataLoader(all, size, partial, shuffler);
    }

    /** Puts all examples into one batch. */
    public DataLoader oneBatch() {
        return batchSize(all.size());
    }

    /** Shuffles anew for each epoch, with a generator from {@link Randomness}. */
    public DataLoader shuffle() {
        return new DataLoader(all, batchSize, partial, Randomness.next());
    }

    /** Shuffles anew for each epoch; the same seed gives the same sequence of orders. */
    public DataLoader shuffle(long seed) {
        return new DataLoader(all, batchSize, partial, new SplitMix(seed));
    }

    /** Sets whether an epoch includes a last batch of fewer than {@code batchSize} examples; true by default. */
    public DataLoader partial(boolean keep) {
        return new DataLoader(all, batchSize, keep, shuffler);
    }

    /** Returns the number of batches per epoch. */
    public int size() {
        int size = Math.min(batchSize, all.size());
        return partial ? (all.size() + size - 1) / size : all.size() / size;
    }

    /**
     * Iterates over one epoch. Its batches have memory of their own, so you may keep them.
     *
     * @throws IllegalStateException if an array was closed
     */
    @Override
    public Iterator<Batch> iterator() {
        Batch rows = shuffler == null ? all : all.gather(order());
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("this epoch has only " + size() + " batches");
                }
                rows.requireOpen("the examples");
                int from = next++ * batchSize;
                int to = Math.min(from + batchSize, all.size());
                return from == 0 && to == all.size()
                        ? new Batch(rows.arrays())
                        : new Batch(rows.arrays().stream()
                                .map(array -> RowCopies.part(array, from, to))
                                .toList());
            }
        };
    }

    /**
     * Iterates over the same epochs for loops that keep no batch beyond its step, such as training: a shuffling loader copies each batch into the same memory,
     * over the last one. Concurrent iterations each have memory of their own.
     */
    public Iterable<Batch> reusing() {
        return shuffler == null ? this : this::staged;
    }

    private Iterator<Batch> staged() {
        all.requireOpen("the examples");
        int[] order = order();
        Staging room = spare.getAndSet(null);
        return (room == null ? new Staging(all, Math.min(batchSize, all.size())) : room)
                .epoch(order, size(), spare::set);
    }

    private int[] order() {
        synchronized (shuffler) { // which loaders of other batch sizes share
            return Shuffle.permutation(all.size(), shuffler);
        }
    }

    /** Returns the state of the shuffling generator as text for {@link #resumeShuffling}, or null if the loader doesn't shuffle. */
    public @Nullable String shuffling() {
        if (shuffler == null) {
            return null;
        }
        synchronized (shuffler) {
            return shuffler.state().toString();
        }
    }

    /**
     * Continues the sequence of orders from a state that {@link #shuffling} returned.
     *
     * @throws IllegalArgumentException if the loader doesn't shuffle, or the text isn't such a state
     */
    public void resumeShuffling(String state) {
        if (shuffler == null) {
            throw new IllegalArgumentException(
                    "the data was shuffled when its order was kept, but this loader doesn't shuffle; call shuffle()");
        }
        SplitMix.State parsed = SplitMix.State.parse(Objects.requireNonNull(state, "state is null"));
        synchronized (shuffler) {
            shuffler.become(parsed);
        }
    }

    @Override
    public String toString() {
        return "DataLoader(" + all + ", batchSize=" + batchSize + (shuffler == null ? "" : ", shuffled")
                + (partial ? "" : ", partial=false") + "): " + size() + " batches";
    }
}
