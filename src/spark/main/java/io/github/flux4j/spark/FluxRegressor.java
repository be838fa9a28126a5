package io.github.flux4j.spark;

import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.Losses;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.jspecify.annotations.Nullable;

/**
 * Trains one model of numbers on many machines, for more rows than fit on one; by default 10 epochs of {@code adam} on {@code mse}, 65 536 rows per step.
 *
 * <pre>{@code
 * FluxModel fitted = new FluxRegressor("chain(dense(8, 64, relu), dense(64, 1))")
 *         .setLoss(MSE).setRule(adam(0.001)).setBatchSize(65_536).setEpochs(5).setSeed(1).fit(df);
 * Layer model = fitted.model(); // on this machine again
 * }</pre>
 *
 * <p>Each step is synchronous gradient descent: each partition computes the mean gradient gᵢ of its nᵢ rows of the batch, the driver adds G = Σ nᵢ·gᵢ / Σ nᵢ in the
 * order of the partitions, and makes one step of the rule. So loss and gradient equal those of one machine, to rounding. The same rows in the same partitions give
 * the same model for a seed, to the bit, even after failures and repeated tasks. Files and {@code repartition(n)} place rows the same way each time; random numbers
 * don't. Dropouts draw by seed, step and partition.
 *
 * <p>{@code fit} refuses what doesn't add up over machines before the first step, such as a sum of losses or a BatchNorm in training mode. Labels are numbers, or
 * vectors with one number per output. Rows stay in Spark's memory, off the heap if {@code spark.memory.offHeap.enabled}, and come from disk block by block where they
 * don't fit. A task uses only its own processors ({@code spark.task.cpus}). A failed fit leaves only its checkpoint behind.
 * Set it up on one thread; several may fit then.
 */
public final class FluxRegressor extends FluxEstimator<FluxRegressor> {

    private static final long serialVersionUID = 1;

    /** Trains a network given as text, which {@code Layer.parse} reads; the seed draws its start. */
    public FluxRegressor(String network) {
        this(Identifiable.randomUID("FluxRegressor"), (ModelBytes) null);
        set(network(), parsed(network));
    }

    /** Starts from a copy of this model, which needs to consist of flux4j's own parts; Float64 stays Float64. */
    public FluxRegressor(Layer model) {
        this(Identifiable.randomUID("FluxRegressor"), sent(model));
        set(network(), model.text());
    }

    private FluxRegressor(String uid, @Nullable ModelBytes start) {
        super(uid, start, Losses.MSE);
    }

    @Override
    FluxRegressor make(String uid, @Nullable ModelBytes start) {
        return new FluxRegressor(uid, start);
    }

    /** A reader for the folder that {@code write().save(path)} wrote. */
    public static MLReader<FluxRegressor> read() {
        return new StageFiles.Reader<>(FluxRegressor::new);
    }

    /** Reads the folder that {@code write().save(path)} wrote. */
    public static FluxRegressor load(String path) {
        return read().load(path);
    }
}
