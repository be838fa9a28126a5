package io.github.flux4j.train;

import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.internal.events.FlightEvents;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.train.Checkpoints.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A trainer at work: it runs epoch after epoch and records them. */
final class TrainerRun implements Pass.Onlooker {

    private final Loss loss;
    private final Optimiser optimiser;
    private final Trainer.Plan plan;
    private final Best best;
    private final Streak notBetter;
    private final RunSeries series = new RunSeries();
    private int epoch;
    private int batches;
    private boolean stopped;
    private boolean resumedEnd;

    TrainerRun(Loss loss, Optimiser optimiser, Trainer.Plan plan) {
        this.loss = loss;
        this.optimiser = optimiser;
        this.plan = plan;
        this.best = new Best(loss.model(), plan.restores());
        this.notBetter = plan.patience() == 0 ? null : new Streak("patience", plan.patience());
        if (plan.from() != null) {
            resume(plan.from());
        }
    }

    private void resume(TrainingState from) {
        epoch = from.epoch();
        resumedEnd = from.ended();
        series.resume(from);
        best.resume(from);
        if (notBetter != null) {
            notBetter.resume(epoch - best.epoch());
        }
    }

    History over(Iterable<Batch> data, int epochs) {
        try {
            boolean early = stops(data, epochs);
            return series.history(best.epoch(), early);
        } finally {
            best.restore();
        }
    }

    /** Whether something ended the run before its last epoch. */
    private boolean stops(Iterable<Batch> data, int epochs) {
        try {
            boolean ends = resumedEnd;
            resumeShuffling(data);
            while (epoch < epochs && !ends) {
                epoch++;
                ends = epoch(data);
                keep(data, ends, epoch == epochs);
            }
            return ends;
        } catch (Training.Stop stop) {
            return true;
        }
    }

    private void resumeShuffling(Iterable<Batch> data) {
        if (plan.from() != null && plan.from().shuffling() != null && data instanceof DataLoader loader) {
            loader.resumeShuffling(plan.from().shuffling());
        }
    }

    private void keep(Iterable<Batch> data, boolean ends, boolean isLast) {
        if (plan.checkpoint() != null && (ends || isLast || epoch % plan.everyEpochs() == 0)) {
            try {
                plan.checkpoint().write(optimiser, state(data, ends));
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }

    private TrainingState state(Iterable<Batch> data, boolean ends) {
        return new TrainingState(
                epoch,
                ends,
                series.named(),
                best.state(),
                best.epoch(),
                best.loss(),
                data instanceof DataLoader loader ? loader.shuffling() : null);
    }

    /** Runs an epoch; whether it is the last. */
    private boolean epoch(Iterable<Batch> data) {
        FlightEvents.Epoch event = new FlightEvents.Epoch();
        event.begin();
        long start = System.nanoTime();
        double mean = Pass.over(data, loss, optimiser, this);
        series.add(mean, System.nanoTime() - start);
        Validation.Result validation = validate();
        event.end(epoch, mean, validation.loss());
        boolean better = best.improves(epoch, validation.loss());
        if (!stopped) {
            tell(new Progress(loss.model(), epoch, batches, mean, validation.loss(), validation.metrics()));
        }
        return stopped || notBetter != null && notBetter.reached(!better);
    }

    private Validation.Result validate() {
        if (plan.validation() == null) {
            return Validation.NONE;
        }
        Validation.Result result = new Validation(plan.validation(), plan.metrics()).of(loss);
        series.add(result);
        return result;
    }

    private void tell(Progress progress) {
        plan.afterEpoch().forEach(callback -> callback.after(progress));
    }

    @Override
    public void after(int batch, double value) {
        if (!plan.afterBatch().isEmpty() && !Double.isNaN(value)) {
            tell(plan.afterBatch(), new Progress(loss.model(), epoch, batch, value));
        }
    }

    private static void tell(List<Callback> callbacks, Progress progress) {
        try {
            callbacks.forEach(callback -> callback.after(progress));
        } catch (Training.Skip skip) {
            // which is left already
        }
    }

    @Override
    public void ended(int begun, boolean byStop) {
        batches = begun;
        stopped = byStop;
    }

    @Override
    public DivergedException told(DivergedException diverged) {
        return diverged.in(epoch, series.history(best.epoch(), false), best.restorable());
    }
}
