package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.optimise.Gradient;
import io.github.flux4j.train.Training.WithGradient;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What holds for every layer: its gradient, its printing, its size, and that it can be copied, saved and taken apart. */
class LayersTest {

    private static final long SEED = 11;
    private static final double STEP = 1e-5;

    /** Central differences: h²·L‴/6 and rounding of ε/h, of a loss and its derivatives of size one. */
    private static final double DIFFERENCES = 1e-8;

    /** Some tens of Float32 roundings of numbers of size one. */
    private static final double FLOAT32 = 2e-5;

    private static final INDArray X = rows(
            new double[] {0.5, -1},
            new double[] {1, 0.25},
            new double[] {-0.5, 0.75},
            new double[] {2, 1},
            new double[] {-1.5, -0.5});
    private static final INDArray Y = rows(
            new double[] {1, 0}, new double[] {0, 0.5}, new double[] {-0.5, 1}, new double[] {2, 0.25}, new double[] {
                0.25, -1
            });

    static List<Layers.Known> layers() {
        return Layers.all();
    }

    static Stream<Arguments> layersOnEveryEngine() {
        return layers().stream().flatMap(known -> known.engines().stream().map(engine -> Arguments.of(known, engine)));
    }

    @Test
    void everyKindIsTested() {
        Set<String> tested = layers().stream()
                .map(known -> known.make().get().getClass().getName())
                .collect(Collectors.toSet());

        assertThat(new ClassFileImporter()
                        .importPath(Path.of("target/flux4j/classes/io/github/flux4j/layers")).stream()
                                .filter(type -> type.isAssignableTo(Layer.class))
                                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                                .map(JavaClass::getName))
                .isNotEmpty()
                .isSubsetOf(tested);
    }

    /** The same layer each time, down to what it will draw; parameters of no special values. */
    private static Chain model(Layers.Known known, String engine, DataType type) {
        seed(SEED);
        Chain model = Layer.copyAs(type, known.inChain());
        model.flatParameters().assign(numbers(model.parameterCount(), type));
        return ForcedEngine.on(engine, model);
    }

    private static INDArray numbers(int n, DataType type) {
        SplittableRandom random = new SplittableRandom(SEED);
        return Tensors.of(type, random.doubles(n, -1, 1).toArray(), n);
    }

    /** Central differences of the loss by each parameter; {@code model} gives one that draws the same numbers each time it is asked. */
    private static double[] differences(Supplier<Chain> model, int parameters) {
        double[] slopes = new double[parameters];
        for (int i = 0; i < parameters; i++) {
            slopes[i] = (shifted(model.get(), i, STEP) - shifted(model.get(), i, -STEP)) / (2 * STEP);
        }
        return slopes;
    }

    private static double shifted(Chain model, int i, double by) {
        INDArray parameters = model.flatParameters();
        double before = parameters.getDouble(i);
        parameters.putScalar(i, before + by);
        double loss = withGradient(MSE, model, X, Y).loss();
        parameters.putScalar(i, before);
        return loss;
    }

    private static double[] gradient(Chain model) {
        return Tensors.toDoubles(withGradient(MSE, model, X, Y).gradient().flat());
    }

    /**
     * Of all parameters, and since there is a dense layer before it, of what its gradient by the inputs is for. Layers that draw are made
     * anew for each loss, so that they draw the same.
     */
    @ParameterizedTest
    @MethodSource("layers")
    void hasTheGradientOfFiniteDifferences(Layers.Known known) {
        Chain one = model(known, "lean", DataType.DOUBLE);
        Supplier<Chain> same = () -> known.random() ? model(known, "lean", DataType.DOUBLE) : one;
        double[] slopes = differences(same, one.parameterCount());

        for (String engine : known.engines()) {
            assertThat(gradient(model(known, engine, DataType.DOUBLE)))
                    .as(engine)
                    .containsExactly(slopes, within(DIFFERENCES));
        }
    }

