package io.github.flux4j.spark;

import io.github.flux4j.io.Checkpoint;
import io.github.flux4j.train.TrainingState;
import io.github.flux4j.optimise.Optimiser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The driver's part of a fit: epochs of steps, checkpoints, where it stands. For one thread. */
final class Run {

    private static final String PLAN = "plan";
    private static final String PLACE = "place";
    private static final String LOSSES = "loss";

    private final Cluster cluster;
    private final Optimiser optimiser;
    private final Plan plan;
    private final Pace pace;
    private final List<Double> losses = new ArrayList<>();
    private int step;
    private int sinceCheckpoint;
    private long rows;
    private double sum;

    /**
     * How far it goes, and of what.
     *
     * @param checkpoint null for none
     * @param everySteps between checkpoints
     * @param rows of each partition, of which a run that goes on must have the same
     */
    record Plan(
            long seed,
            int epochs,
            int stepsOfEpoch,
            int localSteps,
            Path checkpoint,
            int everySteps,
            List<Integer> rows) {

        Round round(int epoch, int first) {
            return new Round(seed, epoch, first, Math.min(localSteps, stepsOfEpoch - first), stepsOfEpoch);
        }

        List<Double> numbers() {
            return List.of(
                    (double) (seed >>> 32),
                    (double) (seed & 0xffffffffL),
                    (double) stepsOfEpoch,
                    (double) localSteps,
                    (double) rows.hashCode());
        }
    }

    Run(Cluster cluster, Optimiser optimiser, Plan plan, Pace pace) {
        this.cluster = cluster;
        this.optimiser = optimiser;
        this.plan = plan;
        this.pace = pace;
    }

    /** The mean loss of each epoch's rows, each before its step's update. */
    double[] go() {
        resume();
        while (losses.size() < plan.epochs) {
            epoch();
        }
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void epoch() {
        if (step == 0) {
            optimiser.beginEpoch();
        }
        while (step < plan.stepsOfEpoch) {
            Round round = plan.round(losses.size(), step);
            long begin = System.nanoTime();
            Share share = round(round);
            step += round.steps();
            rows += share.rows();
            sum += share.loss() * share.rows();
            pace.after(round, share, System.nanoTime() - begin);
            checkpoint(round.steps());
        }
        losses.add(sum / rows);
        step = 0;
        rows = 0;
        sum = 0;
        if (plan.checkpoint != null && losses.size() == plan.epochs) {
            write();
        }
    }

    private Share round(Round round) {
        boolean isLocal = plan.localSteps > 1;
        INDArray parameters = optimiser.model().flatParameters();
        Share share = isLocal ? cluster.localSteps(parameters, round) : cluster.gradient(parameters, round);
        if (share.rows() > 0) { // there may be partitions of fewer rows than steps
            requireFinite(share.loss(), round);
            if (isLocal) {
                IntStream.range(0, share.mean().length())
                        .forEach(i -> requireFinite(share.mean().get(i), round));
                share.mean().into(parameters);
            } else {
                step(share.mean(), round);
            }
        }
        return share;
    }

    private void step(Numbers gradient, Round round) {
        gradient.into(optimiser.gradientBuffer());
        try {
            optimiser.step(optimiser.gradientBuffer());
        } catch (ArithmeticException e) {
            throw diverged(e.getMessage(), round);
        }
    }

    private void requireFinite(double number, Round round) {
        if (!Double.isFinite(number)) {
            throw diverged("loss became " + number, round);
        }
    }

    private ArithmeticException diverged(String what, Round round) {
        return new ArithmeticException(what + " at step " + (round.first() + 1) + " of epoch " + (round.epoch() + 1)
                + " with " + optimiser.rule() + ". Try a smaller learning rate or scale the features");
    }

    private void checkpoint(int steps) {
        sinceCheckpoint += steps;
        if (plan.checkpoint != null && sinceCheckpoint >= plan.everySteps) {
            write();
        }
    }

    private void write() {
        sinceCheckpoint = 0;
        Map<String, List<Double>> series = new LinkedHashMap<>();
        series.put(PLAN, plan.numbers());
        series.put(PLACE, List.of((double) step, sum, (double) rows));
        series.put(LOSSES, losses);
        try {
            Checkpoint.write(
                    optimiser,
                    new TrainingState(losses.size(), false, series, null, 0, Double.POSITIVE_INFINITY, null),
                    plan.checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void resume() {
        if (plan.checkpoint == null || !Files.exists(plan.checkpoint)) {
            return;
        }
        try {
            Checkpoint checkpoint = Checkpoint.read(plan.checkpoint);
            requireSame(checkpoint.training().series().get(PLAN));
            checkpoint.into(optimiser);
            goTo(checkpoint.training().series());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void requireSame(List<Double> numbers) {
        if (!plan.numbers().equals(numbers)) {
            throw new IllegalArgumentException(plan.checkpoint + " is of a run with other rows, partitions, batch size,"
                    + " local steps or seed; give it those again, or another file to begin anew");
        }
    }

    private void goTo(Map<String, List<Double>> series) {
        step = series.get(PLACE).get(0).intValue();
        sum = series.get(PLACE).get(1);
        rows = series.get(PLACE).get(2).longValue();
        losses.addAll(series.get(LOSSES));
    }
}
