package io.github.flux4j.internal.lean;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Optimiser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
                        "the loss of Chain(Dense(1 => 2, tanh), Dense(2 => 1)) trains or differentiates that very model");
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
