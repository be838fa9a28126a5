package io.github.flux4j.optimise;

import io.github.flux4j.values.Parts;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * How a hyper-parameter, most often a learning rate, changes as training goes on: its value at step (or epoch) t = 1, 2, 3, …
 *
 * <p>Those of ParameterSchedulers.jl are made here, with its formulas. Any function of t is one too, so those that it builds with
 * {@code ComposedSchedule} are lambdas: {@code t -> sin(0, decaying.at(t), 10).at(t)}.
 *
 * <pre>{@code
 * Schedule warmUpThenDecay = Schedule.sequence(
 *         Schedule.triangle(0, 0.1, 20).during(10), Schedule.exp(0.1, 0.95).during(90));
 * }</pre>
 *
 * <p>Those made here throw {@link IllegalArgumentException} if made with a number that is not finite, a negative decay or a period, size or
 * count below 1, if asked for t below 1, and for a t at which the value is not finite.
 */
@FunctionalInterface
public interface Schedule {

    /** The value at {@code t}, which counts from 1. */
    double at(int t);

    /**
     * The schedule that a text names: {@code exp(0.1, 0.95)}, or {@code sequence(during(triangle(0, 0.1, 20), 10), during(exp(0.1, 0.95), 90))}.
     * The names are those of this interface, with their arguments by place or by name.
     *
     * @throws IllegalArgumentException if it names none, or an argument is missing or refused
     */
    static Schedule parse(String text) {
        return parse(text, Parts.NONE);
    }

    /** As {@link #parse(String)}, of a text that may name schedules of the reader's own. */
    static Schedule parse(String text, Parts parts) {
        return ScheduleVocabulary.SCHEDULES.read(text, parts);
    }

    /**
     * The text from which {@link #parse(String)} makes an equal schedule.
     *
     * @throws IllegalArgumentException if it isn't made here, as a lambda isn't, and isn't {@link io.github.flux4j.values.Described} either
     */
    default String text() {
        return ScheduleVocabulary.SCHEDULES.call(this).toString();
    }

    /** This schedule for so many steps of a {@link #sequence}. */
    default Stage during(int steps) {
        return new Stage(this, steps);
    }

    /** A schedule and how many steps of a {@link #sequence} follow it. */
    record Stage(Schedule schedule, int steps) {

        public Stage {
            Objects.requireNonNull(schedule, "schedule is null");
            Checks.atLeastOne("steps", steps);
        }

        @Override
        public String toString() {
            return schedule + " => " + steps;
        }
    }

    /** Always {@code value}. */
    static Schedule constant(double value) {
        return NamedSchedule.of("Constant", step -> value, value);
    }

    /** {@code start · decayⁱ}, where i counts the stretches of {@code size} steps behind t. */
    static Schedule step(double start, double decay, int size) {
        Checks.notNegative("decay", decay);
        Checks.atLeastOne("size", size);
        return NamedSchedule.of("Step", step -> start * StrictMath.pow(decay, step / size), start, decay, size);
    }

    /** {@code start · decayⁱ}, where i counts the given stretches of steps behind t; after the last it stays as it is. */
    static Schedule step(double start, double decay, int... sizes) {
        Checks.notNegative("decay", decay);
        Checks.atLeastOne("the number of sizes", Objects.requireNonNull(sizes, "sizes is null").length);
        Arrays.stream(sizes).forEach(size -> Checks.atLeastOne("sizes", size));
        long[] ends = Arrays.stream(sizes).asLongStream().toArray();
        Arrays.parallelPrefix(ends, Long::sum);
        return NamedSchedule.of(
                "Step",
                step -> start
                        * StrictMath.pow(
                                decay,
                                Arrays.stream(ends).filter(end -> step >= end).count()),
                start,
                decay,
                Arrays.stream(sizes).boxed().toList());
    }

    /** {@code start · decay^(t − 1)}. */
    static Schedule exp(double start, double decay) {
        Checks.notNegative("decay", decay);
        return NamedSchedule.of("Exp", step -> start * StrictMath.pow(decay, step), start, decay);
    }

    /** {@code start · (1 − (t − 1)/maxIter)^degree}, for t up to {@code maxIter}; beyond, an {@link IllegalArgumentException}. */
    static Schedule poly(double start, double degree, int maxIter) {
        Checks.atLeastOne("maxIter", maxIter);
        return NamedSchedule.of(
                        "Poly",
                        step -> start * StrictMath.pow(1 - step / (double) maxIter, degree),
                        start,
                        degree,
                        maxIter)
                .until(maxIter);
    }

