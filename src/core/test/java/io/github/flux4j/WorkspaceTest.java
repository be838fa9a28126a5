package io.github.flux4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Optimiser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A user may be inside a workspace of ND4J's, whose memory is used again: nothing of flux4j's is made there. */
@SuppressWarnings("try") // workspaces are entered, not used
class WorkspaceTest {

    private static final double FLOAT_SUM = 1e-5; // Float32, sums of a few terms, divided by standard deviations
    private static final int SIZE = 1 << 22;
    private static final WorkspaceConfiguration CONFIGURATION = WorkspaceConfiguration.builder()
            .initialSize(SIZE)
            .policyAllocation(AllocationPolicy.STRICT)
            .policyLearning(LearningPolicy.NONE)
            .build();

    private static final INDArray X = rows(new double[] {1, 2}, new double[] {3, -4}, new double[] {-5, 0.5});
    private static final INDArray Y = column(1, 0, 1);
    private static final INDArray FLOAT64 = X.castTo(DataType.DOUBLE);
    private static final INDArray COLUMN_MAJOR = X.dup('f');

    /** A word, which gives the arrays that a user gets of it. */
    private record Word(String name, Supplier<List<INDArray>> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Chain model() {
        return chain(dense(2, 3, TANH), batchNorm(3), dense(3, 1));
    }

    private static List<INDArray> trained(Layer model, LossFunction loss, Iterable<Batch> data) {
        Optimiser optimiser = setup(adam(), model);
        train(loss, model, data, optimiser);
        train(loss, model, data, optimiser);
        return List.of(
                model.flatParameters(),
                model.predict(X),
                withGradient(loss, model, X, Y).gradient().flat());
    }

    private static final LossFunction EXPRESSED =
            loss((yhat, y) -> yhat.sub(y).pow(2).mean());

    static final List<Word> WORDS = List.of(
            new Word("column and rows", () -> List.of(column(1, 2), rows(new double[] {1}, new double[] {2}))),
            new Word("a new model", () -> {
                Chain model = model();
                return List.of(
                        model.flatParameters(), model.predict(X), f64(model).predict(X));
            }),
            new Word("plain arrays", () -> {
                model().predict(1, 2);
                model().predict(new float[] {1, 2}, 1, new float[1]);
                return List.of();
            }),
            new Word(
                    "features of another type and order",
                    () -> List.of(model().predict(FLOAT64), model().predict(COLUMN_MAJOR))),
            new Word(
                    "a first layer that is an activation",
                    () -> List.of(chain(RELU, dense(2, 2), RELU).predict(X))),
            new Word("no parameters", () -> List.of(chain(RELU, SOFTMAX).predict(X))),
            new Word("training", () -> trained(model(), MSE, List.of(batch(X, Y)))),
            new Word(
                    "training behind an activation",
                    () -> trained(chain(RELU, dense(2, 1)), MSE, List.of(batch(X, Y)))),
            new Word("training of Float64", () -> trained(f64(model()), MSE, List.of(batch(X, Y)))),
            new Word("a loss of one's own", () -> trained(model(), EXPRESSED, List.of(batch(X, Y)))),
            new Word("the implicit style", () -> {
                Chain model = model();
                train(mse(model), params(model), List.of(batch(X, Y)), momentum());
                return List.of(model.flatParameters());
            }),
            new Word("batches", () -> {
                List<INDArray> arrays = new ArrayList<>();
                for (Batch batch : DataLoader.of(COLUMN_MAJOR, Y).batchSize(2).shuffle(1)) {
                    arrays.addAll(batch.arrays());
                }
                return arrays;
            }),
            new Word(
                    "shuffled training",
                    () -> trained(
                            model(),
                            MSE,
                            dataLoader(X, Y).batchSize(2).partial(false).shuffle(1))),
            new Word(
                    "data",
                    () -> List.of(
                            normalise(X),
                            onehotbatch(List.of("a", "b"), List.of("a", "b", "c")),
                            splitobs(X, Y).at(0.5).get(0).features(),
                            shuffleobs(batch(X, Y)).features())),
            new Word("state", () -> {
                Chain model = model();
                loadmodel(model, state(model()));
                return Stream.concat(
                                state(model).arrays().values().stream(),
                                Stream.of(destructure(model).flat()))
                        .toList();
            }),
            new Word("network", () -> {
                MultiLayerNetwork network = model().network();
                return List.of(network.params());
            }));

    static Stream<Arguments> wordsOnEveryEngine() {
        return ForcedEngine.ALL.stream().flatMap(engine -> WORDS.stream().map(word -> Arguments.of(engine, word)));
    }

    /** The same in the same order, so the same numbers, inside and outside. */
    private static List<INDArray> run(String engine, Word word) {
        seed(5);
        return ForcedEngine.during(engine, word.of);
    }

    @ParameterizedTest
    @MethodSource("wordsOnEveryEngine")
    void nothingOfOursIsMadeInAUsersWorkspace(String engine, Word word) {
        List<double[]> expected =
                run(engine, word).stream().map(Tensors::toDoubles).toList();
        INDArray fives;
        List<INDArray> made;
        String name = "a user's of " + engine + " and " + word;
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, name)) {
            fives = Nd4j.valueArrayOf(new long[] {1000}, 5f, DataType.FLOAT);
            long used = workspace.getPrimaryOffset();
            made = run(engine, word);

            assertThat(workspace.getPrimaryOffset()).isEqualTo(used);
            assertThat(Nd4j.getMemoryManager().getCurrentWorkspace()).isSameAs(workspace);
            assertThat(fives).isEqualTo(Nd4j.valueArrayOf(new long[] {1000}, 5f, DataType.FLOAT));
            assertThat(fives.isAttached()).isTrue();
        }
        try (MemoryWorkspace again = Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, name)) {
            Nd4j.valueArrayOf(new long[] {SIZE / Float.BYTES - 1000}, -7f, DataType.FLOAT);
        }
        assertThat(Nd4j.getMemoryManager().getCurrentWorkspace()).isNull();
        assertThat(made).noneMatch(INDArray::isAttached);
        for (int i = 0; i < made.size(); i++) {
            assertThat(Tensors.toDoubles(made.get(i))).containsExactly(expected.get(i));
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void arraysOfAUsersWorkspaceAreReadWhereTheyLie(String engine) {
        for (Chain start : List.of(model(), chain(RELU, dense(2, 1)), chain(dense(2, 1), RELU))) {
            Chain inside = ForcedEngine.on(engine, copy(start));
            Chain outside = ForcedEngine.on(engine, copy(start));
            List<INDArray> made;
            try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "x")) {
                Batch batch = batch(X.dup('f'), Y.dup());
                assertThat(batch.arrays()).allMatch(INDArray::isAttached);
                train(MSE, inside, List.of(batch), setup(adam(), inside));
                made = List.of(inside.predict(batch.features()), inside.predict(FLOAT64.dup()));
            }
            train(MSE, outside, List.of(batch(X, Y)), setup(adam(), outside));

            for (INDArray predictions : made) {
                assertThat(predictions.isAttached()).isFalse();
                assertThat(Tensors.toDoubles(predictions))
                        .containsExactly(Tensors.toDoubles(outside.predict(X)), within(FLOAT_SUM));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void aModelMadeInAWorkspaceGoesOnAfterIt(String engine) {
        seed(6);
        Chain outside = ForcedEngine.on(engine, model());
        seed(6);
        Chain inside;
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "once")) {
            inside = ForcedEngine.on(engine, model());
            trained(inside, MSE, List.of(batch(X, Y)));
        }
        trained(outside, MSE, List.of(batch(X, Y)));
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "once")) {
            Nd4j.valueArrayOf(new long[] {SIZE / Float.BYTES - 1000}, -7f, DataType.FLOAT);
        }

        assertThat(trained(inside, MSE, List.of(batch(X, Y)))).isEqualTo(trained(outside, MSE, List.of(batch(X, Y))));
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void anExceptionLeavesTheWorkspaceOpenAndCurrent(String engine) {
        LossFunction failing = loss(
                (yhat, y) -> {
                    throw new UnsupportedOperationException("thrown by a loss");
                },
                (yhat, y) -> {
                    throw new UnsupportedOperationException("thrown by a loss");
                });
        Chain model = ForcedEngine.on(engine, model());
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "failing")) {
            assertThatThrownBy(() -> withGradient(failing, model, X, Y)).hasMessage("thrown by a loss");
            assertThat(Nd4j.getMemoryManager().getCurrentWorkspace()).isSameAs(workspace);
            assertThat(model.predict(X).isAttached()).isFalse();
        }
        assertThat(Nd4j.getWorkspaceManager().anyWorkspaceActiveForCurrentThread())
                .isFalse();
        assertThat(withGradient(MSE, model, X, Y).gradient()).isNotEmpty();
    }
}
