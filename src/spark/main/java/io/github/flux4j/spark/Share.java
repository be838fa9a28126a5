package io.github.flux4j.spark;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import scala.Tuple2;

/** What a partition, or several, gives for a step: means over its rows, and how long that took. */
final class Share implements Serializable {

    private static final long serialVersionUID = 1;

    /** So many can be sent to the driver at once; more are added up in groups before. */
    private static final int FEW = 16;

    private final int partition;
    private final long rows;
    private final double loss;
    private final @Nullable NumberArray mean;
    private final long longest;
    private final long work;

    /**
     * Of a partition, or of several of which it is the first.
     *
     * @param rows how many the means are of
     * @param mean gradient or parameters; null if there is no row
     * @param longest nanoseconds of the one that took longest
     * @param work nanoseconds of all together
     */
    Share(int partition, long rows, double loss, @Nullable NumberArray mean, long longest, long work) {
        this.partition = partition;
        this.rows = rows;
        this.loss = loss;
        this.mean = mean;
        this.longest = longest;
        this.work = work;
    }

    /** How many rows the means are of. */
    long rows() {
        return rows;
    }

    double loss() {
        return loss;
    }

    @Nullable
    NumberArray mean() {
        return mean;
    }

    long longest() {
        return longest;
    }

    long work() {
        return work;
    }

    /** The means over all rows, added up in the order of the partitions, so that they are the same to the bit whoever came first. */
    static Share of(JavaRDD<Share> shares, DataType type) {
        int partitions = shares.getNumPartitions();
        if (partitions <= FEW) {
            return sum(shares.collect(), type);
        }
        int group = (int) Math.ceil(Math.sqrt(partitions));
        return sum(
                shares.mapToPair(share -> new Tuple2<>(share.partition / group, share))
                        .groupByKey((partitions + group - 1) / group)
                        .map(groups -> sum(groups._2(), type))
                        .collect(),
                type);
    }

    private static Share sum(Iterable<Share> shares, DataType type) {
        List<Share> inOrder = StreamSupport.stream(shares.spliterator(), false)
                .sorted(Comparator.comparingInt(share -> share.partition))
                .toList();
        Total total = new Total();
        inOrder.stream()
                .filter(share -> share.rows > 0)
                .forEach(share -> total.add(share.rows, share.loss, share.mean));
        return total.share(
                inOrder.get(0).partition,
                type,
                inOrder.stream().mapToLong(Share::longest).max().orElse(0),
                inOrder.stream().mapToLong(Share::work).sum());
    }

    /** Sums of means times rows, in Float64. For one thread. */
    static final class Total {

        private long rows;
        private double loss;
        private double @Nullable [] sums;

        void add(long count, double meanLoss, NumberArray mean) {
            rows += count;
            loss += count * meanLoss;
            sums = sums == null ? new double[mean.length()] : sums;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += count * mean.get(i);
            }
        }

        Share share(int partition, DataType type, long longest, long work) {
            if (rows == 0) {
                return new Share(partition, 0, 0, null, longest, work);
            }
            NumberArray mean = new NumberArray(type, sums.length);
            for (int i = 0; i < sums.length; i++) {
                mean.put(i, sums[i] / rows);
            }
            return new Share(partition, rows, loss / rows, mean, longest, work);
        }
    }
}
