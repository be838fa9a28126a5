package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.NumberChecks;
import io.github.flux4j.values.Parts;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * The value of a hyper-parameter, such as the learning rate, at step or epoch t = 1, 2, 3, …
 *
 * <p>The methods make the schedules of ParameterSchedulers.jl, with its formulas. Any function of t is a schedule, so a lambda does what its {@code
 * ComposedSchedule} does: {@code t -> sin(0, decaying.at(t), 10).at(t)}.
 *
 * <pre>{@code
 * Schedule warmUpThenDecay = Schedule.sequence(
 *         Schedule.triangle(0, 0.1, 20).during(10), Schedule.exp(0.1, 0.95).during(90));
 * }</pre>
 *
 * <p>They throw {@link IllegalArgumentException} for a number that is not finite, a negative decay, and a period, size or count below 1; their schedules throw
 * it for t below 1 and where the value is not finite. Theirs are immutable: any thread may use them.
 */
@FunctionalInterface
public interface Schedule {

    /** Returns the value at {@code t}, which counts from 1. */
    double at(int t);

    /**
     * Parses a schedule: {@code exp(0.1, 0.95)}, or {@code sequence(during(triangle(0, 0.1, 20), 10), during(exp(0.1, 0.95), 90))}. The names are those of this
     * interface's methods, with arguments by position or by name.
     *
     * @throws IllegalArgumentException if there is no such schedule, or an argument is missing or refused
     */
    static Schedule parse(String text) {
        return parse(text, Parts.NONE);
    }

    /** Parses a schedule, one of the library's or of your own; see {@link #parse(String)}. */
    static Schedule parse(String text, Parts parts) {
        return ScheduleVocabulary.SCHEDULES.read(text, parts);
    }

    /**
     * Returns the text that {@link #parse(String)} reads as an equal schedule.
     *
     * @throws IllegalArgumentException if the schedule is neither the library's nor {@link io.github.flux4j.values.Described}, such as a lambda
     */
    default String text() {
        return ScheduleVocabulary.SCHEDULES.call(this).toString();
    }

    /** Makes a stage of a {@link #sequence} that follows this schedule for {@code steps} steps. */
    default Stage during(int steps) {
        return new Stage(this, steps);
    }

    /** A schedule and the number of steps of a {@link #sequence} that follow it. */
    record Stage(Schedule schedule, int steps) {

        public Stage {
            Objects.requireNonNull(schedule, "schedule is null");
            NumberChecks.atLeastOne("steps", steps);
        }

        @Override
        public String toString() {
            return schedule + " => " + steps;
        }
    }

    /** Returns {@code value} at every t. */
    static Schedule constant(double value) {
        return NamedSchedule.of("Constant", step -> value, value);
    }

    /** Multiplies by {@code decay} after every {@code size} steps: {@code start · decayⁱ} after i such stretches. */
    static Schedule step(double start, double decay, int size) {
        NumberChecks.notNegative("decay", decay);
        NumberChecks.atLeastOne("size", size);
        return NamedSchedule.of("Step", step -> start * StrictMath.pow(decay, step / size), start, decay, size);
    }

