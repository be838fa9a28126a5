package io.github.flux4j.spark;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;

/** What the driver must know of a partition before the first step. */
final class Survey implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int SAMPLE = 16;

    /** F beyond which partitions differ by more than chance; of shuffled rows it is about 1. */
    private static final double FAR = 10;

    private final int rows;
    private final long hash;
    /** Null if there are no rows. */
    @Nullable
    private final Block sample;

    private final double[] sums;
    private final double[] squares;

    private Survey(int rows, long hash, @Nullable Block sample, double[] sums, double... squares) {
        this.rows = rows;
        this.hash = hash;
        this.sample = sample;
        this.sums = sums;
        this.squares = squares;
    }

    /** Of all partitions, in order; after it, they are where Spark was told to keep them. */
    static List<Survey> of(JavaRDD<Block> blocks, int outputs) {
        return blocks.mapPartitions(all -> List.of(of(all, outputs)).iterator()).collect();
    }

    private static Survey of(Iterator<Block> blocks, int outputs) {
        double[] sums = new double[outputs];
        double[] squares = new double[outputs];
        Block sample = null;
        long rows = 0;
        long hash = 0;
        while (blocks.hasNext()) {
            Block block = blocks.next();
            sample = sample == null ? block.part(0, Math.min(SAMPLE, block.rows())) : sample;
            rows += block.rows();
            hash += hash(block);
            add(block, sums, squares);
        }
        if (rows > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a partition may have 2³¹ − 1 rows, but one has " + rows + "; repartition the data frame");
        }
        return new Survey((int) rows, hash, sample, sums, squares);
    }

    /** A sum, since a shuffle may bring the same rows in another order. */
    private static long hash(Block block) {
        return IntStream.range(0, block.rows()).mapToLong(block::hash).sum();
    }

    private static void add(Block block, double[] sums, double... squares) {
        for (int row = 0; row < block.rows(); row++) {
            for (int j = 0; j < sums.length; j++) {
                double target = block.target(row, j);
                sums[j] += target;
                squares[j] += target * target;
            }
        }
    }

    int rows() {
        return rows;
    }

    /** All rows as text: how many, in how many partitions, and a hash of which rows each partition has, in whatever order it has them. */
    static String text(List<Survey> all) {
        long hash = 0;
        for (Survey each : all) {
            hash = Hash.next(Hash.next(hash, each.rows), each.hash);
        }
        long rows = all.stream().mapToLong(Survey::rows).sum();
        return rows + " in " + all.size() + " partitions, hash " + Hash.text(hash);
    }

    /** Some rows of the data, at least two; of the partition that has most to show. */
    static Optional<Block> sample(List<Survey> all) {
        return all.stream()
                .map(each -> each.sample)
                .filter(sample -> sample != null && sample.rows() > 1)
                .max(Comparator.comparingInt(Block::rows));
    }

    /** Whether targets differ between partitions by far more than within, as those of sorted rows do (one-way analysis of variance). */
    static boolean isSorted(List<Survey> all) {
        List<Survey> some = all.stream().filter(each -> each.rows > 0).toList();
        if (some.size() < 2) {
            return false;
        }
        for (int j = 0; j < some.get(0).sums.length; j++) {
            if (ratio(some, j) > FAR) {
                return true;
            }
        }
        return false;
    }

    private static double ratio(List<Survey> some, int j) {
        double count = some.stream().mapToDouble(each -> each.rows).sum();
        double mean = some.stream().mapToDouble(each -> each.sums[j]).sum() / count;
        double between = 0;
        double within = 0;
        for (Survey each : some) {
            double own = each.sums[j] / each.rows;
            between += each.rows * (own - mean) * (own - mean);
            within += each.squares[j] - each.rows * own * own;
        }
        return between / (some.size() - 1) / (within / (count - some.size()));
    }
}
