package io.github.flux4j;

import static io.github.flux4j.Flux4j.*;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.data.Batch;
import io.github.flux4j.data.Split;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Initialisers;
import io.github.flux4j.layers.LayerNorm;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.losses.Penalty;
import io.github.flux4j.optimise.Rprop;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Rules;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.train.Callback;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every number that a factory, a wither or a rule takes: what makes no sense is refused at the call, with the number. */
class GuardsTest {

    private static final double HUGE = 1e300;

    /** Where an infinity means something. */
    private static final List<String> TAKE_INFINITY = List.of(
            "clipNorm(double,double)[1]", // the norm that is the greatest absolute value
            "new ClipNorm[1]",
            "truncatedNormal(double,double,double,double)[2]", // one bound only
            "truncatedNormal(double,double,double,double)[3]");

    /** A call with a place for a number, and numbers that it accepts in all others. */
    private record Place(String name, Executable call, Object[] arguments, int at) {

        Object with(double value) {
            Object[] all = arguments.clone();
            all[at] = value;
            try {
                return call instanceof Constructor<?> constructor
                        ? constructor.newInstance(all)
                        : ((Method) call).invoke(null, all);
            } catch (InvocationTargetException e) {
                throw (RuntimeException) e.getCause();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Place> places() {
        Stream<Executable> factories = Stream.of(
                        Flux4j.class, Losses.class, Initialisers.class, Schedule.class, Penalty.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers()))
                .map(method -> method);
        Stream<Place> ofFactories = factories.flatMap(call -> places(call, name(call), samples(call)));
        return Stream.concat(ofFactories, Rules.all().stream().flatMap(known -> places(known.rule())));
    }

    private static String name(Executable call) {
        return call.toString().replaceAll(".*\\.(\\w+\\([^)]*\\)).*", "$1").replaceAll("[\\w.]+\\.", "");
    }

    private static Stream<Place> places(Executable call, String name, Object[] samples) {
        return IntStream.range(0, samples.length)
                .filter(i -> call.getParameterTypes()[i] == double.class)
                .mapToObj(i -> new Place(name + "[" + i + "]", call, samples, i));
    }

    private static Stream<Place> places(Rule rule) {
        RecordComponent[] components = rule.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> value(component, rule))
                .toArray();
        try {
            Constructor<?> constructor = rule.getClass().getConstructor(types);
            return places(constructor, "new " + rule.getClass().getSimpleName(), values);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static Object value(RecordComponent component, Rule rule) {
        try {
            return component.getAccessor().invoke(rule);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Numbers rise from place to place, since some must. */
    private static Object[] samples(Executable call) {
        Class<?>[] types = call.getParameterTypes();
        return IntStream.range(0, types.length)
                .mapToObj(i -> types[i] == double.class ? (Object) (0.1 * (i + 1)) : sample(types[i]))
                .toArray();
    }

    private static Object sample(Class<?> type) {
        INDArray x = column(0, 1);
        Map<Class<?>, Object> samples = Map.ofEntries(
                Map.entry(int.class, 1),
                Map.entry(int[].class, new int[] {1, 2}),
                Map.entry(boolean.class, true),
                Map.entry(INDArray.class, x),
                Map.entry(Batch.class, batch(x, x)),
                Map.entry(Schedule.class, Schedule.constant(0.1)),
                Map.entry(List.class, List.of(0, 1)),
                Map.entry(Runnable.class, (Runnable) () -> {}),
                Map.entry(Callback.class, (Callback) progress -> {}));
        return samples.get(type);
    }

    @ParameterizedTest
    @MethodSource("places")
    void takesAGoodNumberAndRefusesNaNAndInfinities(Place place) {
        assertThatCode(() -> place.with((double) place.arguments()[place.at()])).doesNotThrowAnyException();

        assertRefused(place, NaN);
        if (!TAKE_INFINITY.contains(place.name())) {
            assertRefused(place, POSITIVE_INFINITY);
            assertRefused(place, NEGATIVE_INFINITY);
        }
    }

    private static void assertRefused(Place place, double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> place.with(value))
                .withMessageContaining(String.valueOf(value));
    }

    @Test
    void thePlacesAreFound() {
        List<String> names = places().map(Place::name).toList();

        assertThat(names)
                .contains(
                        "leakyrelu(double)[0]",
                        "rrelu(double,double)[1]",
                        "huber(double)[0]",
                        "focalLoss(double,double)[1]",
                        "sparse(double,double)[1]",
                        "oneCycle(int,double,double,double,double)[4]",
                        "normalise(INDArray,int,double)[2]",
                        "oversample(Batch,List,double)[2]",
                        "throttle(Runnable,double)[1]",
                        "new Rprop[4]",
                        "new AdamW[3]")
                .hasSizeGreaterThan(120);
    }

    private static Arguments line(String name, DoubleFunction<?> make, double[] good, double... bad) {
        return Arguments.of(Named.of(name, make), good, bad);
    }

    private static double[] good(double... values) {
        return values;
    }

    static Stream<Arguments> borders() {
        LayerNorm layerNorm = layerNorm(3);
        BatchNorm batchNorm = batchNorm(3);
        double[] any = {-HUGE, -1, 0, HUGE};
        double[] notNegative = {0, 1e-300, 1, HUGE};
        double[] positive = {1e-300, 1, HUGE};
        double[] notFinite = {NaN, POSITIVE_INFINITY, NEGATIVE_INFINITY};
        return Stream.of(
                line("a of leakyrelu", Flux4j::leakyrelu, any),
                line("α of elu", Flux4j::elu, any),
                line("θ of trelu", Flux4j::trelu, any),
                line("α of celu", Flux4j::celu, positive, 0, -0.0, -1, -HUGE),
                line("λ of softshrink", Flux4j::softshrink, notNegative, -1e-300, -1),
                line("low of rrelu", low -> rrelu(low, 1), good(-HUGE, 0, 1), 1.5, HUGE),
                line("high of rrelu", high -> rrelu(1, high), good(1, 2, HUGE), 0, -HUGE),
                line("p of dropout", Flux4j::dropout, good(0, 0.5, 1), -1e-300, 1.0000001, HUGE),
                line("p of alphaDropout", Flux4j::alphaDropout, good(0, 0.5, 1), -1, 2),
                line("ε of layerNorm", layerNorm::withEpsilon, notNegative, concat(notFinite, -1, -1e-300)),
                line("ε of batchNorm", batchNorm::withEpsilon, notNegative, concat(notFinite, -1, -1e-300)),
                line("momentum of batchNorm", batchNorm::withMomentum, good(0, 0.1, 1), concat(notFinite, -0.1, 5)),
                line("eps of msle", Flux4j::msle, notNegative, -1e-300),
                line("eps of crossentropy", Flux4j::crossentropy, notNegative, -1e-300),
                line("eps of binarycrossentropy", Flux4j::binarycrossentropy, notNegative, -1e-300),
                line("eps of kldivergence", Flux4j::kldivergence, notNegative, -1e-300),
                line("eps of focal_loss", eps -> focalLoss(2, eps), notNegative, -1e-300),
                line("eps of binary_focal_loss", eps -> binaryFocalLoss(2, eps), notNegative, -1e-300),
                line("γ of focal_loss", Flux4j::focalLoss, notNegative, -1),
                line("γ of binary_focal_loss", Flux4j::binaryFocalLoss, notNegative, -1),
                line("δ of huber", Flux4j::huber, positive, 0, -1),
                line("smooth of dice", Flux4j::diceCoeffLoss, notNegative, -1),
                line("β of tversky", Flux4j::tverskyLoss, good(0, 0.7, 1), -0.1, 1.1),
                line("margin of siamese", Flux4j::siameseContrastiveLoss, notNegative, -0.5),
                line("l1", Flux4j::l1, notNegative, -1),
                line("both penalties", p -> new Penalty(p, p), good(0, Double.MAX_VALUE), -1),
                line("shrink of Rprop", s -> new Rprop(1, s, 1.2, 0, 1), good(0, 0.99), 1, -0.5),
                line("grow of Rprop", g -> new Rprop(1, 0.5, g, 0, 1), good(1.01, HUGE), 1, 0.5, 0, -2),
                line("smallest of Rprop", s -> new Rprop(1, 0.5, 1.2, s, 1), good(0, 1), 1.5, -1),
                line("largest of Rprop", l -> new Rprop(1, 0.5, 1.2, 0.1, l), good(0.1, HUGE), 0.05, 0, -1),
                line("decay of exp", d -> Schedule.exp(1, d), notNegative, -0.5),
                line("decay of step", d -> Schedule.step(1, d, 2), notNegative, -0.5),
                line("decay of steps", d -> Schedule.step(1, d, 2, 3), notNegative, -0.5),
                line("decay of inv", d -> Schedule.inv(1, d, 0.5), notNegative, -0.5),
                line("decay of triangleExp", d -> Schedule.triangleExp(0, 1, 2, d), notNegative, -0.5),
                line("decay of sinExp", d -> Schedule.sinExp(0, 1, 2, d), notNegative, -0.5),
                line("std of a truncated normal", s -> Initialisers.truncatedNormal(0, s, -1, 1), positive, 0, -1),
                line("gain of glorot", Initialisers::glorotUniform, any),
                line("share of splitobs", GuardsTest::half, good(0.5), concat(notFinite, 0, -0.5, 1)),
                line("fraction of oversample", GuardsTest::oversampled, good(0.5, 3), 0, -1, 1e9, HUGE),
                line("eps of normalise", eps -> normalise(column(0, 1), 0, eps), notNegative, -1),
                line("α of labelSmoothing", alpha -> labelSmoothing(column(0, 1), alpha, 0), good(0.1), 0, 1, -1),
                line("seconds of throttle", seconds -> throttle(() -> {}, seconds), notNegative, -1));
    }

    private static double[] concat(double[] some, double... more) {
        return DoubleStream.concat(Arrays.stream(some), Arrays.stream(more)).toArray();
    }

    private static Object half(double share) {
        return Split.of(batch(column(0, 1))).at(share);
    }

    private static Object oversampled(double fraction) {
        return oversample(batch(column(0, 1, 2)), List.of("a", "a", "b"), fraction);
    }

    @ParameterizedTest
    @MethodSource("borders")
    void acceptsUpToItsBordersAndNamesWhatIsBeyond(DoubleFunction<?> make, double[] good, double[] bad) {
        for (double value : good) {
            assertThatCode(() -> make.apply(value)).as(String.valueOf(value)).doesNotThrowAnyException();
        }
        for (double value : bad) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> make.apply(value))
                    .withMessageContaining(String.valueOf(value));
        }
    }

    @Test
    void aScheduleThatOverflowsSaysWhenAndWhich() {
        assertThat(Schedule.exp(0.1, 10).at(300)).isFinite();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.exp(0.1, 10).at(400))
                .withMessage("Exp(0.1, 10.0) is Infinity at t = 400; end it earlier, or make it change less");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.triangle(-Double.MAX_VALUE, Double.MAX_VALUE, 4)
                        .at(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.shifted(Schedule.constant(1), 0))
                .withMessage("offset must be at least 1, but was 0");
        assertThat(Schedule.step(1, 0.5, Integer.MAX_VALUE, Integer.MAX_VALUE).at(Integer.MAX_VALUE))
                .isEqualTo(1);
    }
}
