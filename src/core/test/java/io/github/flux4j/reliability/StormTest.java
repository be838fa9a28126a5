package io.github.flux4j.reliability;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.train.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Threads, virtual ones among them where Java has them, that do all they can at once to a model that they share on each engine: predict, train,
 * save, load, copy, diverge, throw out of losses and callbacks, close arrays, interrupt. Between these each trains a model of its own, whose oracle is
 * the same training done before with nobody else about: to the bit. Afterwards the process is as it was.
 */
class StormTest {

    private static final int ACTORS = 6;

    /** For the last of them: far more than they take, and far less than for ever. */
    private static final long PATIENCE_MINUTES = 30;

    private static final LossFunction THROWING = LossFunction.of(
            "throwing",
            (p, y) -> {
                throw new Thrown();
            },
            (p, y) -> p.sub(y));

    private static final LossFunction INFINITE =
            LossFunction.of("infinite", (p, y) -> Double.POSITIVE_INFINITY, (p, y) -> p.sub(y));

    @TempDir
    private Path folder;

    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A model that nobody else knows, and how it is trained. */
    private record Own(Chain model, Optimiser optimiser, Batch examples) {

        static Own of(String engine, long seed) {
            seed(seed);
            Chain model = ForcedEngine.on(engine, chain(dense(4, 16, TANH), batchNorm(16), dense(16, 2)));
            return new Own(model, setup(adam(0.01), model), batch(numbers(seed, 12, 4), numbers(seed, 12, 2)));
        }

        void step() {
            trainstep(MSE, model, examples, optimiser);
        }

        double[] parameters() {
            return model.flatParameters().toDoubleVector();
        }
    }

    private static INDArray numbers(long seed, int rows, int columns) {
        return column(new SplittableRandom(seed)
                        .doubles((long) rows * columns, -1, 1)
                        .toArray())
                .reshape(rows, columns);
    }

    @Test
    void aMomentOfEverythingChangesNoBitOfOthersAndNothingOfTheProcess() throws Exception {
        storm(1, 20);
    }

    @Test
    @Tag("long")
    void soDoMinutesOfIt() throws Exception {
        for (long seed = 2; seed < 12; seed++) {
            storm(seed, 3000);
        }
    }

    private void storm(long seed, int steps) throws Exception {
        List<double[]> alone = new ArrayList<>();
        List<Own> models = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            String engine = ForcedEngine.ALL.get(i % 2);
            Own own = Own.of(engine, seed + i);
            for (int k = 0; k < steps; k++) {
                own.step();
            }
            alone.add(own.parameters());
            models.add(Own.of(engine, seed + i));
        }
        List<Own> shared = ForcedEngine.ALL.stream()
                .map(engine -> Own.of(engine, seed + ACTORS))
                .toList();
        Map<String, Object> before = GlobalState.now();
        List<ExecutorService> pools = pools();
        List<Future<?>> actors = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            Actor actor = new Actor(
                    new SplittableRandom(seed * ACTORS + i), models.get(i), shared, folder.resolve("model" + i));
            actors.add(pools.get(i % pools.size()).submit(() -> actor.act(steps)));
        }
        for (Future<?> actor : actors) {
            actor.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        }
        pools.forEach(ExecutorService::shutdown);
        assertThat(GlobalState.now()).isEqualTo(before);
        for (int i = 0; i < ACTORS; i++) {
            assertThat(models.get(i).parameters()).as("actor %s", i).isEqualTo(alone.get(i));
        }
    }

    private static List<ExecutorService> pools() {
        List<ExecutorService> pools = new ArrayList<>(List.of(Executors.newCachedThreadPool()));
        try {
            pools.add((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (ReflectiveOperationException e) {
            // virtual threads come with Java 21
        }
        return pools;
    }

    /** One thread. */
    private record Actor(SplittableRandom random, Own own, List<Own> shared, Path file) {

        void act(int steps) {
            for (int i = 0; i < steps; i++) {
                own.step();
                Own other = shared.get(random.nextInt(shared.size()));
                try {
                    disturb(random.nextInt(10), other);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private void disturb(int how, Own other) throws IOException {
            Chain model = other.model();
            INDArray x = other.examples().features();
            switch (how) {
                case 0 -> assertFinite(model.predict(0.1, -0.2, 0.3, random.nextDouble()));
                case 1 -> assertFinite(model.predict(x).dup().data().asDouble());
                case 2 -> other.step();
                case 3 -> {
                    save(model, file);
                    assertFinite(load(file).predict(1, 2, 3, 4));
                    Files.delete(file);
                }
                case 4 -> {
                    Chain copy = copy(model);
                    trainstep(MSE, copy, other.examples(), setup(descent(), copy));
                }
                case 5 ->
                    assertThatThrownBy(() -> trainstep(THROWING, model, other.examples(), other.optimiser()))
                            .isInstanceOf(Thrown.class);
                case 6 -> failInACallback();
                case 7 -> stepInterrupted(other);
                case 8 -> diverge();
                default -> trainOnClosed();
            }
        }

        private static void assertFinite(double... predictions) {
            assertThat(DoubleStream.of(predictions).allMatch(Double::isFinite)).isTrue();
        }

        private void failInACallback() {
            Chain mine = copy(own.model());
            assertThatThrownBy(() -> trainer(MSE, mine, setup(descent(0.01), mine))
                            .afterBatch(progress -> {
                                throw new Thrown();
                            })
                            .train(List.of(own.examples()), 2))
                    .isInstanceOf(Thrown.class);
        }

        /** Who has to wait for another's step is told, others go on; the mark stays. */
        private static void stepInterrupted(Own other) {
            Thread.currentThread().interrupt();
            try {
                assertFinite(other.model().predict(0.1, -0.2, 0.3, 0.4));
                other.step();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("interrupted while waiting");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }

        private void diverge() {
            Layer mine = copy(own.model());
            double[] before = mine.flatParameters().toDoubleVector();
            assertThatThrownBy(() -> train(INFINITE, mine, List.of(own.examples()), setup(descent(), mine)))
                    .isInstanceOf(DivergedException.class);
            assertThat(mine.flatParameters().toDoubleVector()).isEqualTo(before);
        }

        private void trainOnClosed() {
            Layer mine = copy(own.model());
            INDArray x = own.examples().features().dup();
            Batch closed = batch(x, own.examples().targets());
            x.close();
            assertThatThrownBy(() -> trainstep(MSE, mine, closed, setup(descent(), mine)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