    /** Multiplies by {@code decay} after each of these stretches of steps: {@code start · decayⁱ} after i of them. After the last it stays constant. */
    static Schedule step(double start, double decay, int... sizes) {
        NumberChecks.notNegative("decay", decay);
        NumberChecks.atLeastOne("the number of sizes", Objects.requireNonNull(sizes, "sizes is null").length);
        Arrays.stream(sizes).forEach(size -> NumberChecks.atLeastOne("sizes", size));
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

    /** Decays exponentially, {@code start · decay^(t − 1)}. */
    static Schedule exp(double start, double decay) {
        NumberChecks.notNegative("decay", decay);
        return NamedSchedule.of("Exp", step -> start * StrictMath.pow(decay, step), start, decay);
    }

    /** Decays polynomially, {@code start · (1 − (t − 1)/maxIter)^degree}; t above {@code maxIter} throws {@link IllegalArgumentException}. */
    static Schedule poly(double start, double degree, int maxIter) {
        NumberChecks.atLeastOne("maxIter", maxIter);
        return NamedSchedule.of(
                        "Poly",
                        step -> start * StrictMath.pow(1 - step / (double) maxIter, degree),
                        start,
                        degree,
                        maxIter)
                .until(maxIter);
    }

    /** Decays inversely, {@code start / (1 + (t − 1)·decay)^degree}. */
    static Schedule inv(double start, double decay, double degree) {
        NumberChecks.notNegative("decay", decay);
        return NamedSchedule.of("Inv", step -> start / StrictMath.pow(1 + step * decay, degree), start, decay, degree);
    }

    /** Moves linearly from the lower of l0 and l1 to the higher and back: {@code min + |l0 − l1|·(2/π)·|asin(sin(π(t − 1)/period))|}. */
    static Schedule triangle(double l0, double l1, int period) {
        return Waves.schedule("Triangle", Waves::triangle, l0, l1, period);
    }

    /** {@link #triangle} with half the amplitude after each period. */
    static Schedule triangleDecay2(double l0, double l1, int period) {
        return Waves.halving("TriangleDecay2", Waves::triangle, l0, l1, period);
    }

    /** {@link #triangle} with its amplitude times {@code decay^(t − 1)}. */
    static Schedule triangleExp(double l0, double l1, int period, double decay) {
        return Waves.decaying("TriangleExp", Waves::triangle, l0, l1, period, decay);
    }

    /** Moves along a sine from the lower of l0 and l1 to the higher and back: {@code min + |l0 − l1|·|sin(π(t − 1)/period)|}. */
    static Schedule sin(double l0, double l1, int period) {
        return Waves.schedule("Sin", Waves::sin, l0, l1, period);
    }

    /** {@link #sin} with half the amplitude after each period. */
    static Schedule sinDecay2(double l0, double l1, int period) {
        return Waves.halving("SinDecay2", Waves::sin, l0, l1, period);
    }

    /** {@link #sin} with its amplitude times {@code decay^(t − 1)}. */
    static Schedule sinExp(double l0, double l1, int period, double decay) {
        return Waves.decaying("SinExp", Waves::sin, l0, l1, period, decay);
    }

    /** Anneals along a cosine, {@link #cosAnneal(double, double, int, boolean)}, with restarts. */
    static Schedule cosAnneal(double l0, double l1, int period) {
        return cosAnneal(l0, l1, period, true);
    }

    /**
     * Anneals along a cosine from the higher of l0 and l1 almost to the lower: {@code min + |l0 − l1|·(1 + cos(π·u/period))/2} (Loshchilov and Hutter 2017).
     *
     * @param restart true to start each period at the top, {@code u = (t − 1) mod period}; false to swing back up, {@code u = t − 1}
     */
    static Schedule cosAnneal(double l0, double l1, int period, boolean restart) {
        NumberChecks.atLeastOne("period", period);
        return NamedSchedule.of(
                "CosAnneal",
                step -> Waves.between(l0, l1, Waves.cos(restart ? step % period : step, period)),
                l0,
                l1,
                period,
                restart);
    }

    /**
     * Warms up and anneals once, {@link #oneCycle(int, double, double, double, double)}, from {@code max/25} to {@code max/10⁵}, with a quarter for warm-up.
     */
    static Schedule oneCycle(int steps, double max) {
        return oneCycle(steps, max, max / 25, max / 1e5, 0.25);
    }

    /**
     * Rises from {@code start} to {@code max} and falls almost to {@code end}, both along half a cosine (Smith and Topin 2018); t above {@code steps} throws
     * {@link IllegalArgumentException}.
     *
     * @param warmUp the share of steps that rise, from 0 to 1; rounded up to a whole step
     */
    static Schedule oneCycle(int steps, double max, double start, double end, double warmUp) {
        NumberChecks.atLeastOne("steps", steps);
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

    /** Follows schedules one after another, each from its own t = 1; the last continues beyond its steps. */
    static Schedule sequence(Stage... stages) {
        List<Stage> all = List.of(stages);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a sequence needs at least one stage: sequence(schedule.during(10), …)");
        }
        return NamedSchedule.of("Sequence", step -> inSequence(all::get, all.size() - 1, step), (Object[]) stages);
    }

    /**
     * Follows infinitely many stages, {@link #sequence(Stage...)}; the function gives stage i = 0, 1, 2, … Warm restarts that grow longer are {@code sequence(i
     * -> cosAnneal(0, 0.1, 10 << i).during(10 << i))}. The result has no text.
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

    /** Ends a schedule after {@code steps} steps; beyond, it throws {@link IllegalArgumentException}. */
    static Schedule shortened(Schedule schedule, int steps) {
        NumberChecks.atLeastOne("steps", steps);
        return NamedSchedule.of("Shortened", step -> schedule.at(step + 1), schedule, steps)
                .until(steps);
    }

    /** Runs a schedule backwards, {@code schedule.at(period − t)}, for t below {@code period}. */
    static Schedule reverse(Schedule schedule, int period) {
        NumberChecks.atLeastOne("period − 1", period - 1);
        return NamedSchedule.of("Reverse", step -> schedule.at(period - step - 1), schedule, period)
                .until(period - 1);
    }

    /** Runs a schedule to the middle of a period and back, {@code schedule.at(min(t, period − t))}, for t below {@code period}. */
    static Schedule symmetric(Schedule schedule, int period) {
        NumberChecks.atLeastOne("period − 1", period - 1);
        return NamedSchedule.of(
                        "Symmetric", step -> schedule.at(Math.min(step + 1, period - step - 1)), schedule, period)
                .until(period - 1);
    }

    /** Repeats the first {@code period} steps of a schedule. */
    static Schedule loop(Schedule schedule, int period) {
        NumberChecks.atLeastOne("period", period);
        return NamedSchedule.of("Loop", step -> schedule.at(step % period + 1), schedule, period);
    }

    /** Starts a schedule at {@code offset}: {@code schedule.at(t − 1 + offset)}. */
    static Schedule shifted(Schedule schedule, int offset) {
        NumberChecks.atLeastOne("offset", offset);
        return NamedSchedule.of("Shifted", step -> schedule.at(Math.addExact(step, offset)), schedule, offset);
    }

    /**
     * Advances a schedule once every {@code rate} steps, {@code schedule.at(⌈t/rate⌉)}: with as many batches per epoch, a schedule of epochs can follow
     * batches.
     *
     * @param rate above 0; it need not be whole
     */
    static Schedule interpolator(Schedule schedule, double rate) {
        NumberChecks.positive("rate", rate);
        boolean isWhole = rate == (int) rate;
        return NamedSchedule.of(
                "Interpolator",
                step -> schedule.at((int) Math.ceil((step + 1.0) / rate)),
                schedule,
                isWhole ? (Number) (int) rate : (Number) rate);
    }
}
