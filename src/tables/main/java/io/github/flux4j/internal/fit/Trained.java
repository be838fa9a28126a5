package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.fit.Epoch;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.layers.Layer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Trained networks and all that they come from, whatever the targets mean.
 *
 * @param division which rows each held out; null if none, or validation rows are
 * @param outcome of the networks that were judged
 * @param networks that predict: the same ones, or of judges that saw earlier rows alone, others of all rows
 * @param without what else it comes from, which the table and settings don't have; empty for nothing
 * @param restarted why an earlier fit was not gone on with; null if it was, or none was given
 * @param straight the linear models of the same rows; null if none were needed yet
 * @param choice of networks or a line, in words; empty if there was none
 */
public record Trained(
        EstimatorSettings settings,
        Prepared data,
        Division division,
        Outcome outcome,
        List<Layer> networks,
        Duration elapsed,
        String without,
        String restarted,
        Straight straight,
        String choice) {

    private static final String WENT_ON = "an earlier model, which it went on from";

    /** From the start. */
    public static Trained of(EstimatorSettings settings, Prepared data, String restarted) {
        return of(settings, data, restarted, null, Joint::train);
    }

    /** From these networks on, with other rows. */
    public static Trained from(List<Layer> networks, EstimatorSettings settings, Prepared data) {
        long start = System.nanoTime();
        Stop stop = new Stop(settings.get(EstimatorSetting.TIME_LIMIT));
        Trained fit = networks(settings, data, Team.of(settings, data).from(networks), Joint::train, stop);
        return new Trained(
                settings,
                data,
                fit.division,
                fit.outcome,
                fit.networks,
                Duration.ofNanos(System.nanoTime() - start),
                WENT_ON,
                null,
                null,
                "");
    }

    /** Goes on with an earlier one where that makes sense. */
    public static Trained resumed(Earlier earlier, EstimatorSettings settings, Prepared data) {
        String why = Restart.thatRestart(earlier, settings, data);
        return why != null
                ? of(settings, data, why)
                : of(settings, data, null, earlier, joint -> joint.resume(earlier.outcome()));
    }

    /** Networks, a line, or both. */
    private static Trained of(
            EstimatorSettings settings,
            Prepared data,
            String restarted,
            Earlier before,
            Function<Joint, Outcome> training) {
        long start = System.nanoTime();
        Team team = Team.of(settings, data);
        Stop stop = new Stop(settings.get(EstimatorSetting.TIME_LIMIT));
        String line = settings.line();
        boolean decides = line.equals("automatic") && team.division() != null;
        boolean isLate =
                decides && data.goal() instanceof Classes; // whose lines take their time, and are beside no networks
        Straight straight = line.equals("without") || isLate ? null : Straight.of(settings, data, team.division());
        Choice choice = decides && !isLate ? new Choice(straight, settings.get(EstimatorSetting.TIME) != null) : null;
        if (line.equals("alone") || choice != null && choice.isExact()) {
            return straight.trained(
                    settings, team.division(), restarted, start, choice == null ? "" : choice.ofExact());
        }
        boolean isBeside = line.equals("with") || choice != null && choice.isBeside(team, stop);
        Trained fit = isBeside
                ? networks(settings, straight.data(), team.beside(straight), training, stop)
                : networks(settings, data, team, training, stop);
        if (isLate && !fit.outcome.isCutShort()) {
            straight = Straight.of(settings, data, team.division());
            choice = new Choice(straight, settings.get(EstimatorSetting.TIME) != null);
        }
        List<LeftOut.Kept> kept = fit.outcome.leftOut();
        if (choice != null && !fit.outcome.isCutShort() && choice.isAlone(isBeside, kept)) {
            return straight.trained(settings, team.division(), restarted, start, choice.ofLine(kept));
        }
        Duration elapsed = (before == null ? Duration.ZERO : before.elapsed()).plusNanos(System.nanoTime() - start);
        return new Trained(
                settings,
                fit.data,
                fit.division,
                fit.outcome,
                fit.networks,
                elapsed,
                before == null ? "" : WENT_ON,
                restarted,
                straight,
                choice == null || fit.outcome.isCutShort() ? "" : choice.ofNetworks(isBeside, kept));
    }

    /** Networks, and of judges that saw earlier rows alone, others of all rows. */
    private static Trained networks(
            EstimatorSettings settings, Prepared data, Team team, Function<Joint, Outcome> training, Stop stop) {
        Consumer<? super Epoch> progress = settings.get(EstimatorSetting.PROGRESS);
        List<Member> members = team.members(settings.networks(data.learnt().count()));
        boolean sawEarlierRows = team.division() != null && settings.get(EstimatorSetting.TIME) != null;
        double again = sawEarlierRows
                ? (double) data.learnt().count()
                        * members.size()
                        / members.stream().mapToInt(Member::rows).sum()
                : 0;
        Stop first = stop.after(1 / (1 + 1.2 * again)); // leaves time for what is trained anew
        Outcome outcome = training.apply(new Joint(members, team.recipe(), progress, first, again));
        List<Layer> networks = outcome.networks();
        if (sawEarlierRows && outcome.ending() != Ending.INTERRUPTED) {
            Recipe all = team.recipe().all(outcome.bestEpoch());
            Stop last = outcome.bestEpoch() == 1 && outcome.standings().isEmpty() ? stop : new Stop(null);
            Outcome ofAll = new Joint(team.ofAllRows(all, networks.size()), all, progress, last).train();
            networks = ofAll.isCutShort() ? networks : ofAll.networks();
            outcome = ofAll.isCutShort() ? outcome.ended(ofAll.ending()) : outcome;
        }
        return new Trained(settings, data, team.division(), outcome, networks, Duration.ZERO, "", null, null, "");
    }

    /** What networks trained in another way, at most so many of them, say of what they hold out; null if the time is over, or they diverge. */
    public Outcome tried(EstimatorSettings otherwise, Prepared rows, int most) {
        Team team = Team.of(otherwise, rows);
        boolean isBeside = straight != null && straight.isIn(this);
        return (isBeside ? team.beside(Straight.of(otherwise, rows, team.division())) : team)
                .tried(most, new Stop(timeLeft()));
    }

    /** The linear models of its rows. */
    Straight lines() {
        return straight != null ? straight : Straight.of(settings, data, division);
    }

    /** What the limit leaves for judging, a second at least; null without one. */
    public Duration timeLeft() {
        Duration limit = settings.get(EstimatorSetting.TIME_LIMIT);
        Duration left = limit == null ? null : limit.minus(elapsed);
        return left == null || left.toSeconds() > 0 ? left : Duration.ofSeconds(1);
    }

    /** Whether it is worth to try other settings on some of its networks: several held out rows by chance, none was cut short, and comparisons are wanted. */
    public boolean mayBeTriedAgain() {
        return settings.get(EstimatorSetting.YARDSTICK)
                && !settings.isDivided()
                && !outcome.isCutShort()
                && outcome.bestEpoch() > 0
                && division != null
                && division.splits().size() > 1;
    }

    /** Whether the networks that predict are others than those that were judged. */
    public boolean isOfAllRows() {
        return networks != outcome.networks();
    }

    /** The same with other networks to predict, and what else they come from. */
    public Trained with(List<Layer> others, String origin) {
        return new Trained(settings, data, division, outcome, others, elapsed, origin, restarted, straight, choice);
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
}
