package io.github.flux4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.train.DivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas_full;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.profiler.OpProfiler;

/** ND4J's globals belong to the caller: no word changes them. */
class GlobalStateTest {

    private static final INDArray X = column(0, 1, 2, 3, 4);
    private static final INDArray Y = X.add(1);
    private static final Chain MODEL = chain(dense(1, 3, TANH), dense(3, 1));

    static Stream<Named<Runnable>> words() {
        Dense single = dense(1, 1);
        return Stream.of(
                Named.of("column", () -> column(1, 2)),
                Named.of("dense", () -> dense(2, 2)),
                Named.of("chain", () -> chain(dense(2, 2), RELU)),
                Named.of("seed", () -> seed(1)),
                Named.of("first prediction", () -> chain(dense(1, 1), RELU).predict(X)),
                Named.of("f64", () -> f64(MODEL).predict(X)),
                Named.of("loss", () -> mse(MODEL).of(X, Y)),
                Named.of("train", () -> train(mse(MODEL), params(MODEL), List.of(batch(X, Y)), descent(0.01))),
                Named.of(
                        "first training",
                        () -> train(mse(single), params(single), List.of(batch(X, Y)), descent(0.01))),
                Named.of("shuffle", () -> dataLoader(X, Y).shuffle().iterator().next()),
                Named.of("withGradient", () -> withGradient(MSE, f64(MODEL), X, Y)),
                Named.of("network", MODEL::network),
                // so large that flux4j's threads share the work: rows, and products
                Named.of("training with many rows", () -> trainOnce(chain(dense(8, 64, RELU), dense(64, 1)), 4096, 8)),
                Named.of("training of many parameters", () -> trainOnce(dense(1024, 512), 16, 1024)));
    }

    private static void trainOnce(Layer model, int rows, int columns) {
        INDArray x = Nd4j.zeros(DataType.FLOAT, rows, columns);
        train(MSE, model, List.of(batch(x, model.predict(x))), setup(descent(), model));
    }

    @ParameterizedTest
    @MethodSource("words")
    void keepsTheDataTypes(Runnable word) {
        DataType type = Nd4j.dataType();
        DataType floating = Nd4j.defaultFloatingPointType();
        word.run();

        assertThat(Nd4j.dataType()).isEqualTo(type);
        assertThat(Nd4j.defaultFloatingPointType()).isEqualTo(floating);
    }

    @ParameterizedTest
    @MethodSource("words")
    void keepsTheNumberOfThreads(Runnable word) {
        int blas = openblas_full.openblas_get_num_threads();
        int nd4j = Nd4j.getEnvironment().maxMasterThreads();
        word.run();

        assertThat(openblas_full.openblas_get_num_threads()).isEqualTo(blas);
        assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(nd4j);
    }

    @ParameterizedTest
    @MethodSource("words")
    void doesNotLeanOnTheDefaultDataType(Runnable word) {
        DataType type = Nd4j.dataType();
        try {
            Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
            word.run();
            assertThat(column(1).dataType()).isEqualTo(DataType.FLOAT);
            assertThat(dense(1, 1).predict(X).dataType()).isEqualTo(DataType.FLOAT);
            assertThat(f64(dense(1, 1)).predict(X).dataType()).isEqualTo(DataType.DOUBLE);
            assertThat(Nd4j.dataType()).isEqualTo(DataType.DOUBLE);
        } finally {
            Nd4j.setDefaultDataTypes(type, type);
        }
    }

    @ParameterizedTest
    @MethodSource("words")
    void keepsTheRandomGenerator(Runnable word) {
        Nd4j.getRandom().setSeed(42);
        INDArray undisturbed = Nd4j.rand(DataType.DOUBLE, 1, 8);
        long next = Nd4j.getRandom().nextLong();

        Nd4j.getRandom().setSeed(42);
        word.run();
        assertThat(Nd4j.rand(DataType.DOUBLE, 1, 8)).isEqualTo(undisturbed);
        word.run();
        assertThat(Nd4j.getRandom().nextLong()).isEqualTo(next);
        assertThat(Nd4j.getRandom().getSeed()).isEqualTo(42);
    }

    /** Everything of the process and of the thread that a library could leave behind. */
    private record Globals(
            List<Object> ofTheProcess, long root, long node, MemoryWorkspace workspace, boolean isInAWorkspace) {

        static Globals now() {
            List<Object> ofTheProcess = List.of(
                    Nd4j.dataType(),
                    Nd4j.defaultFloatingPointType(),
                    Nd4j.order(),
                    OpProfiler.getInstance().getConfig(),
                    openblas_full.openblas_get_num_threads(),
                    Nd4j.getEnvironment().maxMasterThreads(),
                    System.out,
                    System.err,
                    Locale.getDefault(),
                    System.getProperties().clone());
            return new Globals(
                    ofTheProcess,
                    Nd4j.getRandom().rootState(),
                    Nd4j.getRandom().nodeState(),
                    Nd4j.getMemoryManager().getCurrentWorkspace(),
                    Nd4j.getWorkspaceManager().anyWorkspaceActiveForCurrentThread());
        }
    }

    private static final LossFunction FAILING = loss((yhat, y) -> 0, (yhat, y) -> {
        throw new UnsupportedOperationException("thrown by a loss");
    });

    /** What a program does, and does wrong. */
    private static void sequence() {
        Chain model = chain(dense(1, 64, TANH), batchNorm(64), dense(64, 1));
        Chain large = chain(dense(8, 64, RELU), dense(64, 1));
        for (int i = 0; i < 3; i++) {
            train(MSE, model, dataLoader(X, Y).batchSize(2).partial(false).shuffle(), setup(adam(), model));
            trainOnce(large, 4096, 8);
            assertThatThrownBy(() -> withGradient(FAILING, model, X, Y)).hasMessage("thrown by a loss");
            assertThatThrownBy(() ->
                            withGradient(FAILING, large, Nd4j.zeros(DataType.FLOAT, 4096, 8), Nd4j.zeros(4096, 1)))
                    .hasMessage("thrown by a loss");
            assertThatThrownBy(() -> model.predict(X.reshape(1, 5))).isInstanceOf(IllegalArgumentException.class);
            Chain diverging = chain(dense(1, 4), dense(4, 1));
            assertThatThrownBy(() -> {
                        for (int k = 0; k < 100; k++) {
                            train(MSE, diverging, List.of(batch(X, Y)), setup(descent(1e6), diverging));
                        }
                    })
                    .isInstanceOf(DivergedException.class);
            loss((yhat, y) -> yhat.sub(y).pow(2).mean()).gradient(X, Y);
            model.network().output(X);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void everythingIsAsItWasAfterAnySequenceInSeveralThreads(String engine) throws Exception {
        Globals before = Globals.now();
        ForcedEngine.during(engine, () -> {
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(CompletableFuture.runAsync(
                        () -> {
                            long root = Nd4j.getRandom().rootState();
                            sequence();
                            assertThat(Nd4j.getRandom().rootState()).isEqualTo(root);
                            assertThat(Nd4j.getMemoryManager().getCurrentWorkspace())
                                    .isNull();
                            assertThat(Nd4j.getWorkspaceManager().anyWorkspaceActiveForCurrentThread())
                                    .isFalse();
                        },
                        task -> new Thread(task).start()));
            }
            sequence();
            threads.forEach(CompletableFuture::join);
            return null;
        });
        assertThat(Globals.now()).isEqualTo(before);
    }
}
