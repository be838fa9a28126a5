package io.github.flux4j.train;

import static io.github.flux4j.Flux4j.*;
import static io.github.flux4j.internal.arrays.Tensors.toDoubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.optimise.Gradient;
import io.github.flux4j.optimise.Optimiser;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Arrays whose native memory is gone are refused by name, wherever one goes in; without that, garbage or the end of the process. */
@SuppressWarnings("try") // workspaces are entered, not used
class ClosedArraysTest {

    /** So many that their memory goes back to the operating system at once, and to read it ends the process. */
    private static final int ROWS = 100_000;

    private static INDArray numbers(int columns) {
        return Nd4j.rand(DataType.FLOAT, ROWS, columns);
    }

    private static void assertRefused(ThrowingCallable use, String start) {
        assertThatIllegalStateException().isThrownBy(use).withMessageStartingWith(start);
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void aStepNamesTheArrayAndTheBatch(String engine) {
        Dense model = ForcedEngine.on(engine, dense(1, 1));
        Optimiser optimiser = setup(descent(), model);
        Map<Integer, String> names = Map.of(0, "features", 1, "targets", 2, "weights");
        names.forEach((i, name) -> {
            Batch open = batch(numbers(1), numbers(1), numbers(1));
            Batch batch = batch(numbers(1), numbers(1), numbers(1));
            train(MSE, model, List.of(open, batch), optimiser); // everything found out about both is known
            batch.arrays().get(i).close();

            assertRefused(
                    () -> train(MSE, model, List.of(open, batch), optimiser),
                    "the " + name + " of batch 2 can't be used");
            assertRefused(
                    () -> new Trainer(mse(model), optimiser).train(List.of(batch), 2),
                    "the " + name + " of batch 1 can't");
            assertRefused(() -> trainstep(MSE, model, batch, optimiser), "the " + name + " of the batch can't be used");
        });
        assertThat(Double.isFinite(toDoubles(model.flatParameters())[0])).isTrue();
    }

    @Test
    void saysWhatToDo() {
        INDArray x = column(1, 2);
        x.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> dense(1, 1).predict(x))
                .withMessage("features can't be used: the array (shape [2, 1]) was closed."
                        + " Close an array only when nothing uses it any more, or pass a copy: array.dup()");
    }

    /** Arrays on the memory of another, which is closed. */
    static Stream<Arguments> viewsOnEngines() {
        return ForcedEngine.ALL.stream()
                .flatMap(engine -> Stream.<Consumer<Consumer<INDArray>>>of(
                                onClosed(2, array -> array.getColumn(1, true)),
                                onClosed(
                                        2,
                                        array -> array.get(NDArrayIndex.interval(7, ROWS), NDArrayIndex.all())
                                                .getColumn(0, true)),
                                onClosed(1, array -> array.get(NDArrayIndex.interval(5, ROWS), NDArrayIndex.all())),
                                onClosed(4, array -> array.reshape(4 * ROWS, 1)))
                        .map(view -> Arguments.of(engine, view)));
    }

    private static Consumer<Consumer<INDArray>> onClosed(int columns, UnaryOperator<INDArray> view) {
        return use -> {
            INDArray whole = numbers(columns);
            INDArray part = view.apply(whole);
            use.accept(part);
            whole.close();
            use.accept(part);
        };
    }

