package io.github.flux4j.spark;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private transient @Nullable Map<Integer, Deque<Replica>>
            idle; // made where it is used, since neither of Spark's serialisers does

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

    Block.Shape shape() {
        return shape;
    }

    /** Of each partition. */
    int[] rows() {
        return rows;
    }

    /** One that nobody else uses: that which was last given back for this use, or else a new one. */
    Replica take(int use) {
        Replica kept = kept(use);
        return kept == null ? make() : kept;
    }

    private synchronized @Nullable Replica kept(int use) {
        return idle == null || !idle.containsKey(use) ? null : idle.get(use).pollFirst();
    }

    synchronized void giveBack(int use, Replica replica) {
        idle = idle == null ? new HashMap<>() : idle;
        idle.computeIfAbsent(use, any -> new ArrayDeque<>()).addFirst(replica);
    }

    private Replica make() {
        return new Replica(model.layer(), loss, l1, l2, rule);
    }
}