    /** {@code start / (1 + (t − 1)·decay)^degree}. */
    static Schedule inv(double start, double decay, double degree) {
        Checks.notNegative("decay", decay);
        return NamedSchedule.of("Inv", step -> start / StrictMath.pow(1 + step * decay, degree), start, decay, degree);
    }

    /** From the lower to the higher of l0 and l1 and back, linearly: {@code min + |l0 − l1|·(2/π)·|asin(sin(π(t − 1)/period))|}. */
    static Schedule triangle(double l0, double l1, int period) {
        Checks.atLeastOne("period", period);
        return NamedSchedule.of(
                "Triangle", step -> Waves.between(l0, l1, Waves.triangle(step, period)), l0, l1, period);
    }

    /** {@link #triangle} with half the amplitude each further period. */
    static Schedule triangleDecay2(double l0, double l1, int period) {
        Checks.atLeastOne("period", period);
        return NamedSchedule.of(
                "TriangleDecay2",
                step -> Waves.between(l0, l1, Waves.triangle(step, period) * Waves.halving(step, period)),
                l0,
                l1,
                period);
    }

    /** {@link #triangle} with its amplitude times {@code decay^(t − 1)}. */
    static Schedule triangleExp(double l0, double l1, int period, double decay) {
        Checks.notNegative("decay", decay);
        Checks.atLeastOne("period", period);
        return NamedSchedule.of(
                "TriangleExp",
                step -> Waves.between(l0, l1, Waves.triangle(step, period) * StrictMath.pow(decay, step)),
                l0,
                l1,
                period,
                decay);
    }

    /** From the lower to the higher of l0 and l1 and back: {@code min + |l0 − l1|·|sin(π(t − 1)/period)|}. */
    static Schedule sin(double l0, double l1, int period) {
        Checks.atLeastOne("period", period);
        return NamedSchedule.of("Sin", step -> Waves.between(l0, l1, Waves.sin(step, period)), l0, l1, period);
    }

    /** {@link #sin} with half the amplitude each further period. */
    static Schedule sinDecay2(double l0, double l1, int period) {
        Checks.atLeastOne("period", period);
        return NamedSchedule.of(
                "SinDecay2",
                step -> Waves.between(l0, l1, Waves.sin(step, period) * Waves.halving(step, period)),
                l0,
                l1,
                period);
    }

    /** {@link #sin} with its amplitude times {@code decay^(t − 1)}. */
    static Schedule sinExp(double l0, double l1, int period, double decay) {
        Checks.notNegative("decay", decay);
        Checks.atLeastOne("period", period);
        return NamedSchedule.of(
                "SinExp",
                step -> Waves.between(l0, l1, Waves.sin(step, period) * StrictMath.pow(decay, step)),
                l0,
                l1,
                period,
                decay);
    }

    /** {@link #cosAnneal(double, double, int, boolean)} with restarts. */
    static Schedule cosAnneal(double l0, double l1, int period) {
        return cosAnneal(l0, l1, period, true);
    }

    /**
     * From the higher of l0 and l1 down to (almost) the lower: {@code min + |l0 − l1|·(1 + cos(π·u/period))/2} (Loshchilov and Hutter
     * 2017).
     *
     * @param restart whether each period starts at the top again, {@code u = (t − 1) mod period}, or the wave swings back up,
     *     {@code u = t − 1}
     */
    static Schedule cosAnneal(double l0, double l1, int period, boolean restart) {
        Checks.atLeastOne("period", period);
        return NamedSchedule.of(
                "CosAnneal",
                step -> Waves.between(l0, l1, Waves.cos(restart ? step % period : step, period)),
                l0,
                l1,
                period,
                restart);
    }

    /** {@link #oneCycle(int, double, double, double, double)} from {@code max/25} to {@code max/10⁵}, warming up for a quarter. */
    static Schedule oneCycle(int steps, double max) {
        return oneCycle(steps, max, max / 25, max / 1e5, 0.25);
    }

