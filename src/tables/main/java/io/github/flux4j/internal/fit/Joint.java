package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.fit.Epoch;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.events.FlightEvents;
import io.github.flux4j.internal.threads.ParallelLoop;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.train.DivergedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Networks that advance one epoch at a time, all together. The sum of their losses on what each leaves out decides which epoch is best for all: one
 * network's share of the rows is too small to tell, all shares together are every row once. Members are shared among the threads that the caller
 * may use, each on one; the answer is the same for any number.
 */
final class Joint {

    private static final double AT_FIRST = 0.1;

    /** How long nothing is told within an epoch. */
    private static final long SILENCE = 1_000_000_000;

    private final List<Member> members;
    private final Recipe recipe;
    private final Consumer<? super Epoch> progress;
    private final Stop stop;
    private final double again;
    private final Thread owner = Thread.currentThread();
    private final int threads;
    private final AtomicInteger begun = new AtomicInteger();
    private final int leftOutRows;
    private final boolean decides;
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> leftOutLosses = new ArrayList<>();
    private final List<Duration> durations = new ArrayList<>();
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private int epoch;
    private FlightEvents.Epoch event;
    private long start;
    private long told;

    /** Ready to start, with nothing to follow. */
    Joint(List<Member> members, Recipe recipe, Consumer<? super Epoch> progress, Stop stop) {
        this(members, recipe, progress, stop, 0);
    }

    /**
     * Ready to start.
     *
     * @param stop ends training, cleanly and soon
     * @param again what training anew up to the best epoch will take, in times of what these took for it
     */
    Joint(List<Member> members, Recipe recipe, Consumer<? super Epoch> progress, Stop stop, double again) {
        this.members = members;
        this.recipe = recipe;
        this.progress = progress;
        this.stop = stop;
        this.again = again;
        this.threads = Math.min(Threads.limit(), members.size());
        this.leftOutRows =
                members.stream().mapToInt(member -> member.leftOut().count()).sum();
        this.decides = recipe.patience() > 0 && leftOutRows > 0;
    }

    /** From the start. */
    Outcome train() {
        forAll(this::begin);
        note();
        return run();
    }

    /** From where an earlier training of the same members ended, unless it ended for good. */
    Outcome resume(Outcome earlier) {
        for (int i = 0; i < members.size(); i++) {
            members.get(i).resume(earlier, i);
        }
        losses.addAll(earlier.losses());
        leftOutLosses.addAll(earlier.leftOutLosses());
        durations.addAll(earlier.epochs());
        epoch = durations.size();
        bestEpoch = decides ? earlier.bestEpoch() : 0;
        bestLoss = decides ? leftOutLosses.get(bestEpoch) : bestLoss;
        return run();
    }

    private Outcome run() {
        Ending ending = null;
        while (ending == null) {
            ending = epoch < recipe.epochs() ? next() : Ending.LAST_EPOCH;
        }
        if (decides && bestEpoch == 0) {
            throw new ArithmeticException("the loss on the held-out rows, " + recipe.loss()
                    + ", was never finite; look for extreme values in the data, or lower the learning rate");
        }
        return outcome(ending);
    }

    /** Null to go on. */
    private Ending next() {
        epoch++;
        event = new FlightEvents.Epoch();
        event.begin();
        start = System.nanoTime();
        told = start;
        members.forEach(member -> member.until(() -> isDue(stop)));
        forAll(this::advance);
        long nanos = System.nanoTime() - start;
        if (members.stream().anyMatch(member -> member.failure() != null)) {
            return diverged();
        }
        if (!isCut() || bestEpoch == 0) { // else the epoch isn't needed
            durations.add(Duration.ofNanos(nanos));
            note();
            tell(nanos, 1);
        }
        if (isCut() || stop.isDue()) {
            return stop.why() == Ending.INTERRUPTED ? Ending.INTERRUPTED : Ending.TIME_LIMIT;
        }
        return isOutOfPatience() ? Ending.PATIENCE : null;
    }

    /** A tenth of the time at most, of which each has its share. */
    private void begin(Member member) {
        member.until(stop.after(AT_FIRST / members.size())::isDue);
        member.begin();
    }

