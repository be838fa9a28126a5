package io.github.flux4j.optimise;

import static io.github.flux4j.optimise.Schedule.constant;
import static io.github.flux4j.optimise.Schedule.cosAnneal;
import static io.github.flux4j.optimise.Schedule.exp;
import static io.github.flux4j.optimise.Schedule.interpolator;
import static io.github.flux4j.optimise.Schedule.inv;
import static io.github.flux4j.optimise.Schedule.loop;
import static io.github.flux4j.optimise.Schedule.oneCycle;
import static io.github.flux4j.optimise.Schedule.poly;
import static io.github.flux4j.optimise.Schedule.reverse;
import static io.github.flux4j.optimise.Schedule.sequence;
import static io.github.flux4j.optimise.Schedule.shifted;
import static io.github.flux4j.optimise.Schedule.shortened;
import static io.github.flux4j.optimise.Schedule.sin;
import static io.github.flux4j.optimise.Schedule.sinDecay2;
import static io.github.flux4j.optimise.Schedule.sinExp;
import static io.github.flux4j.optimise.Schedule.step;
import static io.github.flux4j.optimise.Schedule.symmetric;
import static io.github.flux4j.optimise.Schedule.triangle;
import static io.github.flux4j.optimise.Schedule.triangleDecay2;
import static io.github.flux4j.optimise.Schedule.triangleExp;
import static java.lang.Math.PI;
import static java.lang.Math.abs;
import static java.lang.Math.asin;
import static java.lang.Math.cos;
import static java.lang.Math.min;
import static java.lang.Math.pow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.values.Parts;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {

    /** The same formula in another order, with Math for StrictMath: a few units in the last place. */
    private static final double ROUNDING = 1e-14;

    private static final int STEPS = 100;

    /** A schedule, how it prints, and what it should be at each t, worked out from ParameterSchedulers' documentation. */
    private record Case(Supplier<Schedule> make, String text, IntToDoubleFunction expected) {

        @Override
        public String toString() {
            return text;
        }
    }

    /** Every schedule; a new one is tested by one line here. */
    static Stream<Case> all() {
        return Stream.of(
                new Case(() -> constant(0.3), "Constant(0.3)", t -> 0.3),
                new Case(() -> step(0.9, 0.5, 10), "Step(0.9, 0.5, 10)", t -> 0.9 * pow(0.5, (t - 1) / 10)),
                new Case(
                        () -> step(1, 0.8, 2, 3, 2),
                        "Step(1.0, 0.8, [2, 3, 2])",
                        t -> t <= 2 ? 1 : t <= 5 ? 0.8 : t <= 7 ? 0.64 : 0.512),
                new Case(() -> exp(0.9, 0.8), "Exp(0.9, 0.8)", t -> 0.9 * pow(0.8, t - 1)),
                new Case(() -> poly(0.9, 3, STEPS), "Poly(0.9, 3.0, 100)", t -> 0.9 * pow(1 - (t - 1) / 100.0, 3)),
                new Case(() -> inv(0.9, 0.2, 2), "Inv(0.9, 0.2, 2.0)", t -> 0.9 / pow(1 + (t - 1) * 0.2, 2)),
                new Case(
                        () -> triangle(0.2, 0.7, 6), "Triangle(0.2, 0.7, 6)", t -> cycle(0.2, 0.7, triangleWave(t, 6))),
                new Case(
                        () -> triangleDecay2(0.7, 0.2, 6),
                        "TriangleDecay2(0.7, 0.2, 6)",
                        t -> cycle(0.7, 0.2, triangleWave(t, 6) / pow(2, (t - 1) / 6))),
                new Case(
                        () -> triangleExp(0.2, 0.7, 6, 0.9),
                        "TriangleExp(0.2, 0.7, 6, 0.9)",
                        t -> cycle(0.2, 0.7, triangleWave(t, 6) * pow(0.9, t - 1))),
                new Case(() -> sin(0.2, 0.7, 6), "Sin(0.2, 0.7, 6)", t -> cycle(0.2, 0.7, sinWave(t, 6))),
                new Case(
                        () -> sinDecay2(0.7, 0.2, 6),
                        "SinDecay2(0.7, 0.2, 6)",
                        t -> cycle(0.7, 0.2, sinWave(t, 6) / pow(2, (t - 1) / 6))),
                new Case(
                        () -> sinExp(0.2, 0.7, 6, 0.9),
                        "SinExp(0.2, 0.7, 6, 0.9)",
                        t -> cycle(0.2, 0.7, sinWave(t, 6) * pow(0.9, t - 1))),
                new Case(
                        () -> cosAnneal(0.2, 0.7, 6),
                        "CosAnneal(0.2, 0.7, 6, true)",
                        t -> cycle(0.2, 0.7, cosWave((t - 1) % 6 + 1, 6))),
                new Case(
                        () -> cosAnneal(0.2, 0.7, 6, false),
                        "CosAnneal(0.2, 0.7, 6, false)",
                        t -> cycle(0.2, 0.7, cosWave(t, 6))),
                new Case(
                        () -> oneCycle(STEPS, 0.1),
                        "OneCycle(100, 0.1, 0.004, 1.0E-6, 0.25)",
                        t -> t <= 25 ? cycle(0.004, 0.1, cosWave(t + 25, 25)) : cycle(0.1, 1e-6, cosWave(t - 25, 75))),
                new Case(
                        () -> oneCycle(STEPS, 0.1, 1e-4, 1e-2, 0.301),
                        "OneCycle(100, 0.1, 1.0E-4, 0.01, 0.301)",
                        t -> t <= 31 ? cycle(1e-4, 0.1, cosWave(t + 31, 31)) : cycle(0.1, 1e-2, cosWave(t - 31, 69))),
                new Case(
                        () -> sequence(
                                triangle(0, 1, 8).during(4), exp(0.5, 0.9).during(10)),
                        "Sequence(Triangle(0.0, 1.0, 8) => 4, Exp(0.5, 0.9) => 10)",
                        t -> t <= 4 ? (t - 1) / 4.0 : 0.5 * pow(0.9, t - 5)),
                new Case(() -> loop(exp(1, 0.5), 3), "Loop(Exp(1.0, 0.5), 3)", t -> pow(0.5, (t - 1) % 3)),
                new Case(
                        () -> shifted(triangle(0, 1, 10), 5),
                        "Shifted(Triangle(0.0, 1.0, 10), 5)",
                        t -> cycle(0, 1, triangleWave(t + 4, 10))),
                new Case(() -> shortened(exp(1, 0.9), STEPS), "Shortened(Exp(1.0, 0.9), 100)", t -> pow(0.9, t - 1)),
                new Case(() -> reverse(exp(1, 0.9), STEPS + 1), "Reverse(Exp(1.0, 0.9), 101)", t -> pow(0.9, 100 - t)),
                new Case(
                        () -> symmetric(exp(1, 0.9), STEPS + 1),
                        "Symmetric(Exp(1.0, 0.9), 101)",
                        t -> pow(0.9, (t < 50.5 ? t : 101 - t) - 1)),
                new Case(
                        () -> interpolator(exp(1, 0.5), 2.5),
                        "Interpolator(Exp(1.0, 0.5), 2.5)",
                        t -> pow(0.5, Math.ceil(t / 2.5) - 1)),
                new Case(
                        () -> interpolator(exp(1, 0.9), 0.4),
                        "Interpolator(Exp(1.0, 0.9), 0.4)",
                        t -> pow(0.9, Math.ceil(t / 0.4) - 1)),
                new Case(
                        () -> interpolator(exp(1, 0.5), 5),
                        "Interpolator(Exp(1.0, 0.5), 5)",
                        t -> pow(0.5, Math.ceil(t / 5.0) - 1)));
    }

    private static double cycle(double l0, double l1, double g) {
        return abs(l0 - l1) * g + min(l0, l1);
    }

    private static double triangleWave(int t, int period) {
        return (2 / PI) * abs(asin(Math.sin(PI * (t - 1) / period)));
    }

    private static double sinWave(int t, int period) {
        return abs(Math.sin(PI * (t - 1) / period));
    }

    private static double cosWave(int t, int period) {
        return (1 + cos(PI * (t - 1) / period)) / 2;
    }

    @ParameterizedTest
    @MethodSource("all")
    void hasParameterSchedulersFormula(Case c) {
        Schedule schedule = c.make().get();

        for (int t = 1; t <= STEPS; t++) {
            assertThat(schedule.at(t)).as("t = " + t).isCloseTo(c.expected().applyAsDouble(t), within(ROUNDING));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void printsItsNameAndNumbersAndIsEqualToAnotherSuch(Case c) {
        assertThat(c.make().get())
                .hasToString(c.text())
                .isEqualTo(c.make().get())
                .hasSameHashCodeAs(c.make().get())
                .isNotEqualTo(constant(0.99));
    }

    @ParameterizedTest
    @MethodSource("all")
    void goesToTextAndBackEqual(Case c) {
        Schedule schedule = c.make().get();

        assertThat(Schedule.parse(schedule.text())).isEqualTo(schedule).hasToString(c.text());
    }

    @Test
    void everyWordForAScheduleIsTested() {
        assertThat(all().map(c ->
                        ScheduleVocabulary.SCHEDULES.call(c.make().get()).name()))
                .containsAll(ScheduleVocabulary.SCHEDULES.names());
        assertThat(ScheduleVocabulary.SCHEDULES.names())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Schedule.class.getMethods())
                        .filter(method -> Modifier.isStatic(method.getModifiers())
                                && !method.getName().equals("parse"))
                        .map(Method::getName)
                        .collect(Collectors.toSet()));
    }

    @Test
    void textIsAsInJava() {
        assertThat(oneCycle(100, 0.1).text()).isEqualTo("oneCycle(100, 0.1, 0.004, 1e-6, 0.25)");
        assertThat(sequence(triangle(0, 1, 8).during(4), exp(0.5, 0.9).during(10))
                        .text())
                .isEqualTo("sequence(during(triangle(0, 1, 8), 4), during(exp(0.5, 0.9), 10))");
        assertThat(Schedule.parse("oneCycle(steps=100, max=0.1)")).isEqualTo(oneCycle(100, 0.1));
        assertThat(Schedule.parse("cosAnneal(0.2, 0.7, 6)")).isEqualTo(cosAnneal(0.2, 0.7, 6));
        assertThat(Schedule.parse("cosAnneal(0, 1, 6, restart=false)")).isEqualTo(cosAnneal(0, 1, 6, false));
    }

    /** One number is the size of every stretch, a list of one that of the first. */
    @Test
    void stepsOfOneSizeAndOfAListOfOneAreTwo() {
        Schedule list = step(1, 0.5, new int[] {10});

        assertThat(list).isNotEqualTo(step(1, 0.5, 10));
        assertThat(list.text()).isEqualTo("step(1, 0.5, sizes(10))");
        assertThat(Schedule.parse(list.text())).isEqualTo(list);
        assertThat(Schedule.parse("step(1, 0.5, size=10)")).isEqualTo(step(1, 0.5, 10));
        assertThat(Schedule.parse("step(1, 0.5, 10, 20)")).isEqualTo(step(1, 0.5, 10, 20));
    }

    @Test
    void lambdasCantBeWrittenButAreReadFromParts() {
        Schedule own = t -> 1.0 / t;
        Parts parts = Parts.of().value(Schedule.class, "harmonic", own);

        assertThat(Schedule.parse("loop(harmonic, 3)", parts)).isEqualTo(loop(own, 3));
        assertThatThrownBy(loop(own, 3)::text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can't be written as text, since it has no name");
        assertThatThrownBy(() -> Schedule.parse("harmonic"))
                .hasMessageStartingWith("a schedule named harmonic is unknown; the nearest are");
        assertThatThrownBy(() -> Schedule.parse("step(1, 0.5)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of sizes must be at least 1, but was 0");
        assertThatThrownBy(() -> Schedule.parse("exp(1)")).hasMessage("exp expects a number as decay: exp(1)");
    }

    /** A schedule has no memory: asked again, or in another order, it says the same. */
    @ParameterizedTest
    @MethodSource("all")
    void givesTheSameInAnyOrder(Case c) {
        Schedule schedule = c.make().get();
        double[] forwards =
                IntStream.rangeClosed(1, STEPS).mapToDouble(schedule::at).toArray();

        for (int t = STEPS; t >= 1; t--) {
            assertThat(schedule.at(t)).isEqualTo(forwards[t - 1]);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void isFiniteAlsoAfterALongTimeUnlessItEnds(Case c) {
        Schedule schedule = c.make().get();
        if (c.text().matches("(Poly|OneCycle|Shortened|Reverse|Symmetric).*")) {
            assertThatThrownBy(() -> schedule.at(STEPS + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(c.text() + " ends at t = 100, but was asked for t = 101; make it longer, or add another"
                            + " after it in a sequence");
        } else {
            assertThat(schedule.at(2_000_000_000)).isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void countsFromOne(Case c) {
        assertThatThrownBy(() -> c.make().get().at(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schedules count from t = 1, but " + c.text() + " was asked for t = 0");
    }

    /** ParameterSchedulers' test "iterating past end of sequence". */
    @Test
    void theLastOfASequenceGoesOn() {
        Schedule schedule = sequence(constant(1).during(1), step(0.1, 0.5, 10).during(50));

        assertThat(schedule.at(1)).isEqualTo(1);
        assertThat(schedule.at(2)).isEqualTo(0.1);
        assertThat(schedule.at(42)).isEqualTo(0.00625);
        assertThat(schedule.at(52)).isEqualTo(0.003125);
    }

    /** ParameterSchedulers' test of Interpolator: a schedule in epochs of five batches. */
    @Test
    void interpolatorTurnsEpochsIntoBatches() {
        Schedule epochs = sequence(
                constant(1).during(10), constant(2).during(10), constant(3).during(30));
        Schedule batches = interpolator(epochs, 5);

        for (int t = 1; t <= 250; t++) {
            assertThat(batches.at(t)).isEqualTo(t <= 50 ? 1 : t <= 100 ? 2 : 3);
        }
    }

    /** Warm restarts whose periods double: 2, 4, 8, … steps. */
    @Test
    void aSequenceMayHaveStagesWithoutEnd() {
        Schedule restarts = sequence(i -> cosAnneal(0.1 / (i + 1), 0, 2 << i).during(2 << i));

        for (int i = 0; i < 20; i++) {
            assertThat(restarts.at((2 << i) - 1)).isCloseTo(0.1 / (i + 1), within(ROUNDING));
        }
        assertThatThrownBy(restarts::text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text");
    }

    @Test
    void annealingWithRestartsStartsEachPeriodAtTheTop() {
        assertThat(cosAnneal(0.1, 0, 10).at(11)).isEqualTo(0.1);
        assertThat(cosAnneal(0.1, 0, 10, false).at(11)).isEqualTo(0);
    }

    /** Only {@code t ≤ up} reaches the first half: with everything or nothing of it the other is never asked. */
    @Test
    void oneCycleMayOnlyGoUpOrOnlyDown() {
        assertThat(oneCycle(10, 1, 0, 0, 1).at(10)).isCloseTo(cosWave(20, 10), within(ROUNDING));
        assertThat(oneCycle(10, 1, 0, 0, 0).at(1)).isEqualTo(1);
    }

    @Test
    void anyFunctionIsASchedule() {
        Schedule own = t -> 1.0 / t;

        assertThat(loop(own, 2).at(4)).isEqualTo(0.5);
    }

    static Stream<ThrowingCallable> refused() {
        return Stream.of(
                () -> constant(Double.NaN),
                () -> step(0.1, Double.POSITIVE_INFINITY, 10),
                () -> step(0.1, 0.5, 0),
                () -> step(0.1, 0.5),
                () -> step(0.1, 0.5, 3, 0),
                () -> exp(Double.NaN, 0.5),
                () -> poly(0.1, 2, 0),
                () -> poly(0.1, Double.NaN, 10),
                () -> inv(0.1, 0.5, Double.NaN),
                () -> triangle(0, 1, 0),
                () -> triangleDecay2(0, 1, 0),
                () -> triangleExp(0, 1, 0, 0.5),
                () -> sin(0, 1, 0),
                () -> sinDecay2(0, 1, 0),
                () -> sinExp(0, 1, 0, 0.5),
                () -> cosAnneal(0, 1, 0),
                () -> oneCycle(0, 0.1),
                () -> oneCycle(10, 0.1, 0.01, 0.01, Double.NaN),
                () -> oneCycle(10, 0.1, 0.01, 0.01, 1.5),
                () -> constant(1).during(0),
                () -> sequence(),
                () -> loop(constant(1), 0),
                () -> shortened(constant(1), 0),
                () -> reverse(constant(1), 1),
                () -> symmetric(constant(1), 1),
                () -> interpolator(constant(1), Double.NaN),
                () -> interpolator(constant(1), 0),
                () -> step(0.1, -0.5, 10),
                () -> step(0.1, -0.5, 10, 20),
                () -> exp(0.1, -0.5),
                () -> inv(0.1, -0.5, 1),
                () -> triangleExp(0, 1, 10, -0.5),
                () -> sinExp(0, 1, 10, -0.5),
                () -> shifted(constant(1), 0));
    }

    @ParameterizedTest
    @MethodSource
    void refused(ThrowingCallable schedule) {
        assertThatThrownBy(schedule)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(must be|needs|is a share).*");
    }
}
