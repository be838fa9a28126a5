package io.github.flux4j.learn;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Trained networks and all that they come from, whatever the targets mean.
 *
 * @param restarted why an earlier fit was not gone on with; null if it was, or none was given
 */
record Fit(EstimatorSettings settings, Prepared data, Outcome outcome, Duration elapsed, String restarted) {

    /** From the start. */
    static Fit of(EstimatorSettings settings, Prepared data, String restarted) {
        long start = System.nanoTime();
        Outcome outcome = joint(settings, data).train();
        return new Fit(settings, data, outcome, Duration.ofNanos(System.nanoTime() - start), restarted);
    }

    /** Goes on with an earlier one where that makes sense. */
    static Fit resumed(Earlier earlier, EstimatorSettings settings, Prepared data) {
        String why = Changes.thatRestart(earlier, settings, data);
        if (why != null) {
            return of(settings, data, why);
        }
        long start = System.nanoTime();
        Outcome outcome = joint(settings, data).resume(earlier.outcome());
        Duration elapsed = earlier.elapsed().plusNanos(System.nanoTime() - start);
        return new Fit(settings, data, outcome, elapsed, null);
    }

    /** What going on takes. */
    Earlier earlier() {
        return new Earlier(settings, data.fingerprint(), outcome, elapsed);
    }

    /**
     * What a fitted model keeps to be gone on with, without the rows.
     *
     * @param fingerprint of rows and columns
     */
    record Earlier(EstimatorSettings settings, long fingerprint, Outcome outcome, Duration elapsed) {}

    private static Joint joint(EstimatorSettings settings, Prepared data) {
        Thread owner = Thread.currentThread();
        BooleanSupplier stopping = owner::isInterrupted;
        Team team = data.team(settings);
        List<Member> members = team.members(settings.networks(data.learnt().count()), stopping);
        return new Joint(members, team.recipe(), settings.get(Setting.PROGRESS), stopping);
    }
}