    /** In the first epoch, each has its share of the time: else the last ones would learn nothing. */
    private void advance(Member member) {
        if (epoch == 1) {
            int rest = members.size() - begun.getAndIncrement();
            Stop turn = stop.after(Math.min(1, (double) threads / rest));
            member.until(() -> isDue(turn));
        }
        member.advance(epoch);
    }

    /** Asked before each batch. */
    private boolean isDue(Stop turn) {
        long now = System.nanoTime();
        if (now - told >= SILENCE && Thread.currentThread() == owner) {
            told = now;
            double share = members.stream().mapToDouble(Member::done).average().orElseThrow();
            Randomness.within(
                    0,
                    () -> { // the network's own chance stays as it is
                        tell(now - start, share);
                        return null;
                    });
        }
        return turn.isDue();
    }

    private boolean isCut() {
        return members.stream().anyMatch(Member::wasCut);
    }

    private boolean isOutOfPatience() {
        return decides && epoch - bestEpoch >= recipe.patience();
    }

    private void forAll(Consumer<Member> action) {
        new ParallelLoop((i, n, thread) -> action.accept(members.get(i))).run(members.size(), threads);
    }

    private void note() {
        losses.add(members.stream().mapToDouble(Member::meanLoss).average().orElseThrow());
        if (leftOutRows == 0) {
            return;
        }
        double sum = members.stream().mapToDouble(Member::leftOutLoss).sum();
        double loss = sum / leftOutRows;
        leftOutLosses.add(loss);
        if (decides && epoch > 0) {
            boolean isAlone = members.size() == 1;
            members.forEach(member -> member.leftOut().keep(isAlone ? sum : sum - member.leftOutLoss()));
        }
        if (decides && epoch > 0 && loss < bestLoss) {
            bestLoss = loss;
            bestEpoch = epoch;
            members.forEach(Member::keep);
        }
    }

    private void tell(long nanos, double share) {
        boolean isWhole = share == 1;
        if (isWhole) {
            double heldOut = leftOutRows > 0 ? leftOutLosses.get(leftOutLosses.size() - 1) : Double.NaN;
            event.end(epoch, losses.get(losses.size() - 1), heldOut);
        }
        double rows = share * members.stream().mapToLong(Member::rows).sum();
        long before = durations.stream().mapToLong(Duration::toNanos).sum();
        progress.accept(new Epoch(
                epoch,
                recipe.epochs(),
                isWhole ? losses.get(losses.size() - 1) : Double.NaN,
                isWhole && leftOutRows > 0 ? leftOutLosses.get(leftOutLosses.size() - 1) : Double.NaN,
                bestEpoch,
                decides ? bestLoss : Double.NaN,
                Math.round(rows),
                nanos,
                isWhole ? before : before + nanos,
                share,
                left(nanos, share)));
    }

    private Duration left(long nanos, double share) {
        int patience = decides ? recipe.patience() : 0;
        double epochs = new Course(leftOutLosses, bestEpoch, patience, recipe.epochs()).epochs(durations.size());
        double pace = durations.isEmpty() ? nanos / Math.max(share, 1e-3) : Course.nanos(durations);
        double rest = Math.max(0, epochs - (epoch - 1 + share)) + again * (epochs - patience);
        return Duration.ofNanos((long) Math.min(rest * pace, Math.max(0, stop.nanosLeft())));
    }

    /** What was best before stays; without such an epoch there is nothing to give. */
    private Ending diverged() {
        if (bestEpoch > 0) {
            return Ending.DIVERGED;
        }
        int first = 0;
        while (members.get(first).failure() == null) {
            first++;
        }
        DivergedException cause = members.get(first).failure();
        throw new ArithmeticException("the fit diverged in epoch " + epoch + ", network " + (first + 1) + " of "
                + members.size() + ": " + cause.getMessage());
    }

    private Outcome outcome(Ending ending) {
        List<Member.Standing> standings =
                isCut() ? List.of() : members.stream().map(Member::standing).toList();
        if (!decides) {
            members.forEach(Member::keep);
            members.forEach(member -> member.leftOut().keep(-epoch)); // the last counts
        }
        return new Outcome(
                members.stream().map(Member::best).toList(),
                members.stream().map(member -> member.leftOut().kept()).toList(),
                List.copyOf(losses),
                List.copyOf(leftOutLosses),
                decides ? bestEpoch : durations.size(),
                List.copyOf(durations),
                ending,
                standings);
    }
}