    /**
     * Up from {@code start} to {@code max} and down to (almost) {@code end}, both along half a cosine (Smith and Topin 2018); beyond
     * {@code steps}, an {@link IllegalArgumentException}.
     *
     * @param warmUp the share of the steps that go up, from 0 to 1; rounded up to a whole step
     */
    static Schedule oneCycle(int steps, double max, double start, double end, double warmUp) {
        Checks.atLeastOne("steps", steps);
        if (!(warmUp >= 0 && warmUp <= 1)) {
            throw new IllegalArgumentException("warmUp is a share of the steps, from 0 to 1, but was " + warmUp);
        }
        int up = (int) Math.ceil(warmUp * steps);
        int down = steps - up;
        return NamedSchedule.of(
                        "OneCycle",
                        step -> step < up
                                ? Waves.between(start, max, Waves.cos(step + up, up))
                                : Waves.between(max, end, Waves.cos(step - up, down)),
                        steps,
                        max,
                        start,
                        end,
                        warmUp)
                .until(steps);
    }

    /** One schedule after the other, each counting from its own t = 1; the last goes on beyond its steps. */
    static Schedule sequence(Stage... stages) {
        List<Stage> all = List.of(stages);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a sequence needs at least one stage: sequence(schedule.during(10), …)");
        }
        return NamedSchedule.of("Sequence", step -> inSequence(all::get, all.size() - 1, step), (Object[]) stages);
    }

    /**
     * As {@link #sequence(Stage...)} of stages without end, the i-th for i = 0, 1, 2, …, such as warm restarts that grow longer:
     * {@code sequence(i -> cosAnneal(0, 0.1, 10 << i).during(10 << i))}. It has no text.
     */
    static Schedule sequence(IntFunction<Stage> stages) {
        Objects.requireNonNull(stages, "stages is null");
        return t -> inSequence(stages, Integer.MAX_VALUE, t - 1);
    }

    private static double inSequence(IntFunction<Stage> stages, int last, int step) {
        int i = 0;
        int behind = 0;
        Stage stage = stages.apply(0);
        while (i < last && step - behind >= stage.steps()) {
            behind += stage.steps();
            stage = stages.apply(++i);
        }
        return stage.schedule().at(step - behind + 1);
    }

    /** A schedule for {@code steps} alone; beyond, an {@link IllegalArgumentException}. */
    static Schedule shortened(Schedule schedule, int steps) {
        Checks.atLeastOne("steps", steps);
        return NamedSchedule.of("Shortened", step -> schedule.at(step + 1), schedule, steps)
                .until(steps);
    }

    /** A schedule backwards, {@code schedule.at(period − t)}, for t below {@code period}. */
    static Schedule reverse(Schedule schedule, int period) {
        Checks.atLeastOne("period − 1", period - 1);
        return NamedSchedule.of("Reverse", step -> schedule.at(period - step - 1), schedule, period)
                .until(period - 1);
    }

    /** A schedule up to the middle of a period and back, {@code schedule.at(min(t, period − t))}, for t below {@code period}. */
    static Schedule symmetric(Schedule schedule, int period) {
        Checks.atLeastOne("period − 1", period - 1);
        return NamedSchedule.of(
                        "Symmetric", step -> schedule.at(Math.min(step + 1, period - step - 1)), schedule, period)
                .until(period - 1);
    }

    /** The first {@code period} steps of a schedule again and again. */
    static Schedule loop(Schedule schedule, int period) {
        Checks.atLeastOne("period", period);
        return NamedSchedule.of("Loop", step -> schedule.at(step % period + 1), schedule, period);
    }

    /** A schedule that starts where another is at {@code offset}: {@code schedule.at(t − 1 + offset)}. */
    static Schedule shifted(Schedule schedule, int offset) {
        Checks.atLeastOne("offset", offset);
        return NamedSchedule.of("Shifted", step -> schedule.at(Math.addExact(step, offset)), schedule, offset);
    }

    /**
     * A schedule that moves on once every {@code rate} steps, {@code schedule.at(⌈t/rate⌉)}: with as many batches as {@code rate} in
     * an epoch, one in epochs can be asked at every batch.
     *
     * @param rate above 0; it need not be whole
     */
    static Schedule interpolator(Schedule schedule, double rate) {
        Checks.positive("rate", rate);
        boolean isWhole = rate == (int) rate;
        return NamedSchedule.of(
                "Interpolator",
                step -> schedule.at((int) Math.ceil((step + 1.0) / rate)),
                schedule,
                isWhole ? (Number) (int) rate : (Number) rate);
    }
}
