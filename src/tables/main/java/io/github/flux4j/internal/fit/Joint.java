package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.fit.Epoch;
import io.github.flux4j.internal.threads.ParallelLoop;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.train.DivergedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Networks that advance one epoch at a time, all together. The sum of their losses on what each leaves out decides which epoch is best for all: one
 * network's share of the rows is too small to tell, all shares together are every row once. Members are shared among the threads that the caller
 * may use, each on one; the answer is the same for any number.
 */
final class Joint {

    private final List<Member> members;
    private final Recipe recipe;
    private final Consumer<? super Epoch> progress;
    private final BooleanSupplier stopping;
    private final int leftOutRows;
    private final boolean decides;
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> leftOutLosses = new ArrayList<>();
    private final List<Duration> durations = new ArrayList<>();
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private int epoch;

    /**
     * Ready to start.
     *
     * @param stopping ends training, cleanly and soon
     */
    Joint(List<Member> members, Recipe recipe, Consumer<? super Epoch> progress, BooleanSupplier stopping) {
        this.members = members;
        this.recipe = recipe;
        this.progress = progress;
        this.stopping = stopping;
        this.leftOutRows =
                members.stream().mapToInt(member -> member.leftOut().count()).sum();
        this.decides = recipe.patience() > 0 && leftOutRows > 0;
    }

    /** From the start. */
    Outcome train() {
        forAll(Member::begin);
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
            throw new ArithmeticException(
                    "the loss on the held-out rows, " + recipe.loss()
                            + ", was finite after no epoch; look for extreme values in the data, or take a smaller learning rate");
        }
        return outcome(ending);
    }

    /** Null to go on. */
    private Ending next() {
        epoch++;
        long start = System.nanoTime();
        forAll(member -> member.advance(epoch));
        long nanos = System.nanoTime() - start;
        if (members.stream().anyMatch(member -> member.failure() != null)) {
            return diverged();
        }
        if (!isCut() || bestEpoch == 0) { // else the epoch isn't needed
            durations.add(Duration.ofNanos(nanos));
            note();
            tell(nanos);
        }
        if (isCut() || stopping.getAsBoolean()) {
            return Ending.INTERRUPTED;
        }
        return isOutOfPatience() ? Ending.PATIENCE : null;
    }

    private boolean isCut() {
        return members.stream().anyMatch(Member::wasCut);
    }

    private boolean isOutOfPatience() {
        return decides && epoch - bestEpoch >= recipe.patience();
    }

    private void forAll(Consumer<Member> action) {
        new ParallelLoop((i, n, thread) -> action.accept(members.get(i)))
                .run(members.size(), Math.min(Threads.limit(), members.size()));
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

    private void tell(long nanos) {
        long rows = members.stream().mapToLong(Member::rows).sum();
        double leftOut = leftOutRows == 0 ? Double.NaN : leftOutLosses.get(leftOutLosses.size() - 1);
        progress.accept(new Epoch(
                epoch,
                recipe.epochs(),
                losses.get(losses.size() - 1),
                leftOut,
                bestEpoch,
                decides ? bestLoss : Double.NaN,
                rows,
                nanos,
                durations.stream().mapToLong(Duration::toNanos).sum()));
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
