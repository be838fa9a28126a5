package io.github.flux4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layers.Gate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What engines make of operations: those that they know they run, all others they refuse by name. */
class OperationsTest {

    private static final int COLUMNS = 3;

    /** {@code y = 2x}. */
    private static final ScalarLoop TWICE = ScalarLoop.of(new ScalarFunction() {
        @Override
        public double value(double x) {
            return 2 * x;
        }

        @Override
        public double derivative(double x, double y) {
            return 2;
        }
    });

    /** One of each kind that there is; a new kind needs a line here. */
    private static final Map<Class<?>, Operation> SAMPLES = Map.of(
            Operation.Affine.class, new Operation.Affine(COLUMNS, 2, true),
            Operation.Pointwise.class, new Operation.Pointwise("twice", () -> TWICE),
            Operation.Rows.class, new Operation.Rows(new Gate(COLUMNS)),
            Operation.Branches.class,
                    new Operation.Branches(
                            "both",
                            List.of(
                                    new Operation.Branch(0, 2, List.of(new Operation.Affine(2, 2, false))),
                                    new Operation.Branch(2, 3, List.of())),
                            Join.CONCAT));

    /** An operation of somebody else's. */
    private record Fourier() implements Operation {}

    static Stream<Class<?>> kinds() {
        return Stream.of(Operation.class.getDeclaredClasses()).filter(Operation.class::isAssignableFrom);
    }

    static Stream<Arguments> kindsOnEveryEngine() {
        return kinds().flatMap(kind -> ForcedEngine.ALL.stream().map(engine -> Arguments.of(kind, engine)));
    }

    private static Blueprint model(Operation... operations) {
        int parameters = Stream.of(operations).mapToInt(Operation::parameters).sum();
        INDArray flat = parameters == 0 ? null : Tensors.zeros(DataType.FLOAT, parameters);
        return new Blueprint("Sample", List.of(operations), flat, DataType.FLOAT);
    }

    @ParameterizedTest
    @MethodSource("kindsOnEveryEngine")
    void anEngineRunsAnOperationOrRefusesItByName(Class<?> kind, String engine) {
        Operation operation = SAMPLES.get(kind);
        assertThat(operation).as("add a sample of " + kind + " to this test").isNotNull();
        if (engine.equals("dl4j") && operation instanceof Operation.Branches) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> ForcedEngine.during(engine, () -> Engines.compile(model(operation))))
                    .withMessageContaining("it doesn't know both, operation 1 of the model");
            return;
        }
        Program program = ForcedEngine.during(engine, () -> Engines.compile(model(operation)));

        INDArray predictions = program.predict(Tensors.zeros(DataType.FLOAT, 4, COLUMNS));
        assertThat(predictions.shape()).containsExactly(4, operation.outputs(COLUMNS));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anOperationSaysItsParameters(Class<?> kind) {
        Operation operation = SAMPLES.get(kind);
        Map<Class<?>, int[]> arrays = Map.of(
                Operation.Affine.class, new int[] {6, 2},
                Operation.Pointwise.class, new int[0],
                Operation.Rows.class, new int[] {3, 3},
                Operation.Branches.class, new int[] {4});
        assertThat(operation.arrays()).isEqualTo(arrays.get(kind));
        assertThat(operation.parameters())
                .isEqualTo(java.util.stream.IntStream.of(operation.arrays()).sum());
    }

    static List<String> engines() {
        return ForcedEngine.ALL;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anUnknownOperationIsRefusedByName(String engine) {
        Blueprint model = model(new Operation.Pointwise("twice", () -> TWICE), new Fourier());

        assertThatIllegalStateException()
                .isThrownBy(() -> ForcedEngine.during(engine, () -> Engines.compile(model)))
                .withMessageContaining(
                        "but that engine can't run Sample: it doesn't know Fourier[], operation 2 of the model");
    }

    @Test
    void whereNoEngineKnowsAnOperationEachSaysSo() {
        Blueprint model = model(new Fourier());

        assertThatIllegalStateException()
                .isThrownBy(() -> Engines.compile(model))
                .withMessage("no engine can run Sample; lean: it doesn't know Fourier[], operation 1 of the model;"
                        + " dl4j: it doesn't know Fourier[], operation 1 of the model");
        assertThatThrownBy(() -> Engines.export(model, null, MultiLayerNetwork.class))
                .hasMessageContaining("Fourier[]");
    }
}