    @ParameterizedTest
    @MethodSource("layersOnEveryEngine")
    void inFloat32IsCloseToFloat64(Layers.Known known, String engine) {
        Chain single = model(known, engine, DataType.FLOAT);
        WithGradient coarse = withGradient(MSE, single, X, Y);
        Chain exact = model(known, engine, DataType.DOUBLE);
        exact.flatParameters().assign(single.flatParameters()); // the same numbers, rounded
        WithGradient fine = withGradient(MSE, exact, X, Y);

        assertThat(coarse.gradient().flat().dataType()).isEqualTo(DataType.FLOAT);
        assertThat(coarse.loss()).isCloseTo(fine.loss(), within(FLOAT32));
        assertThat(Tensors.toDoubles(coarse.gradient().flat()))
                .containsExactly(Tensors.toDoubles(fine.gradient().flat()), within(FLOAT32));
        if (!known.line().startsWith("rrelu")) { // which draws in testing too
            assertThat(Tensors.toDoubles(single.predict(X)))
                    .containsExactly(Tensors.toDoubles(exact.predict(X)), within(FLOAT32));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void printsItsLineInAChain(Layers.Known known) {
        assertThat(known.inChain().toString().lines()).contains("  " + known.line());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void keepsTheSizeOfARow(Layers.Known known) {
        Layer layer = known.make().get();

        assertThat(outputSize(layer, 3)).isEqualTo(3);
        assertThat(layer.predict(1, 2, 3)).hasSize(3);
        assertThat(outputSize(known.inChain(), 2)).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void hasItsArraysInTheFlatParametersUnderPathsOfTheirOwn(Layers.Known known) {
        Chain model = known.inChain();
        List<Parameter> parameters = trainables(model);

        assertThat(trainables(model.get(1))).hasSize(known.arrays());
        assertThat(parameters).hasSize(4 + known.arrays());
        assertThat(parameters.stream().map(Parameter::path)).doesNotHaveDuplicates();
        assertThat(parameters.stream().mapToInt(Parameter::length).sum()).isEqualTo(model.parameterCount());
        model.flatParameters().assign(numbers(model.parameterCount(), DataType.FLOAT));
        for (Parameter parameter : parameters) {
            assertThat(parameter.values().ravel())
                    .as(parameter.path())
                    .isEqualTo(Tensors.slice(model.flatParameters(), parameter.offset(), parameter.length()));
        }
    }

    /** Training leaves no layer as it was, running statistics included. */
    private static void trainABit(Chain model) {
        train(MSE, model, List.of(batch(X, Y), batch(X, Y)), setup(descent(0.05), model));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aCopyHasTheSameNumbersInMemoryOfItsOwn(Layers.Known known) {
        Chain model = known.inChain();
        trainABit(model);
        Chain copy = copy(model);
        State before = state(model);
        assertThat(state(copy)).isEqualTo(before);

        trainABit(copy);
        assertThat(state(model)).isEqualTo(before);
        assertThat(state(copy)).isNotEqualTo(before);
        assertThat(state(copy).maxDifference(before)).isPositive();
        assertThat(copy).hasToString(model.toString());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void itsStateLoadsIntoAnother(Layers.Known known) {
        Chain model = known.inChain();
        trainABit(model);
        Chain other = known.inChain();
        State state = state(model);
        trainABit(model); // the state is a copy

        loadmodel(other, state);
        assertThat(state(other)).isEqualTo(state).isNotEqualTo(state(model));
        loadmodel(other, model);
        assertThat(state(other)).isEqualTo(state(model)).hasSameHashCodeAs(state(model));
        if (!known.random()) {
            assertThat(other.predict(X)).isEqualTo(model.predict(X));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void takenApartAndRebuiltIsTheSame(Layers.Known known) {
        Chain model = known.inChain();
        trainABit(model);
        Destructured<Chain> parts = destructure(model);
        Chain rebuilt = parts.rebuild().apply(parts.flat());

        assertThat(state(rebuilt)).isEqualTo(state(model));
        assertThat(parts.flat()).isEqualTo(model.flatParameters());
        parts.flat().assign(7);
        assertThat(state(rebuilt)).isEqualTo(state(model));
        assertThat(parts.rebuild().apply(parts.flat()).flatParameters()).isEqualTo(parts.flat());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts.rebuild().apply(column(1, 2)))
                .withMessage(
                        "rebuild expected a vector of length " + model.parameterCount() + ", got one of shape [2, 1]");
    }

    @ParameterizedTest
    @MethodSource("layersOnEveryEngine")
    void givesEveryLayersOutput(Layers.Known known, String engine) {
        if (known.line().startsWith("rrelu")) {
            return; // draws anew each time
        }
        Chain model = model(known, engine, DataType.FLOAT);
        List<INDArray> outputs = activations(model, X);

        assertThat(outputs).hasSize(3);
        assertThat(Tensors.toDoubles(outputs.get(2)))
                .containsExactly(Tensors.toDoubles(model.predict(X)), within(FLOAT32));
        assertThat(outputs.get(0).shape()).containsExactly(5, 3);
        assertThat(outputs.get(1).shape()).containsExactly(5, 3);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void mayStandAloneOrFirst(Layers.Known known) {
        Layer alone = known.make().get();
        INDArray x = rows(new double[] {1, -2, 0.5}, new double[] {-0.5, 1, 2});
        if (alone.parameterCount() > 0) {
            Gradient gradient = withGradient(MSE, alone, x, x).gradient();
            assertThat(gradient).hasSize(known.arrays());
        } else {
            assertThat(withGradient(MSE, alone, x, x).loss()).isFinite();
        }
        Chain first = chain(known.make().get(), dense(3, 1));
        train(MSE, first, List.of(batch(x, column(1, 2))), setup(descent(0.01), first));
        assertThat(x).as("not overwritten").isEqualTo(rows(new double[] {1, -2, 0.5}, new double[] {-0.5, 1, 2}));
    }
}
