package io.github.flux4j.train;

import io.github.flux4j.data.Batch;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Optimiser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A training run of several epochs, with callbacks and, if wanted, validation.
 *
 * <pre>{@code
 * History history = trainer(MSE, model, setup(adam(), model))
 *         .validate(xTest, yTest)
 *         .afterEpoch(progress -> System.out.println(progress.loss()))
 *         .train(loader, 100);
 * }</pre>
 */
public final class Trainer {

    private final Loss loss;
    private final Optimiser optimiser;
    private final List<Callback> batchCallbacks = new ArrayList<>();
    private final List<Callback> epochCallbacks = new ArrayList<>();
    private INDArray validationFeatures;
    private INDArray validationTargets;

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

    /** Calls this after each epoch. */
    public Trainer afterEpoch(Callback callback) {
        epochCallbacks.add(Objects.requireNonNull(callback, "callback is null"));
        return this;
    }

    /** Takes the loss of these, too, after each epoch. */
    public Trainer validate(INDArray x, INDArray y) {
        Batch checked = Batch.of(x, y);
        validationFeatures = checked.features();
        validationTargets = checked.targets();
        return this;
    }

    /**
     * Trains.
     *
     * @param data gone through once an epoch
     * @param epochs at least 1
     * @throws DivergedException if a loss is not finite, with the history until then; the parameters are then those before that batch
     */
    public History train(Iterable<Batch> data, int epochs) {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, but was " + epochs);
        }
        Run run = new Run();
        try {
            for (int epoch = 1; epoch <= epochs; epoch++) {
                run.epoch(data, epoch);
            }
            return run.history(false);
        } catch (Training.StopTraining stop) {
            run.stoppedWith(stop.meanLoss);
            return run.history(true);
        }
    }

    private final class Run {

        private final List<Double> losses = new ArrayList<>();
        private final List<Double> validationLosses = new ArrayList<>();
        private final List<Long> elapsed = new ArrayList<>();
        private int batches;
        private long start;
        private boolean inPass;
        private DivergedException ofCallback;

        void epoch(Iterable<Batch> data, int epoch) {
            start = System.nanoTime();
            inPass = true;
            double mean = pass(data, epoch);
            finish(mean);
            epochCallbacks.forEach(callback -> callback.after(new Progress(loss.model(), epoch, batches, mean)));
        }

        private double pass(Iterable<Batch> data, int epoch) {
            try {
                return Training.pass(loss, data, optimiser, this::afterBatch, epoch);
            } catch (DivergedException diverged) {
                throw diverged == ofCallback ? diverged : diverged.in(epoch, history(false));
            }
        }

        private void afterBatch(Progress progress) {
            batches = progress.batch();
            try {
                batchCallbacks.forEach(callback -> callback.after(progress));
            } catch (DivergedException ofAnotherModel) {
                ofCallback = ofAnotherModel;
                throw ofAnotherModel;
            }
        }

        private void finish(double mean) {
            inPass = false;
            losses.add(mean);
            elapsed.add(System.nanoTime() - start);
            if (validationFeatures != null) {
                validationLosses.add(loss.of(validationFeatures, validationTargets));
            }
        }

        void stoppedWith(double mean) {
            if (inPass) {
                finish(mean);
            }
        }

        History history(boolean stopped) {
            return new History(losses, validationLosses, elapsed, stopped);
        }
    }
}
