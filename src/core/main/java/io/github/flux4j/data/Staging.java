package io.github.flux4j.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Memory for one batch, into which an epoch copies its batches one after another. For one epoch at a time. */
final class Staging {

    private final Batch all;
    private final Batch full;
    private final Batch last;

    /** Makes room for batches of {@code size} of these examples, and for a smaller last one. */
    Staging(Batch all, int size) {
        this.all = all;
        this.full =
                new Batch(all.arrays().stream().map(array -> room(array, size)).toList());
        int rest = all.size() % size;
        this.last = rest == 0
                ? null
                : new Batch(full.arrays().stream()
                        .map(array -> RowCopies.part(array, 0, rest))
                        .toList());
    }

    private static INDArray room(INDArray array, int size) {
        INDArray room = RowCopies.room(array, size);
        room.setCloseable(false);
        return room;
    }

    /**
     * Iterates over batches of the examples in this order.
     *
     * @param done receives this object after the last batch
     */
    Iterator<Batch> epoch(int[] order, int batches, Consumer<Staging> done) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (next == batches) {
                    next++;
                    done.accept(Staging.this);
                }
                return next < batches;
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("this epoch has only " + batches + " batches");
                }
                return filled(order, next++ * full.size());
            }
        };
    }

    private Batch filled(int[] order, int from) {
        all.requireOpen("the examples");
        Batch batch = order.length - from < full.size() ? last : full;
        for (int i = 0; i < all.arrays().size(); i++) {
            RowCopies.copy(all.arrays().get(i), full.arrays().get(i), order, from, batch.size());
        }
        return batch;
    }
}
