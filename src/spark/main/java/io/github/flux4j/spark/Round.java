package io.github.flux4j.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a partition the steps between two messages to the driver are on. An epoch's step s of S takes, of a partition of n rows in the
 * epoch's order, those from ⌊(n·s + o)/S⌋ to ⌊(n·(s + 1) + o)/S⌋, so that uneven partitions come to their end together; o, the rows before the
 * partition modulo S, lets those of a few rows have their turns in different steps.
 *
 * @param seed of the run
 * @param epoch counted from 0
 * @param first step of the round, counted from 0 in the epoch
 * @param steps of the round
 * @param stepsOfEpoch if it is 1, rows stay in their order
 */
record Round(long seed, int epoch, int first, int steps, int stepsOfEpoch) implements Serializable {

    /** The seed of a step's chance in a partition, the same when it is done again elsewhere. */
    long chance(int step, int partition) {
        return FeistelOrder.mix(seed, 1, epoch, step, partition);
    }

    /** Blocks of a step's rows. */
    Iterator<Block> blocks(int step, int partition, Job job, Iterator<Block> all) {
        return stepsOfEpoch == 1 ? all : chosen(rows(step, partition, job.rows()), job.shape(), all);
    }

    /**
     * Of a partition, in ascending order.
     *
     * @param ofPartitions how many rows each has
     */
    int[] rows(int step, int partition, int... ofPartitions) {
        int rows = ofPartitions[partition];
        long offset = Arrays.stream(ofPartitions, 0, partition).asLongStream().sum() % stepsOfEpoch;
        FeistelOrder order = new FeistelOrder(rows, FeistelOrder.mix(seed, 0, epoch, partition));
        int from = (int) (((long) rows * step + offset) / stepsOfEpoch);
        int to = (int) (((long) rows * (step + 1) + offset) / stepsOfEpoch);
        int[] chosen = IntStream.range(from, to).map(order::at).toArray();
        Arrays.sort(chosen);
        return chosen;
    }

    private static Iterator<Block> chosen(int[] rows, Block.Shape shape, Iterator<Block> all) {
        return new Iterator<>() {
            private int next;
            private int begin;
            private @Nullable Block current;

            @Override
            public boolean hasNext() {
                return next < rows.length;
            }

            @Override
            public Block next() {
                if (next == rows.length) {
                    throw new NoSuchElementException();
                }
                Block block = new Block(shape, Math.min(shape.rowsOfABlock(), rows.length - next));
                while (next < rows.length && block.rows() < shape.rowsOfABlock()) {
                    goTo(rows[next]);
                    block.add(current, rows[next++] - begin);
                }
                return block;
            }

            private void goTo(int row) {
                while (current == null || row >= begin + current.rows()) {
                    begin += current == null ? 0 : current.rows();
                    current = all.next();
                }
            }
        };
    }
}
