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
 * A training run of several epochs, with callbacks and, if wanted, validation, which may end it early and gives back the best state.
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
 * <p>The best epoch is that of the lowest validation loss, the first of equal ones; one whose validation loss is NaN is never the best. Validation is
 * in test mode. For one thread; trainers of different models run side by side.
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

    /** What a run does beside training; patience is 0 for no end before the last epoch. */
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

    /** A run of a loss bound to a model, with an optimiser made for that model. */
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

    /** Takes the loss of these, too, after each epoch. */
    public Trainer validate(INDArray x, INDArray y) {
        validation = Batch.of(x, y);
        return this;
    }

    /**
     * Takes this, too, of the validation data after each epoch, for {@link Progress#metrics} and {@link History#metrics}.
     *
     * @param metric of predictions and targets, both {@code [n, outputs]}, such as {@code MAE::of}; it must not change them
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
     * Ends a run once so many epochs in a row brought no lower validation loss than the best before, and restores the best as
     * {@link #restoreBest} does. Other conditions: {@code stop()} in {@link #afterEpoch}, with an {@link EarlyStopping} or a {@link Plateau}.
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
     * Gives parameters and running statistics back as they were after the best epoch, however a run ends: after its last epoch, by
     * {@code stop()}, or by an exception, {@link DivergedException} included. Without a best epoch they stay as they are. What the optimiser
     * remembers stays that of the last step; to go on as if the others had never been, make a new one with {@code setup}.
     *
     * <p>The state is kept in one copy of the model's numbers, made when a run begins.
     */
    public Trainer restoreBest() {
        restoresBest = true;
        return this;
    }

    /**
     * Keeps the run after every so many epochs and after the last: what {@link #resume} goes on from, after a crash too.
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
     * Goes on from a checkpoint, to the bit as if the run had never stopped: model and optimiser become as they were, schedules those of the file, and
     * {@link #train} counts its epochs from that run's first; its history has them all. If nothing is kept yet, training begins at the
     * beginning, so that the same program can be started again.
     *
     * <p>The order of a shuffling {@link DataLoader} goes on, too; that of other data is up to whoever gives it.
     *
     * @throws IllegalArgumentException if model or rule are others than those of the file; nothing is changed then
     * @throws IOException if the file can't be read
     */
    public Trainer resume(Checkpoints checkpoint) throws IOException {
        TrainingState from =
                Objects.requireNonNull(checkpoint, "checkpoint is null").resume(optimiser);
        resumed = from == null ? resumed : from;
        return this;
    }

    /**
     * Trains.
     *
     * @param data gone through once an epoch
     * @param epochs at least 1; of a resumed run all of them, those before included
     * @throws DivergedException if a loss is not finite, with the history until then; the parameters are then those before that batch, or the
     *     best where those are restored, as its message says
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
                            + " examples that are not trained on");
        }
    }
}
