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
 * Batches of some arrays' rows, as MLUtils' {@code DataLoader}: batch size 1, in order, with the last partial batch, unless told
 * otherwise. Each iteration is one epoch; a shuffling loader shuffles anew for each.
 *
 * <pre>{@code
 * DataLoader loader = dataLoader(x, y).batchSize(32).shuffle();
 * for (Batch batch : loader) …
 * }</pre>
 *
 * <p>Any number of iterations may go on at once, in several threads too; each epoch of a shuffling loader has the next order of its seed, whoever
 * asks for it. {@code train} and {@code trainer} iterate by {@link #reusing}.
 */
public final class DataLoader implements Iterable<Batch> {

    private final Batch all;
    private final int batchSize;
    private final boolean partial;
    private final SplitMix shuffler;

    /** Room that no iteration is using. */
    private final AtomicReference<Staging> spare = new AtomicReference<>();

    private DataLoader(Batch all, int batchSize, boolean partial, SplitMix shuffler) {
        this.all = all;
        this.batchSize = batchSize;
        this.partial = partial;
        this.shuffler = shuffler;
    }

    /**
     * A loader of the arrays' rows. Arrays whose rows don't lie one after another in memory are copied: ND4J loses rows of some views.
     *
     * @throws IllegalArgumentException as {@link Batch#of}
     */
    public static DataLoader of(INDArray... arrays) {
        return of(Batch.of(arrays));
    }

    /** A loader of the examples of one large batch, such as a part of a {@link Split}. */
    public static DataLoader of(Batch examples) {
        Objects.requireNonNull(examples, "examples is null").requireOpen("the examples");
        Batch all = new Batch(examples.arrays().stream().map(Tensors::rowMajor).toList());
        return new DataLoader(all, 1, true, null);
    }

    /**
     * The same with this many examples a batch; the last has fewer if they don't divide. If there are fewer in all, they are one batch
     * even without {@link #partial}.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public DataLoader batchSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("batchSize must be at least 1, but was " + size);
        }
        return new DataLoader(all, size, partial, shuffler);
    }

    /** The same with all examples as one batch. */
    public DataLoader oneBatch() {
        return batchSize(all.size());
    }

    /** The same, shuffled anew for each epoch, with a generator from {@link Randomness}. */
    public DataLoader shuffle() {
        return new DataLoader(all, batchSize, partial, Randomness.next());
    }

    /** The same, shuffled anew for each epoch; the sequence of orders is the seed's. */
    public DataLoader shuffle(long seed) {
        return new DataLoader(all, batchSize, partial, new SplitMix(seed));
    }

    /** The same, with or without a last batch of fewer than {@code batchSize} examples. */
    public DataLoader partial(boolean keep) {
        return new DataLoader(all, batchSize, keep, shuffler);
    }

    /** How many batches an epoch has. */
    public int size() {
        int size = Math.min(batchSize, all.size());
        return partial ? (all.size() + size - 1) / size : all.size() / size;
    }

    /**
     * The batches of one epoch. They are the iteration's own: they stay as they are, whoever iterates too, and may be kept.
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
     * The same epochs for loops that keep no batch beyond its step, as training is: a loader that shuffles copies each batch into the same
     * memory, where the next one overwrites it, and makes no array for it. Iterations that go on at the same time have memory each.
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

    /** Where its generator stands, as text, to go on from there in another process; null if it doesn't shuffle. */
    public @Nullable String shuffling() {
        if (shuffler == null) {
            return null;
        }
        synchronized (shuffler) {
            return shuffler.state().toString();
        }
    }

    /**
     * Goes on with the orders from where {@link #shuffling} said.
     *
     * @throws IllegalArgumentException if it doesn't shuffle, or that is no such text
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
