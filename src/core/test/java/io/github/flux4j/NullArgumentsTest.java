package io.github.flux4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.Join;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Initialiser;
import io.github.flux4j.layers.Initialisers;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Gradient;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.train.Callback;
import io.github.flux4j.train.Training;
import io.github.flux4j.train.Training.Terms;
import io.github.flux4j.values.Parts;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Null for an argument of a public word: an exception whose message names that argument. */
class NullArgumentsTest {

    /** What messages call arguments that have a letter for a name. */
    private static final Map<String, String> LONG_NAMES = Map.of("x", "features", "y", "targets");

    /** The one argument of {@link Flux4j} that may be null: a layer without bias. */
    private static boolean mayBeNull(Parameter parameter) {
        return parameter.getName().equals("bias");
    }

    static Stream<Arguments> referenceArguments() {
        return words().flatMap(word -> IntStream.range(0, word.getParameterCount())
                .filter(i -> !word.getParameterTypes()[i].isPrimitive() && !mayBeNull(word.getParameters()[i]))
                .mapToObj(i -> Arguments.of(Named.of(signature(word), word), i)));
    }

    static Stream<Arguments> referenceVarargs() {
        return words().filter(word ->
                        word.isVarArgs() && !lastType(word).getComponentType().isPrimitive())
                .map(word -> Arguments.of(Named.of(signature(word), word)));
    }

    private static Stream<Method> words() {
        return Stream.of(Flux4j.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
    }

    private static Class<?> lastType(Method word) {
        return word.getParameterTypes()[word.getParameterCount() - 1];
    }

    private static String signature(Method word) {
        return word.getName() + Arrays.toString(word.getParameters());
    }

    @ParameterizedTest
    @MethodSource("referenceArguments")
    void everyWordNamesTheArgumentThatIsNull(Method word, int position) {
        Object[] arguments = samples(word);
        arguments[position] = null;
        String name = word.getParameters()[position].getName();

        assertNames(LONG_NAMES.getOrDefault(name, name), () -> call(word, arguments));
    }

    @ParameterizedTest
    @MethodSource("referenceVarargs")
    void everyWordOfManyArgumentsSaysWhichIsNull(Method word) {
        Object[] arguments = samples(word);
        Object many = Array.newInstance(lastType(word).getComponentType(), 2);
        Array.set(many, 0, sample(lastType(word).getComponentType(), new Fixture()));
        arguments[arguments.length - 1] = many;

        assertNames("null", () -> call(word, arguments));
    }

    @Test
    void soDoTheMethodsOfWhatTheWordsGive() {
        Dense model = dense(1, 1);
        INDArray x = column(0, 1);
        Gradient gradient = withGradient(MSE, model, x, x).gradient();

        assertNames("features", () -> model.predict((INDArray) null));
        assertNames("features", () -> model.predict((double[]) null));
        assertNames("features", () -> model.predict((float[]) null));
        assertNames("features", () -> model.predict(null, 1, new double[1]));
        assertNames("predictions", () -> model.predict(new double[1], 1, null));
        assertNames("features", () -> model.predict(null, 1, new float[1]));
        assertNames("predictions", () -> model.predict(new float[1], 1, null));
        assertNames("init", () -> model.withInit(null));
        assertNames("init", () -> scale(1).withInit(null));
        assertNames("init", () -> batchNorm(1).withInitBeta(null));
        assertNames("init", () -> batchNorm(1).withInitGamma(null));
        assertNames("bias", () -> model.withBias(null));
        assertNames("bias", () -> scale(1).withBias(null));
        assertNames("predictions", () -> MSE.of(null, x));
        assertNames("targets", () -> MSE.of(x, null));
        assertNames("predictions", () -> MSE.gradient(null, x));
        assertNames("targets", () -> MSE.gradient(x, null));
        assertNames("model", () -> MSE.bind(null));
        assertNames("features", () -> mse(model).of(null, x));
        assertNames("targets", () -> mse(model).of(x, null));
        assertNames("rule", () -> params(model).optimiser(null));
        assertNames("parameter", () -> gradient.of(null));
        assertNames("name", () -> Activation.of(null, v -> v, (v, y) -> 1));
        assertNames("value", () -> Activation.of("mine", null, (v, y) -> 1));
        assertNames("derivative", () -> Activation.of("mine", v -> v, null));
        assertNames("type", () -> Layer.copyAs(null, model));
        assertNames("batch", () -> Training.train(mse(model), params(model), Arrays.asList((Batch) null), descent()));
    }

    private static void assertNames(String argument, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class);
        // the JVM's own text, "Cannot invoke … because …", speaks of the inside
        assertThat(thrown).hasMessageContaining(argument).hasMessageNotContaining("Cannot ");
    }

    private static void call(Method word, Object... arguments) throws Throwable {
        try {
            word.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object[] samples(Method word) {
        Fixture fixture = new Fixture();
        return Stream.of(word.getParameterTypes())
                .map(type -> sample(type, fixture))
                .toArray();
    }

    private static Object sample(Class<?> type, Fixture fixture) {
        Object sample = type.isArray()
                ? Array.newInstance(type.getComponentType(), 0)
                : fixture.samples().get(type);
        assertThat(sample).as("add a sample of " + type + " to this test").isNotNull();
        return sample;
    }

    /** Things that fit each other. */
    private record Fixture(Dense model, INDArray x) {

        Fixture() {
            this(dense(1, 1), column(0, 1));
        }

        Map<Class<?>, Object> samples() {
            return Map.ofEntries(
                    Map.entry(Path.class, Path.of("target", "null.flux4j")),
                    Map.entry(Parts.class, Parts.NONE),
                    Map.entry(String.class, "w"),
                    Map.entry(Initialiser.class, Initialisers.ZEROS),
                    Map.entry(Join.class, Join.SUM),
                    Map.entry(Function.class, (Function<Terms, SDVariable>)
                            f -> f.predictions().sum()),
                    Map.entry(Class.class, Dense.class),
                    Map.entry(double.class, 0.1),
                    Map.entry(int.class, 1),
                    Map.entry(long.class, 1L),
                    Map.entry(double[].class, new double[] {1}),
                    Map.entry(Object.class, "a"),
                    Map.entry(List.class, List.of("a")),
                    Map.entry(INDArray.class, x),
                    Map.entry(Activation.class, TANH),
                    Map.entry(Layer.class, model),
                    Map.entry(Chain.class, chain(dense(1, 1))),
                    Map.entry(State.class, state(model)),
                    Map.entry(LossFunction.class, MSE),
                    Map.entry(Loss.class, mse(model)),
                    Map.entry(LossFunction.Expression.class, (LossFunction.Expression)
                            (predictions, targets) -> predictions),
                    Map.entry(Params.class, params(model)),
                    Map.entry(Rule.class, descent()),
                    Map.entry(Optimiser.class, setup(descent(), model)),
                    Map.entry(Batch.class, batch(x, x)),
                    Map.entry(Iterable.class, List.of(batch(x, x))),
                    Map.entry(Gradient.class, withGradient(MSE, model, x, x).gradient()),
                    Map.entry(Callback.class, (Callback) progress -> {}),
                    Map.entry(Runnable.class, (Runnable) () -> {}),
                    Map.entry(BooleanSupplier.class, (BooleanSupplier) () -> true),
                    Map.entry(DoubleSupplier.class, (DoubleSupplier) () -> 1),
                    Map.entry(ToDoubleBiFunction.class, (ToDoubleBiFunction<INDArray, INDArray>) MSE::of),
                    Map.entry(BinaryOperator.class, (BinaryOperator<INDArray>) MSE::gradient));
        }
    }
}