    @ParameterizedTest
    @MethodSource("viewsOnEngines")
    void viewsOfAClosedArrayAreRefusedToo(String engine, Consumer<Consumer<INDArray>> twice) {
        Dense model = ForcedEngine.on(engine, dense(1, 1));
        Batch[] made = {null};
        twice.accept(view -> {
            if (made[0] == null) {
                made[0] = batch(view, view);
                train(MSE, model, List.of(made[0]), setup(descent(), model));
                return;
            }
            assertRefused(
                    () -> train(MSE, model, List.of(made[0]), setup(descent(), model)),
                    "the features of batch 1 can't");
            assertRefused(() -> model.predict(view), "features can't be used");
        });
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void everyPlaceThatTakesAnArrayRefusesAClosedOne(String engine) {
        Chain model = ForcedEngine.on(engine, chain(dense(1, 2), dense(2, 1)));
        INDArray x = numbers(1);
        INDArray y = numbers(1);
        Batch batch = batch(x, y);
        x.close();

        assertRefused(() -> withGradient(MSE, model, x, y), "features can't be used");
        assertRefused(() -> withGradient(MSE, model, y, x), "targets can't be used");
        assertRefused(() -> model.predict(x), "features can't be used");
        assertRefused(() -> model.activations(x), "features can't be used");
        assertRefused(() -> mse(model).of(x, y), "features can't be used");
        assertRefused(() -> mse(model).of(y, x), "the targets can't be used");
        assertRefused(() -> MSE.of(x, y), "the predictions can't be used");
        assertRefused(() -> MSE.of(y, y, x), "the numbers can't be used");
        assertRefused(() -> MSE.gradient(x, y), "the predictions can't be used");
        assertRefused(() -> batch(x, y), "features can't be used");
        assertRefused(() -> batch(y, y, x), "weights can't be used");
        assertRefused(() -> dataLoader(x, y), "features can't be used");
        assertRefused(() -> DataLoader.of(batch), "the features of the examples can't be used");
        assertRefused(() -> splitobs(batch).at(0.5), "the features of the examples can't be used");
        assertRefused(() -> shuffleobs(batch), "the features of the examples can't be used");
        assertRefused(() -> normalise(x), "array can't be used");
        assertRefused(() -> onecold(x), "predictions can't be used");
        assertRefused(() -> dense(x, column(1).reshape(1), IDENTITY), "the numbers can't be used");
        assertRefused(() -> new Trainer(mse(model), setup(descent(), model)).validate(x, y), "features can't be used");
    }

    @Test
    void aLoaderNoticesAtItsNextBatch() {
        INDArray x = numbers(1);
        DataLoader loader = dataLoader(x, x).batchSize(ROWS / 4);
        Iterator<Batch> batches = loader.iterator();
        Batch first = batches.next();
        Dense model = dense(1, 1);
        x.close();

        assertRefused(batches::next, "the features of the examples can't be used");
        assertRefused(() -> loader.shuffle(1).iterator(), "the features of the examples can't be used");
        assertRefused(
                () -> train(MSE, model, List.of(first), setup(descent(), model)),
                "the features of batch 1 can't be used");
        assertRefused(() -> train(MSE, model, loader, setup(descent(), model)), "the features of the examples can't");
    }

    // parameters

    /** Ways to close the memory of a model's parameters. */
    static Stream<Arguments> closings() {
        return ForcedEngine.ALL.stream()
                .flatMap(engine -> Stream.<Consumer<Dense>>of(
                                model -> model.flatParameters().close(),
                                model -> model.flatParameters().data().close())
                        .map(closing -> Arguments.of(engine, closing)));
    }

    @ParameterizedTest
    @MethodSource("closings")
    void aModelWhoseParametersWereClosedSaysSo(String engine, Consumer<Dense> closing) {
        Dense model = ForcedEngine.on(engine, dense(300, 400));
        INDArray x = Nd4j.rand(DataType.FLOAT, 20, 300);
        INDArray y = Nd4j.rand(DataType.FLOAT, 20, 400);
        Batch batch = batch(x, y);
        Optimiser optimiser = setup(adam(), model);
        train(MSE, model, List.of(batch), optimiser);
        Gradient gradient = withGradient(MSE, model, x, y).gradient();
        closing.accept(model);

        String message = "the parameters of Dense(300 => 400) can't be used: their memory was closed";
        assertRefused(() -> model.predict(x), message);
        assertRefused(() -> model.predict(new double[300]), message);
        assertRefused(() -> model.predict(new float[300], 1, new float[400]), message);
        assertRefused(() -> mse(model).of(x, y), message);
        assertRefused(() -> train(MSE, model, List.of(batch), optimiser), message);
        assertRefused(() -> trainstep(MSE, model, batch, optimiser), message);
        assertRefused(() -> update(optimiser, model, gradient), message);
        assertRefused(() -> withGradient(MSE, model, x, y), message);
        assertRefused(model::network, message);
        assertRefused(() -> State.of(model), message);
        assertRefused(() -> chain(model), message);
        assertRefused(() -> params(model).toString(), "the numbers can't be used");
        assertRefused(() -> f64(model), "the numbers can't be used");
        assertThat(model.toString()).endsWith("(closed)");
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void partsOfAChainWhoseParametersWereClosedSaySo(String engine) {
        Chain model = ForcedEngine.on(engine, chain(dense(200, 300), dense(300, 1)));
        Dense first = ForcedEngine.on(engine, (Dense) model.get(0));
        Chain part = ForcedEngine.on(engine, model.slice(1, 2));
        model.flatParameters().close();

        assertRefused(() -> first.predict(new double[200]), "the parameters of Dense(200 => 300) can't be used");
        assertRefused(() -> part.predict(new double[300]), "the parameters of Chain(Dense(300 => 1)) can't be used");
    }

    @Test
    void aGradientThatWasClosedIsRefused() {
        Dense model = dense(300, 400);
        Optimiser optimiser = setup(descent(), model);
        INDArray x = Nd4j.rand(DataType.FLOAT, 20, 300);
        INDArray y = Nd4j.rand(DataType.FLOAT, 20, 400);
        Gradient gradient = withGradient(MSE, model, x, y).gradient();
        update(optimiser, model, gradient);
        gradient.flat().close();
        assertRefused(() -> update(optimiser, model, gradient), "the gradient can't be used");

        optimiser.gradientBuffer().close();
        assertThat(train(MSE, model, List.of(batch(x, y)), optimiser))
                .as("its own buffer stays")
                .isFinite();
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void statisticsThatWereClosedAreRefused(String engine) {
        BatchNorm model = ForcedEngine.on(engine, batchNorm(2));
        INDArray x = Nd4j.rand(DataType.FLOAT, 20, 2);
        model.runningVariance().close();

        assertRefused(() -> model.predict(x), "the running variance of BatchNorm(2) can't be used");
        assertRefused(
                () -> train(MSE, model, List.of(batch(x, x)), setup(descent(), model)),
                "the running variance of BatchNorm(2) can't be used");
    }

    // workspaces

    private static final WorkspaceConfiguration WORKSPACE = WorkspaceConfiguration.builder()
            .initialSize(10_000_000)
            .policyLearning(LearningPolicy.NONE)
            .build();

    private static MemoryWorkspace enter(WorkspaceConfiguration configuration, String name) {
        return Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, name);
    }

    @Test
    void arraysOfAWorkspaceServeWhileItIsOpenAndAreRefusedAfter() {
        Dense model = dense(1, 1);
        Optimiser optimiser = setup(descent(1e-3), model);
        optimiser.gradientBuffer();
        Batch whole;
        Batch part;
        try (MemoryWorkspace workspace = enter(WORKSPACE, "TEST_OPEN")) {
            INDArray x = Nd4j.ones(DataType.FLOAT, ROWS, 1);
            INDArray view = x.get(NDArrayIndex.interval(10, ROWS), NDArrayIndex.all());
            assertThat(x.isAttached()).isTrue();
            whole = batch(x, x);
            part = batch(view, view);
            assertThat(train(MSE, model, List.of(whole, part), optimiser)).isFinite();
        }
        for (Batch left : List.of(whole, part)) {
            assertRefused(
                    () -> train(MSE, model, List.of(left), optimiser),
                    "the features of batch 1 can't be used: workspace TEST_OPEN, which holds the array");
            assertRefused(() -> model.predict(left.features()), "features can't be used: workspace TEST_OPEN");
            assertRefused(() -> DataLoader.of(left), "the features of the examples can't be used: workspace");
        }
        try (MemoryWorkspace again = enter(WORKSPACE, "TEST_OPEN")) {
            assertRefused(
                    () -> train(MSE, model, List.of(part), optimiser),
                    "the features of batch 1 can't be used: workspace TEST_OPEN");
        }
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        assertRefused(() -> train(MSE, model, List.of(whole), optimiser), "the features of batch 1 can't be used");
    }

    @Test
    void arraysOfADestroyedWorkspaceAreRefusedEvenWhereItIsStillOpen() {
        Dense model = dense(1, 1);
        try (MemoryWorkspace workspace = enter(WORKSPACE, "TEST_DESTROYED")) {
            INDArray x = Nd4j.ones(DataType.FLOAT, ROWS, 1);
            workspace.destroyWorkspace();
            assertRefused(() -> model.predict(x), "features can't be used: workspace TEST_DESTROYED");
        }
    }

    @Test
    void arraysOfACircularWorkspaceOutliveItsScopeAndNotItself() {
        WorkspaceConfiguration circular = WorkspaceConfiguration.builder()
                .initialSize(10_000_000)
                .overallocationLimit(2)
                .policyLearning(LearningPolicy.NONE)
                .policyReset(ResetPolicy.ENDOFBUFFER_REACHED)
                .build();
        Layer model = dense(1, 1);
        MemoryWorkspace workspace = enter(circular, "TEST_CIRCULAR");
        INDArray x = Nd4j.ones(DataType.FLOAT, ROWS, 1);
        workspace.close();

        assertThat(model.predict(x).rows()).isEqualTo(ROWS);
        workspace.destroyWorkspace();
        assertRefused(() -> model.predict(x), "features can't be used: workspace TEST_CIRCULAR");
    }
}
