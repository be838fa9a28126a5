package io.github.flux4j.backend;

import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.withGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.engine.Engines;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.threads.BlasThreads;
import io.github.flux4j.internal.threads.Nd4jThreads;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.losses.LossFunction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.openblas.global.openblas_full;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

@SuppressWarnings("try") // scopes are entered, not used
class ScopesTest {

    private List<Integer> before;

    @BeforeEach
    void remember() {
        before = threads();
    }

    @AfterEach
    void everythingIsAsItWas() {
        assertThat(threads()).isEqualTo(before);
        assertThat(engine()).isEqualTo("lean");
    }

    private List<Integer> threads() {
        return List.of(BlasThreads.get(), Nd4jThreads.get(), Threads.limit());
    }

    private static String engine() {
        return dense(1, 1).engine();
    }

    @Test
    void oneThreadIsOneEverywhere() {
        try (Backend.Scope scope = Backend.threads(1)) {
            assertThat(threads()).containsExactly(1, 1, 1);
        }
    }

    @Test
    void theLimitOfOneThreadIsItsOwn() {
        List<Integer> inside = Backend.threads(
                1,
                () -> List.of(
                        Threads.limit(),
                        CompletableFuture.supplyAsync(Threads::limit).join(),
                        Backend.threads(2, Threads::limit)));
        assertThat(inside).containsExactly(1, Threads.limit(), Math.min(2, Threads.limit()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backend.threads(0, () -> 1))
                .withMessage("threads must be 1 or more, but was 0");
    }

    @Test
    void aScopeWithinTheLimitOfOneThreadRestoresTheProcesses() {
        Backend.threads(1, () -> {
            try (Backend.Scope scope = Backend.threads(2)) {
                return Threads.limit();
            }
        });
    }

    @Test
    void nestedScopesRestoreInOrder() {
        try (Backend.Scope outer = Backend.threads(1)) {
            try (Backend.Scope inner = Backend.threads(2)) {
                assertThat(BlasThreads.get()).isEqualTo(2);
            }
            assertThat(threads()).containsExactly(1, 1, 1);
        }
    }

    @Test
    void theYoungestOpenScopeHoldsWhateverTheOrderOfClosing() {
        Backend.Scope outer = Backend.threads(2);
        Backend.Scope inner = Backend.threads(1);
        outer.close();
        assertThat(threads()).containsExactly(1, 1, 1);
        inner.close();
    }

    @Test
    void closingTwiceDoesNothingMore() {
        Backend.Scope first = Backend.threads(2);
        first.close();
        try (Backend.Scope second = Backend.threads(1)) {
            first.close();
            assertThat(threads()).containsExactly(1, 1, 1);
        }
    }

    @Test
    void anExceptionRestoresToo() {
        assertThatIllegalArgumentException().isThrownBy(() -> {
            try (Backend.Scope scope = Backend.threads(1);
                    Backend.Scope engine = Backend.engine("dl4j")) {
                throw new IllegalArgumentException("thrown within the scope");
            }
        });
    }

    @Test
    void fewerThanOneThreadIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backend.threads(0))
                .withMessage("threads must be 1 or more, but was 0");
    }

    @Test
    void theNamedEngineRunsTheModelsCompiledInTheScope() {
        try (Backend.Scope outer = Backend.engine("dl4j")) {
            assertThat(engine()).isEqualTo("dl4j");
            try (Backend.Scope inner = Backend.engine("lean")) {
                assertThat(engine()).isEqualTo("lean");
            }
            assertThat(engine()).isEqualTo("dl4j");
        }
    }

    /** The step keeps BLAS, and on the DL4J engine ND4J, at one thread until it ends. */
    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void aScopeOpenedWhileAnotherThreadIsInsideAStepHoldsAfterIt(String engine) throws Exception {
        try (Backend.Scope outer = Backend.threads(2)) {
            List<Integer> two = threads();
            Backend.Scope[] inner = new Backend.Scope[1];
            duringAStep(engine, () -> inner[0] = Backend.threads(1));
            assertThat(threads()).containsExactly(1, 1, 1);
            assertThat(openblas_full.openblas_get_num_threads()).isEqualTo(1);

            duringAStep(engine, inner[0]::close);
            assertThat(threads()).isEqualTo(two);
            assertThat(openblas_full.openblas_get_num_threads()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void aScopeOpenedAndClosedWhileAnotherThreadIsInsideAStepLeavesNothing(String engine) throws Exception {
        duringAStep(engine, () -> {
            try (Backend.Scope scope = Backend.threads(1)) {
                assertThat(threads()).containsExactly(1, 1, 1);
            }
            assertThat(threads()).isEqualTo(before);
        });
    }

    /** Runs something while another thread is inside a step so large that BLAS's threads would divide it. */
    private static void duringAStep(String engine, Runnable action) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        LossFunction waiting = LossFunction.of("waiting", (yhat, y) -> 0, (yhat, y) -> {
            inside.countDown();
            await(leave);
            return yhat;
        });
        Dense model = ForcedEngine.on(engine, dense(64, 64));
        INDArray x = Tensors.zeros(DataType.FLOAT, 512, 64);
        CompletableFuture<?> step = CompletableFuture.runAsync(() -> withGradient(waiting, model, x, x));
        await(inside);
        try {
            action.run();
        } finally {
            leave.countDown();
            step.get();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aVerboseModelNamesItsEngineAndWhoChoseIt() {
        Dense model = dense(1, 1);
        assertThat(model.toString(true)).startsWith(model + "\n# engine: lean, the first that can run the model");
        assertThat(model.toString(false)).isEqualTo(model.toString());
        Dense forced = dense(1, 1);
        try (Backend.Scope scope = Backend.engine("dl4j")) {
            forced.predict(1);
        }
        assertThat(forced.toString(true)).endsWith("# engine: dl4j, Backend.engine(\"dl4j\")");
    }

    @Test
    void aScopeStandsAboveTheProperty() {
        System.setProperty(Engines.PROPERTY, "lean");
        try (Backend.Scope scope = Backend.engine("dl4j")) {
            assertThat(engine()).isEqualTo("dl4j");
            assertThat(Backend.environment().engines().reason()).isEqualTo("Backend.engine(\"dl4j\")");
        } finally {
            System.clearProperty(Engines.PROPERTY);
        }
    }

    @Test
    void anUnknownEngineIsRefusedAtTheCall() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backend.engine("fast"))
                .withMessage("Backend.engine(\"fast\") names no engine; the engines are lean, dl4j");
    }
}
