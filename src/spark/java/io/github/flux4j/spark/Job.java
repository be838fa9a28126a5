package io.github.flux4j.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What all tasks of a fit are told, once a process, and where a process keeps its replicas of the model: as long as Spark keeps this. For any thread.
 */
final class Job implements Serializable {

    private static final long serialVersionUID = 1;

    private final ModelBytes model;
    private final String loss;
    private final double l1;
    private final double l2;
    private final String rule;
    private final Block.Shape shape;
    private final int[] rows;
    private transient Queue<Replica> idle = new ConcurrentLinkedQueue<>();
    private transient Map<Integer, Replica> ofPartitions = new ConcurrentHashMap<>();

    /**
     * All of it as text and numbers.
     *
     * @param l1 strength of the penalty Σ|p|
     * @param l2 strength of the penalty ½Σp²
     * @param rule for local steps
     * @param rows of each partition
     */
    Job(ModelBytes model, String loss, double l1, double l2, String rule, Block.Shape shape, int... rows) {
        this.model = model;
        this.loss = loss;
        this.l1 = l1;
        this.l2 = l2;
        this.rule = rule;
        this.shape = shape;
        this.rows = rows;
    }

    private Object readResolve() {
        return new Job(model, loss, l1, l2, rule, shape, rows);
    }

    Block.Shape shape() {
        return shape;
    }

    int rows(int partition) {
        return rows[partition];
    }

    /** One that nobody else uses. */
    Replica borrow() {
        Replica free = idle.poll();
        return free == null ? make() : free;
    }

    void giveBack(Replica replica) {
        idle.add(replica);
    }

    /** The one that remembers a partition's steps, or a new one if it is in use or elsewhere. */
    Replica take(int partition) {
        Replica kept = ofPartitions.remove(partition);
        return kept == null ? make() : kept;
    }

    void keep(int partition, Replica replica) {
        ofPartitions.put(partition, replica);
    }

    private Replica make() {
        return new Replica(model.layer(), loss, l1, l2, rule);
    }
}
