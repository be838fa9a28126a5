package io.github.flux4j.train;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Strip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Threads that predict while another trains: each answer is one that the trainer got itself between two steps, to the bit. */
@Timeout(60)
class PredictingWhileTrainingTest {

    private static final int PREDICTORS = 2;

    /** Steps, and answers of each predictor, that there must be before it ends. */
    private static final int ENOUGH = 50;

    private static final int ROWS = 2000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** A prediction of one kind, as a list of numbers. */
    private record Kind(String name, Function<Layer, Object> predict) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static double[] features(int rows) {
        return IntStream.range(0, rows * 4).mapToDouble(i -> Math.sin(i)).toArray();
    }

    private static List<Float> floats(Layer model, int rows) {
        double[] wide = features(rows);
        float[] x = new float[wide.length];
        IntStream.range(0, x.length).forEach(i -> x[i] = (float) wide[i]);
        float[] y = new float[rows * 2];
        model.predict(x, rows, y);
        return IntStream.range(0, y.length).mapToObj(i -> y[i]).toList();
    }

    private static List<Double> doubles(Layer model) {
        double[] y = model.predict(features(1));
        return IntStream.range(0, y.length).mapToObj(i -> y[i]).toList();
    }

    private static List<Double> arrays(Layer model, int rows) {
        double[] y = Tensors.toDoubles(model.predict(Tensors.of(model.dataType(), features(rows), rows, 4)));
        return IntStream.range(0, y.length).mapToObj(i -> y[i]).toList();
    }

    private static List<List<Double>> state(Layer model) {
        return State.of(model).arrays().values().stream()
                .map(array -> DoubleStream.of(Tensors.toDoubles(array)).boxed().toList())
                .toList();
    }

    /** Parameters in several layers and running statistics. */
    private static Chain net() {
        seed(3);
        return chain(dense(4, 64), batchNorm(64, TANH), dense(64, 16, TANH), dense(16, 2));
    }

    static Stream<Arguments> kindsOnEngines() {
        List<Kind> kinds = List.of(
                new Kind("floats", model -> floats(model, 1)),
                new Kind("doubles", PredictingWhileTrainingTest::doubles),
                new Kind("arrays", model -> arrays(model, 7)),
                new Kind("many rows", model -> floats(model, ROWS)),
                new Kind("large arrays", model -> arrays(model, ROWS)),
                new Kind("state", PredictingWhileTrainingTest::state));
        return ForcedEngine.ALL.stream().flatMap(engine -> kinds.stream().map(kind -> Arguments.of(engine, kind)));
    }

    @ParameterizedTest
    @MethodSource("kindsOnEngines")
    void everyAnswerIsOfOneState(String engine, Kind kind) throws Exception {
        Chain model = ForcedEngine.on(engine, kind.name.equals("doubles") ? f64(net()) : net());
        Optimiser optimiser = setup(adam(0.01), model);
        INDArray x = Tensors.of(model.dataType(), features(8), 8, 4);
        Batch batch = batch(x, Tensors.of(model.dataType(), features(4), 8, 2));
        assertWhole(model, kind, () -> trainstep(MSE, model, batch, optimiser));
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void soIsEveryAnswerBesideAStateThatIsLoaded(String engine) throws Exception {
        Chain model = ForcedEngine.on(engine, net());
        List<State> states = List.of(
                State.of(model), State.of(chain(dense(4, 64), batchNorm(64, TANH), dense(64, 16, TANH), dense(16, 2))));
        AtomicInteger turn = new AtomicInteger();
        assertWhole(
                model,
                new Kind("floats", each -> floats(each, 1)),
                () -> states.get(turn.getAndIncrement() % 2).loadInto(model));
    }

    /** A layer of a chain, or a slice of it, is trained and predicted with beside the whole. */
    @Test
    void soIsThatOfAPartOfWhatIsTrained() throws Exception {
        Chain model = net();
        Chain part = model.slice(0, 3);
        Optimiser optimiser = setup(adam(0.01), model.slice(2, 4));
        INDArray x = Tensors.of(
                model.dataType(), IntStream.range(0, 128).mapToDouble(Math::cos).toArray(), 2, 64);
        Batch batch = batch(x, Tensors.of(model.dataType(), features(1), 2, 2));
        assertWhole(
                model,
                new Kind("part", each -> arrays(part, 1)),
                () -> trainstep(MSE, optimiser.model(), batch, optimiser));
    }

    /** Changes the model in this thread as others predict, until there were enough of both. */
    private void assertWhole(Layer model, Kind kind, Runnable change) throws Exception {
        Set<Object> whole = new HashSet<>(Set.of(kind.predict.apply(model)));
        AtomicInteger least = new AtomicInteger();
        List<AtomicInteger> counts =
                Stream.generate(AtomicInteger::new).limit(PREDICTORS).toList();
        List<Future<Set<Object>>> answers = new ArrayList<>();
        for (AtomicInteger count : counts) {
            answers.add(threads.submit(() -> answers(model, kind, count, least)));
        }
        boolean isMany = kind.name.contains("many") || kind.name.contains("large");
        int enough = isMany ? ENOUGH / 5 : ENOUGH;
        int steps = 0;
        while (steps < enough || counts.stream().anyMatch(count -> count.get() < enough)) {
            change.run();
            steps++;
            whole.add(kind.predict.apply(model));
        }
        least.set(1);
        for (Future<Set<Object>> each : answers) {
            assertThat(whole).containsAll(each.get(30, TimeUnit.SECONDS));
        }
    }

    private static Set<Object> answers(Layer model, Kind kind, AtomicInteger count, AtomicInteger stopped) {
        Set<Object> answers = new HashSet<>();
        while (stopped.get() == 0) {
            answers.add(kind.predict.apply(model));
            count.incrementAndGet();
        }
        return answers;
    }

    /** A rule that does something else in the middle of its step. */
    private record Slow(Runnable meanwhile) implements Rule {
        @Override
        public void apply(Strip d, Strip p, Strip[] m, long t) {
            meanwhile.run();
        }
    }

    /** What runs within a step predicts with the state before it, whatever it is. */
    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void lossesAndRulesMayPredictWithinAStep(String engine) {
        Dense model = ForcedEngine.on(engine, dense(1, 1));
        model.weight().assign(2);
        List<Double> seen = new ArrayList<>();
        Runnable look = () -> seen.add(model.predict(3.0)[0]);
        LossFunction looking = loss(
                (p, y) -> {
                    look.run();
                    return MSE.of(p, y);
                },
                MSE::gradient);
        trainstep(looking, model, batch(column(1), column(0)), setup(new Slow(look), model));

        assertThat(seen).containsExactly(6.0, 6.0);
        assertThat(model.predict(3.0)).isNotEqualTo(new double[] {6.0});
    }

    @Test
    void aPredictionThatIsInterruptedWhileItWaitsForAStepIsAnswered() throws Exception {
        Dense model = dense(1, 1);
        List<Future<double[]>> answers = new ArrayList<>();
        Runnable begin = () -> {
            answers.add(threads.submit(() -> {
                Thread.currentThread().interrupt();
                return model.predict(3.0);
            }));
        };
        trainstep(MSE, model, batch(column(1), column(0)), setup(new Slow(begin), model));

        assertThat(answers.get(0).get(10, TimeUnit.SECONDS)).isEqualTo(model.predict(3.0));
    }
}
