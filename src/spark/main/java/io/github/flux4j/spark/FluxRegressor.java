package io.github.flux4j.spark;

import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.Losses;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * One model of numbers over many machines, for rows that one has no room for.
 *
 * <pre>{@code
 * FluxModel fitted = new FluxRegressor("chain(dense(8, 64, relu), dense(64, 1))")
 *         .setLoss(MSE).setRule(adam(0.001)).setBatchSize(65_536).setEpochs(5).setSeed(1).fit(df);
 * Layer model = fitted.model(); // on this machine again
 * }</pre>
 *
 * <p>Each step is one of synchronous gradient descent: every partition gives the mean gradient of its share of the batch, G = Σ nᵢ·gᵢ / Σ nᵢ is added up
 * in the order of the partitions, and the driver makes one step of the rule. So loss and gradient are those of one machine for the same rows, to
 * rounding; and the same rows in the same partitions give the same model for a seed, to the bit, whatever dies or is done twice. (So do those of files
 * and of {@code repartition(n)}, not those that a random number has placed anew.) What doesn't add up, such as a sum of losses or a BatchNorm in
 * training mode, is refused before the first step. Dropouts draw by seed, step and partition.
 *
 * <p>Labels are numbers, or vectors of as many as the network has outputs. Rows stay in Spark's memory, off the heap if
 * {@code spark.memory.offHeap.enabled}, and are read from disk block by block where they don't fit. A task uses the processors of its task
 * alone ({@code spark.task.cpus}). A fit that fails leaves nothing behind but its checkpoint.
 */
public final class FluxRegressor extends FluxEstimator<FluxRegressor> {

    private static final long serialVersionUID = 1;

    /** Of a network as text, {@code Layer.parse}'s, which starts anew by the seed. */
    public FluxRegressor(String network) {
        this(Identifiable.randomUID("FluxRegressor"), (ModelBytes) null);
        set(network(), parsed(network));
    }

    /** Of a model of flux4j's own parts, which is copied and the start; Float64 stays Float64. */
    public FluxRegressor(Layer model) {
        this(Identifiable.randomUID("FluxRegressor"), sent(model));
        set(network(), model.text());
    }

    private FluxRegressor(String uid, ModelBytes start) {
        super(uid, start, Losses.MSE);
    }

    @Override
    FluxRegressor make(String uid, ModelBytes start) {
        return new FluxRegressor(uid, start);
    }

    /** What reads the folder that {@code write().save(path)} wrote. */
    public static MLReader<FluxRegressor> read() {
        return new StageFiles.Reader<>(FluxRegressor::new);
    }

    /** Reads the folder that {@code write().save(path)} wrote. */
    public static FluxRegressor load(String path) {
        return read().load(path);
    }
}
