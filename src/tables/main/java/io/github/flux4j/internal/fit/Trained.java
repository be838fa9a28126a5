package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Trained networks and all that they come from, whatever the targets mean.
 *
 * @param restarted why an earlier fit was not gone on with; null if it was, or none was given
 */
public record Trained(EstimatorSettings settings, Prepared data, Outcome outcome, Duration elapsed, String restarted) {

    /** From the start. */
    public static Trained of(EstimatorSettings settings, Prepared data, String restarted) {
        long start = System.nanoTime();
        Outcome outcome = joint(settings, data).train();
        return new Trained(settings, data, outcome, Duration.ofNanos(System.nanoTime() - start), restarted);
    }

    /** Goes on with an earlier one where that makes sense. */
    public static Trained resumed(Earlier earlier, EstimatorSettings settings, Prepared data) {
        String why = Restart.thatRestart(earlier, settings, data);
        if (why != null) {
            return of(settings, data, why);
        }
        long start = System.nanoTime();
        Outcome outcome = joint(settings, data).resume(earlier.outcome());
        Duration elapsed = earlier.elapsed().plusNanos(System.nanoTime() - start);
        return new Trained(settings, data, outcome, elapsed, null);
    }

    /** What going on takes. */
    public Earlier earlier() {
        return new Earlier(settings, data.fingerprint(), outcome, elapsed);
    }

    /**
     * What a fitted model keeps to be gone on with, without the rows.
     *
     * @param fingerprint of rows and columns
     */
    public record Earlier(EstimatorSettings settings, long fingerprint, Outcome outcome, Duration elapsed) {}

    private static Joint joint(EstimatorSettings settings, Prepared data) {
        Thread owner = Thread.currentThread();
        BooleanSupplier stopping = owner::isInterrupted;
        Team team = Team.of(settings, data);
        List<Member> members = team.members(settings.networks(data.learnt().count()), stopping);
        return new Joint(members, team.recipe(), settings.get(EstimatorSetting.PROGRESS), stopping);
    }
}
