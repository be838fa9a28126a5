package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.backend.Backend;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@code src/site/markdown/determinism.md} promises: one seed, one result to the last bit, whatever ran before or runs beside. */
@Tag("process")
class DeterminismTest {

    /** A training run: small, of rows that threads share, of weights that threads share, with everything that draws. */
    enum Run {
        SMALL(() -> chain(dense(10, 8, TANH), dense(8, 2)), 60, 32),
        SHARED_ROWS(() -> chain(dense(10, 60, TANH), dense(60, 30, SWISH), dense(30, 2)), 3000, 1500),
        SHARED_WEIGHTS(() -> chain(dense(10, 500, RELU), dense(500, 400, RELU), dense(400, 2)), 100, 50),
        DRAWING(
                () -> chain(dense(10, 40, TANH), dropout(0.3), batchNorm(40), alphaDropout(0.1), dense(40, 2)),
                200,
                64);

        private final Supplier<Chain> model;
        private final int rows;
        private final int batchSize;

        Run(Supplier<Chain> model, int rows, int batchSize) {
            this.model = model;
            this.rows = rows;
            this.batchSize = batchSize;
        }

        /** The parameters after some epochs, and predictions. */
        double[] result(String engine, DataType type) {
            seed(29);
            Chain trained = ForcedEngine.on(engine, Layer.copyAs(type, model.get()));
            INDArray x = numbers(rows, 10);
            trainer(MSE, trained, setup(adam(0.01), trained))
                    .train(dataLoader(x, numbers(rows, 2)).batchSize(batchSize).shuffle(), 3);
            double[] parameters = trained.flatParameters().toDoubleVector();
            double[] predictions = trained.predict(x).dup('c').data().asDouble();
            double[] all = Arrays.copyOf(parameters, parameters.length + predictions.length);
            System.arraycopy(predictions, 0, all, parameters.length, predictions.length);
            return all;
        }
    }

    private static INDArray numbers(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(rows + columns);
        double[] values = random.doubles((long) rows * columns, -1, 1).toArray();
        return column(values).reshape(rows, columns);
    }

    private static Stream<String> engines() {
        return ForcedEngine.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void whatRanBeforeOrRunsBesideChangesNoBit(String engine) throws InterruptedException {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            for (Run run : Run.values()) {
                double[] expected = run.result(engine, type);
                Thread beside = new Thread(() -> keepBusy(engine));
                beside.start();
                double[] again = run.result(engine, type);
                beside.interrupt();
                beside.join();
                assertThat(again).as("%s in %s", run, type).isEqualTo(expected);
            }
        }
    }

    /** Makes its model from numbers, since whoever draws from the one source of chance at the same time takes numbers away. */
    private static void keepBusy(String engine) {
        Chain other = ForcedEngine.on(engine, chain(dense(numbers(300, 10), column(new double[300]), IDENTITY)));
        INDArray x = numbers(2000, 10);
        INDArray y = numbers(2000, 300);
        while (!Thread.currentThread().isInterrupted()) {
            trainstep(MSE, other, batch(x, y), setup(descent(), other));
            other.predict(x);
        }
    }

    /** Those of below 2²⁰ multiplications a layer, which nobody divides; on the DL4J engine, of what ND4J doesn't. */
    @ParameterizedTest
    @MethodSource("engines")
    @SuppressWarnings("try") // scopes are entered, not used
    void smallStepsAreTheSameOnAnyNumberOfThreads(String engine) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            for (Run run : List.of(Run.SMALL, Run.DRAWING)) {
                double[] expected = run.result(engine, type);
                for (int threads : new int[] {1, 2, 4}) {
                    try (Backend.Scope scope = Backend.threads(threads)) {
                        assertThat(run.result(engine, type))
                                .as("%s in %s on %s threads", run, type, threads)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** In a new process nothing ran before, and Java compiles other parts at other times. */
    @ParameterizedTest
    @MethodSource("engines")
    void anotherProcessGetsTheSameBits(String engine) throws Exception {
        ChildJvm ended = ChildJvm.run(Results.class, List.of(), engine);
        assertThat(ended.lines())
                .containsExactlyElementsOf(
                        Stream.of(Run.values()).map(run -> line(run, engine)).toList());
    }

    private static String line(Run run, String engine) {
        return run + " " + Arrays.hashCode(run.result(engine, DataType.FLOAT));
    }

    static final class Results {
        public static void main(String... arguments) {
            for (Run run : Run.values()) {
                System.out.println(line(run, arguments[0]));
            }
        }
    }
}
