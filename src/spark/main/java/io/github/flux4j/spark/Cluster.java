package io.github.flux4j.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The workers as the driver sees them: parameters go out, means over all rows come back. For one thread. */
final class Cluster implements AutoCloseable {

    private static final int ANY_PARTITION = -1;

    private final JavaSparkContext context;
    private final JavaRDD<Block> rows;
    private final Broadcast<Job> job;
    private final org.nd4j.linalg.api.buffer.DataType type;

    Cluster(JavaSparkContext context, JavaRDD<Block> rows, Job job) {
        this.context = context;
        this.rows = rows;
        this.job = context.broadcast(job);
        this.type = job.shape().type();
    }

    /** The mean loss and gradient of a step's rows. */
    Share gradient(INDArray parameters, Round round) {
        return asked(parameters, round, Cluster::gradient);
    }

    /** The mean of the parameters after a round of local steps. */
    Share localSteps(INDArray parameters, Round round) {
        return asked(parameters, round, Cluster::localSteps);
    }

    /** What a task does. */
    private interface Work extends java.io.Serializable {
        Share of(Job job, NumberArray parameters, Round round, int partition, Iterator<Block> blocks);
    }

    private Share asked(INDArray parameters, Round round, Work work) {
        Broadcast<NumberArray> sent = context.broadcast(NumberArray.of(parameters));
        try {
            return Share.of(shares(rows, job, sent, round, work), type);
        } finally {
            sent.destroy();
        }
    }

    private static JavaRDD<Share> shares(
            JavaRDD<Block> rows, Broadcast<Job> job, Broadcast<NumberArray> sent, Round round, Work work) {
        return rows.mapPartitionsWithIndex(
                (partition, blocks) -> List.of(
                                Processors.within(() -> work.of(job.value(), sent.value(), round, partition, blocks)))
                        .iterator(),
                false);
    }

    private static Share gradient(Job job, NumberArray parameters, Round round, int partition, Iterator<Block> blocks) {
        Replica replica = job.take(ANY_PARTITION);
        Share share = replica.gradient(
                parameters,
                partition,
                round.chance(round.first(), partition),
                round.blocks(round.first(), partition, job, blocks));
        job.giveBack(ANY_PARTITION, replica);
        return share;
    }

    /** By the replica that remembers the partition's steps, unless it was lost. */
    private static Share localSteps(
            Job job, NumberArray parameters, Round round, int partition, Iterator<Block> blocks) {
        Replica replica = job.take(partition);
        List<Block> all = new ArrayList<>();
        blocks.forEachRemaining(all::add);
        Share share = replica.steps(parameters, partition, round, job, all);
        job.giveBack(partition, replica);
        return share;
    }

    @Override
    public void close() {
        job.destroy();
        rows.unpersist(false);
    }
}
