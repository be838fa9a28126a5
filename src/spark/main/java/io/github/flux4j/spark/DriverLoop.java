package io.github.flux4j.spark;

import io.github.flux4j.io.Checkpoint;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.train.Checkpoints.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The driver's part of a fit: epochs of steps, checkpoints, where it stands. For one thread. */
final class DriverLoop {

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

    DriverLoop(Cluster cluster, Optimiser optimiser, Plan plan, Pace pace) {
        this.cluster = cluster;
        this.optimiser = optimiser;
        this.plan = plan;
        this.pace = pace;
    }

    /** The mean loss of each epoch's rows, each before its step's update. */
    double[] go() {
        resume();
        while (losses.size() < plan.epochs()) {
            epoch();
        }
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void epoch() {
        if (step == 0) {
            optimiser.beginEpoch();
        }
        while (step < plan.stepsOfEpoch()) {
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
        if (plan.checkpoint() != null && losses.size() == plan.epochs()) {
            write();
        }
    }

    private Share round(Round round) {
        boolean isLocal = plan.localSteps() > 1;
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

    private void step(NumberArray gradient, Round round) {
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
        if (plan.checkpoint() != null && sinceCheckpoint >= plan.everySteps()) {
            write();
        }
    }

    private void write() {
        sinceCheckpoint = 0;
        Map<String, List<Double>> series = new LinkedHashMap<>();
        series.put(PLACE, List.of((double) step, sum, (double) rows));
        series.put(LOSSES, losses);
        try {
            Checkpoint.write(
                    optimiser,
                    new TrainingState(losses.size(), false, series, null, 0, Double.POSITIVE_INFINITY, null, plan.of()),
                    plan.checkpoint());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void resume() {
        if (plan.checkpoint() == null || !Files.exists(plan.checkpoint())) {
            return;
        }
        try {
            Checkpoint checkpoint = Checkpoint.read(plan.checkpoint());
            plan.requireSame(checkpoint.training().plan());
            goTo(checkpoint.training().series());
            checkpoint.into(optimiser);
            pace.tell(where());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void goTo(Map<String, List<Double>> series) {
        List<Double> place = series.getOrDefault(PLACE, List.of());
        if (place.size() != 3 || !series.containsKey(LOSSES)) {
            throw new IllegalArgumentException(
                    plan.checkpoint() + " doesn't say where its run stands; give another file to begin anew");
        }
        step = place.get(0).intValue();
        sum = place.get(1);
        rows = place.get(2).longValue();
        losses.addAll(series.get(LOSSES));
        plan.requireReached(losses.size() + (step > 0 ? 1 : 0));
    }

    private String where() {
        return losses.size() == plan.epochs()
                ? plan.checkpoint() + " is of a finished run; its model is given back as it is"
                : "goes on from " + plan.checkpoint() + " at epoch " + (losses.size() + 1) + " of " + plan.epochs();
    }
}
