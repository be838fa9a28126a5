package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.Vocabulary;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import java.util.List;
import java.util.stream.IntStream;

/** Every schedule by its name in {@link Schedule}. */
final class ScheduleVocabulary {

    static final Vocabulary<Schedule> SCHEDULES = new Vocabulary<>(Schedule.class, "a schedule");

    private static final Vocabulary<Schedule.Stage> STAGES = new Vocabulary<>(Schedule.Stage.class, "a stage")
            .word("during", a -> schedule(a).during(a.whole("steps")));

    private static final Vocabulary<int[]> SIZES =
            new Vocabulary<>(int[].class, "sizes").word("sizes", ScheduleVocabulary::sizes);

    static {
        SCHEDULES
                .word("constant", a -> Schedule.constant(a.number("value")))
                .word("step", ScheduleVocabulary::step)
                .word("exp", a -> Schedule.exp(a.number("start"), a.number("decay")))
                .word("poly", a -> Schedule.poly(a.number("start"), a.number("degree"), a.whole("maxIter")))
                .word("inv", a -> Schedule.inv(a.number("start"), a.number("decay"), a.number("degree")))
                .word("triangle", a -> wave(a, Schedule::triangle))
                .word("triangleDecay2", a -> wave(a, Schedule::triangleDecay2))
                .word("triangleExp", a -> decaying(a, Schedule::triangleExp))
                .word("sin", a -> wave(a, Schedule::sin))
                .word("sinDecay2", a -> wave(a, Schedule::sinDecay2))
                .word("sinExp", a -> decaying(a, Schedule::sinExp))
                .word("cosAnneal", a -> wave(a, (l0, l1, n) -> Schedule.cosAnneal(l0, l1, n, a.flag("restart", true))))
                .word("oneCycle", ScheduleVocabulary::oneCycle)
                .word("sequence", a -> Schedule.sequence(a.values(STAGES).toArray(Schedule.Stage[]::new)))
                .word("loop", a -> Schedule.loop(schedule(a), a.whole("period")))
                .word("shifted", a -> Schedule.shifted(schedule(a), a.whole("offset")))
                .word("shortened", a -> Schedule.shortened(schedule(a), a.whole("steps")))
                .word("reverse", a -> Schedule.reverse(schedule(a), a.whole("period")))
                .word("symmetric", a -> Schedule.symmetric(schedule(a), a.whole("period")))
                .word("interpolator", a -> Schedule.interpolator(schedule(a), a.number("rate")));
    }

    private ScheduleVocabulary() {}

    private interface Wave {
        Schedule of(double l0, double l1, int period);
    }

    private interface DecayingWave {
        Schedule of(double l0, double l1, int period, double decay);
    }

    private static Schedule wave(Arguments a, Wave wave) {
        return wave.of(a.number("l0"), a.number("l1"), a.whole("period"));
    }

    private static Schedule decaying(Arguments a, DecayingWave wave) {
        return wave.of(a.number("l0"), a.number("l1"), a.whole("period"), a.number("decay"));
    }

    private static Schedule schedule(Arguments a) {
        return a.value("schedule", SCHEDULES);
    }

    /** One number is the size of every stretch; several, or {@code sizes(10)}, are the sizes of successive stretches. */
    private static Schedule step(Arguments a) {
        double start = a.number("start");
        double decay = a.number("decay");
        boolean isList = !a.left().isEmpty() && a.left().get(0).value() instanceof Call;
        if (isList) {
            return Schedule.step(start, decay, a.value("sizes", SIZES));
        }
        return a.left().size() == 1
                ? Schedule.step(start, decay, a.whole("size"))
                : Schedule.step(start, decay, sizes(a));
    }

    private static int[] sizes(Arguments a) {
        return IntStream.range(0, a.left().size()).map(i -> a.whole("size")).toArray();
    }

    private static Schedule oneCycle(Arguments a) {
        int steps = a.whole("steps");
        double max = a.number("max");
        return Schedule.oneCycle(
                steps, max, a.number("start", max / 25), a.number("end", max / 1e5), a.number("warmUp", 0.25));
    }

    /** An argument of a schedule as one of a {@link Call}. */
    static Object argument(Object argument) {
        if (argument instanceof Schedule schedule) {
            return SCHEDULES.call(schedule);
        }
        if (argument instanceof Schedule.Stage stage) {
            return Call.of("during", SCHEDULES.call(stage.schedule()), stage.steps());
        }
        return argument instanceof List<?> sizes ? Call.of("sizes", sizes.toArray()) : argument;
    }
}
