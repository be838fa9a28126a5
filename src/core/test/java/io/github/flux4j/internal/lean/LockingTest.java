package io.github.flux4j.internal.lean;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Optimiser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Gradients are computed one at a time; who waits, waits quietly, and who would wait for himself is told. */
@Timeout(60)
class LockingTest {

    private static final Batch BATCH = batch(column(1, 2), column(2, 3));

    @Test
    void aLossThatTrainsItsOwnModelIsRefusedByName() {
        Chain model = chain(dense(1, 2, TANH), dense(2, 1));
        Optimiser optimiser = setup(descent(), model);
        LossFunction own =
                LossFunction.of("own", (p, y) -> trainstep(MSE, model, BATCH, optimiser), (p, y) -> p.sub(y));
        assertThatThrownBy(() -> train(own, model, List.of(BATCH), optimiser))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "the loss of Chain(Dense(1 => 2, tanh), Dense(2 => 1)) trains or differentiates the same model");
        train(MSE, model, List.of(BATCH), optimiser); // and the model goes on
    }

    @Test
    void aLossMayPredictWithItsOwnModelAndTrainAnother() {
        Chain model = chain(dense(1, 2, TANH), dense(2, 1));
        Chain other = chain(dense(1, 1));
        Optimiser others = setup(descent(0.01), other);
        LossFunction own = LossFunction.of(
                "own",
                (p, y) -> model.predict(column(1)).getDouble(0) + trainstep(MSE, other, BATCH, others),
                (p, y) -> p.sub(y));
        assertThat(train(own, model, List.of(BATCH), setup(descent(0.01), model)))
                .isFinite();
    }

    /** Two losses that train each other's model, each begun before the other's step is asked for: one is told, the other goes on. */
    @ParameterizedTest
    @CsvSource({"lean, lean", "dl4j, dl4j", "lean, dl4j"})
    void lossesThatTrainEachOthersModelInTwoThreadsAreTold(String one, String other) throws Exception {
        assertThat(trainInACircle(List.of(one, other)))
                .containsOnlyOnce("went on")
                .filteredOn(outcome -> !outcome.equals("went on"))
                .singleElement(as(STRING))
                .startsWith("deadlock: this thread is in a step of Dense(1 => 1")
                .contains("and waits for a step of Dense(1 => 1", "Use copy(model) in one of the losses");
    }

    @Test
    void soAreThreeInACircle() throws Exception {
        assertThat(trainInACircle(List.of("lean", "dl4j", "lean")))
                .contains("went on")
                .anyMatch(outcome -> outcome.contains("deadlock: "));
    }

    /** Trains a model on each engine in a thread of its own, by a loss that trains the next one's; what became of each. */
    private static List<String> trainInACircle(List<String> engines) throws Exception {
        int n = engines.size();
        CyclicBarrier allInside = new CyclicBarrier(n);
        List<Layer> models = engines.stream()
                .map(engine -> (Layer) ForcedEngine.on(engine, dense(1, 1)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(n);
        List<Future<String>> running = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Layer mine = models.get(i);
            Layer next = models.get((i + 1) % n);
            LossFunction loss = LossFunction.of("circle", (p, y) -> stepOnce(next, allInside), (p, y) -> p.sub(y));
            running.add(threads.submit(() -> outcome(loss, mine)));
        }
        List<String> outcomes = new ArrayList<>();
        for (Future<String> each : running) {
            outcomes.add(each.get(20, TimeUnit.SECONDS));
        }
        threads.shutdown();
        return outcomes;
    }

    private static double stepOnce(Layer model, CyclicBarrier allInside) {
        try {
            allInside.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return trainstep(MSE, model, BATCH, setup(descent(0.01), model));
    }

    private static String outcome(LossFunction loss, Layer model) {
        try {
            withGradient(loss, model, column(1), column(2));
            return "went on";
        } catch (IllegalStateException told) {
            return told.getMessage();
        }
    }

    /** A loss that waits for a thread that waits for it, which nobody can see; that one can be interrupted. */
    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void whoWaitsForAModelCanBeInterrupted(String engine) throws Exception {
        Layer model = ForcedEngine.on(engine, dense(1, 1));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        LossFunction patient = LossFunction.of("patient", (p, y) -> interrupted(thread, model), (p, y) -> p.sub(y));

        assertThat(withGradient(patient, model, column(1), column(2)).loss()).isEqualTo(1);
        assertThat(withGradient(MSE, model, column(1), column(2)).loss()).isFinite();
    }

    /** 1 if another thread's step of the model ended by an interrupt, in words. */
    private static double interrupted(ExecutorService thread, Layer model) {
        Future<String> other = thread.submit(() -> outcome(MSE, model));
        thread.shutdownNow();
        try {
            return other.get(10, TimeUnit.SECONDS)
                            .equals("interrupted while waiting for another thread to finish a step of Dense(1 => 1)")
                    ? 1
                    : 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** With a loss that sleeps, threads of one model queue; as virtual threads they leave their carriers to the one that works. */
    @Test
    void virtualThreadsThatWaitForAModelLeaveTheirCarriersToOthers() throws Exception {
        ExecutorService threads = virtualThreads();
        assumeTrue(threads != null, "virtual threads come with Java 21");
        Chain model = chain(dense(1, 1));
        LossFunction slow = LossFunction.of("slow", (p, y) -> slow(), (p, y) -> p.sub(y));
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            running.add(threads.submit(() -> trainstep(slow, model, BATCH, setup(descent(0.01), model))));
        }
        for (Future<?> each : running) {
            each.get(30, TimeUnit.SECONDS);
        }
    }

    private static double slow() {
        try {
            Thread.sleep(20);
            return 1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
