package io.github.flux4j.train;

import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.train.Checkpoints.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains for several epochs, with optional callbacks, validation, early stopping and checkpoints; by default with none of them.
 *
 * <pre>{@code
 * History history = trainer(MSE, model, setup(adam(), model))
 *         .validate(xTest, yTest)
 *         .metric("mae", MAE::of)
 *         .earlyStopping(10)
 *         .afterEpoch(progress -> System.out.println(progress.validationLoss()))
 *         .train(loader, 100);
 * }</pre>
 *
 * <p>The best epoch is the first with the lowest validation loss, never one with NaN. Validation runs in test mode. Not thread-safe, but trainers of different
 * models may run concurrently.
 */
public final class Trainer {

    private final Loss loss;
    private final Optimiser optimiser;
    private final List<Callback> batchCallbacks = new ArrayList<>();
    private final List<Callback> epochCallbacks = new ArrayList<>();
    private final Map<String, ToDoubleBiFunction<INDArray, INDArray>> metrics = new LinkedHashMap<>();
    private Batch validation;
    private int patience;
    private boolean restoresBest;
    private Checkpoints checkpoint;
    private int everyEpochs;
    private TrainingState resumed;

    /** A run's settings; a patience of 0 means no early end. */
    record Plan(
            List<Callback> afterBatch,
            List<Callback> afterEpoch,
            Batch validation,
            Map<String, ToDoubleBiFunction<INDArray, INDArray>> metrics,
            int patience,
            boolean restores,
            Checkpoints checkpoint,
            int everyEpochs,
            TrainingState from) {}

    /** Prepares to train a bound loss with an optimiser made for its model. */
    public Trainer(Loss loss, Optimiser optimiser) {
        this.loss = Objects.requireNonNull(loss, "loss is null");
        this.optimiser = Objects.requireNonNull(optimiser, "optimiser is null");
        optimiser.requireModel(loss.model());
    }

    /** Calls this after each batch's update. */
    public Trainer afterBatch(Callback callback) {
        batchCallbacks.add(Objects.requireNonNull(callback, "callback is null"));
        return this;
    }

    /** Calls this after each epoch and its validation. */
    public Trainer afterEpoch(Callback callback) {
        epochCallbacks.add(Objects.requireNonNull(callback, "callback is null"));
        return this;
    }

    /** Computes the loss of these examples, too, after each epoch. */
    public Trainer validate(INDArray x, INDArray y) {
        validation = Batch.of(x, y);
        return this;
    }

    /**
     * Computes this metric of the validation data after each epoch, for {@link Progress#metrics} and {@link History#metrics}.
     *
     * @param metric a function of predictions and targets, both {@code [n, outputs]}, such as {@code MAE::of}; it must not change them
     * @throws IllegalArgumentException if there is a metric of that name already
     */
    public Trainer metric(String name, ToDoubleBiFunction<INDArray, INDArray> metric) {
        Objects.requireNonNull(metric, "metric is null");
        if (metrics.putIfAbsent(Objects.requireNonNull(name, "name is null"), metric) != null) {
            throw new IllegalArgumentException(
                    "there is a metric named " + name + " already; give this one another name");
        }
        return this;
    }

    /**
     * Ends a run once {@code patience} epochs in a row brought no lower validation loss than the best before, and restores the best as {@link #restoreBest}
     * does. For other conditions call {@code stop()} in {@link #afterEpoch}, with an {@link EarlyStopping} or a {@link Plateau}.
     *
     * @throws IllegalArgumentException if {@code patience} is below 1
     */
    public Trainer earlyStopping(int patience) {
        if (patience < 1) {
            throw new IllegalArgumentException("patience must be at least 1, but was " + patience);
        }
        this.patience = patience;
        return this;
    }

    /**
     * Restores parameters and running statistics of the best epoch however a run ends: after its last epoch, by {@code stop()}, or by an exception such as
     * {@link DivergedException}. Without a best epoch they stay as they are. The optimiser keeps the state of the last step; make a new one with {@code setup}
     * to start afresh.
     *
     * <p>The trainer keeps one copy of the model's numbers, made when a run begins.
     */
    public Trainer restoreBest() {
        restoresBest = true;
        return this;
    }

    /**
     * Stores the run after every {@code everyEpochs} epochs and after the last, for {@link #resume}, also after a crash.
     *
     * @throws IllegalArgumentException if {@code everyEpochs} is below 1, or a part, a rule or a schedule has no name that can be written
     * @throws IOException if there is no such folder, or it can't be written to
     */
    public Trainer checkpoint(Checkpoints checkpoint, int everyEpochs) throws IOException {
        if (everyEpochs < 1) {
            throw new IllegalArgumentException("everyEpochs must be at least 1, but was " + everyEpochs);
        }
        Objects.requireNonNull(checkpoint, "checkpoint is null").requireWritable(optimiser);
        this.checkpoint = checkpoint;
        this.everyEpochs = everyEpochs;
        return this;
    }

    /**
     * Continues from a checkpoint, bit for bit as if the run had never stopped; without a stored run, training starts at the beginning.
     *
     * <p>Model, optimiser and schedules become the stored ones. {@link #train} counts epochs from the first run's start, and its history has them all. The
     * order of a shuffling {@link DataLoader} continues, too; for other data, order is up to you.
     *
     * @throws IllegalArgumentException if model or rule differ from the stored ones; nothing is changed then
     * @throws IOException if the file can't be read
     */
    public Trainer resume(Checkpoints checkpoint) throws IOException {
        TrainingState from =
                Objects.requireNonNull(checkpoint, "checkpoint is null").resume(optimiser);
        resumed = from == null ? resumed : from;
        return this;
    }

    /**
     * Trains the model.
     *
     * @param data iterated once per epoch
     * @param epochs at least 1; a resumed run counts those before
     * @throws DivergedException if a loss is not finite, with the history so far; parameters are then those before that batch, or the best if the trainer
     *     restores them, as the message says
     * @throws IllegalStateException if metrics, early stopping or restoring were asked for without validation data
     */
    public History train(Iterable<Batch> data, int epochs) {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, but was " + epochs);
        }
        requireValidation();
        if (checkpoint != null) {
            requireWritable(); // schedules may have come since
        }
        return new TrainerRun(loss, optimiser, plan()).over(data, epochs);
    }

    private void requireWritable() {
        try {
            checkpoint.requireWritable(optimiser);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private Plan plan() {
        return new Plan(
                List.copyOf(batchCallbacks),
                List.copyOf(epochCallbacks),
                validation,
                new LinkedHashMap<>(metrics),
                patience,
                restoresBest || patience > 0,
                checkpoint,
                everyEpochs,
                resumed);
    }

    private void requireValidation() {
        String asker = patience > 0 ? "earlyStopping" : restoresBest ? "restoreBest" : "metric";
        if (validation == null && (patience > 0 || restoresBest || !metrics.isEmpty())) {
            throw new IllegalStateException(
                    asker + " needs validation data, but there is none; call validate(x, y) before train, with"
                            + " held-out examples");
        }
    }
}
