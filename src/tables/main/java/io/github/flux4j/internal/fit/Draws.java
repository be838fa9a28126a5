package io.github.flux4j.internal.fit;

import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.FloatMemory;
import io.github.flux4j.internal.arrays.Shuffle;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.prepare.Examples;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The batches of one network's epoch. Rows are copied into the same one or two batches again and again, so nothing is allocated and the
 * examples are there once for all networks. For one thread.
 */
public final class Draws implements Iterable<Batch> {

    private final Examples examples;
    private final int[] rows;
    private final int[] order;
    private final Place whole;
    private final Place rest;
    private BooleanSupplier stopping = () -> false;
    private volatile int done;
    private boolean wasCut;

    /**
     * Of these rows, in their order until it is shuffled; fewer than a batch are one.
     *
     * @param partial whether there is a last batch of what is left
     */
    Draws(Examples examples, int[] rows, int batchSize, boolean partial) {
        this.examples = examples;
        this.rows = rows;
        this.order = rows.clone();
        int size = Math.min(batchSize, rows.length);
        int left = rows.length % size;
        this.whole = new Place(size);
        this.rest = partial && left > 0 ? new Place(left) : null;
    }

    /** How many batches an epoch has. */
    int size() {
        return order.length / whole.size + (rest == null ? 0 : 1);
    }

    /** How many rows these have. */
    int rows() {
        return rest == null ? order.length / whole.size * whole.size : order.length;
    }

    /** Whether the last pass was ended before its last batch. */
    boolean wasCut() {
        return wasCut;
    }

    /** Before a pass: what ends it before its next batch. */
    void until(BooleanSupplier stopping) {
        this.stopping = stopping;
        this.done = 0;
    }

    /** How many batches of the pass were given; for any thread. */
    int done() {
        return done;
    }

    /** Another order, which is the generator's alone (Fisher and Yates). */
    void shuffle(RandomGenerator random) {
        System.arraycopy(rows, 0, order, 0, rows.length);
        Shuffle.shuffle(order, random);
    }

    @Override
    public Iterator<Batch> iterator() {
        wasCut = false;
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                wasCut = next > 0 && next < size() && stopping.getAsBoolean();
                return next < size() && !wasCut;
            }

            @Override
            public Batch next() {
                if (next >= size()) {
                    throw new NoSuchElementException("this epoch has only " + size() + " batches");
                }
                int from = next++ * whole.size;
                done = next;
                return (from + whole.size <= order.length ? whole : rest).filled(from);
            }
        };
    }

    /** A batch and its memory. */
    private final class Place {

        private final int size;
        private final FloatMemory features;
        private final FloatMemory targets;
        private final FloatMemory weights;
        private final Batch batch;

        Place(int size) {
            this.size = size;
            INDArray x = Tensors.zeros(DataType.FLOAT, size, examples.inputs());
            INDArray y = Tensors.zeros(DataType.FLOAT, size, examples.outputs());
            this.features = FloatMemory.of(x);
            this.targets = FloatMemory.of(y);
            if (examples.weights() == null) {
                this.weights = null;
                this.batch = Batch.of(x, y);
            } else {
                INDArray w = Tensors.zeros(DataType.FLOAT, size, 1);
                this.weights = FloatMemory.of(w);
                this.batch = Batch.of(x, y, w);
            }
        }

        Batch filled(int from) {
            for (int i = 0; i < size; i++) {
                int row = order[from + i];
                features.write(i * examples.inputs(), examples.features(), row * examples.inputs(), examples.inputs());
                targets.write(i * examples.outputs(), examples.targets(), row * examples.outputs(), examples.outputs());
                if (weights != null) {
                    weights.put(i, (float) examples.weights()[row]);
                }
            }
            return batch;
        }
    }
}
