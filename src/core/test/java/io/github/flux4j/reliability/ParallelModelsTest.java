package io.github.flux4j.reliability;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Many models, small and so large that a step is divided among threads, trained in parallel: each becomes what it becomes one after another. */
class ParallelModelsTest {

    private static final int THREADS = 4;
    private static final int[] WIDTHS = {3, 20, 300};

    /** One training, from its start to its parameters. */
    private record Run(Chain model, Batch examples) {

        static Run of(int i) {
            DataType type = i / 2 % 2 == 0 ? DataType.FLOAT : DataType.DOUBLE;
            int width = WIDTHS[i % WIDTHS.length];
            Chain model = Layer.copyAs(
                    type, chain(dense(8, width, TANH), dropout(0.2), dense(width, width), dense(width, 2)));
            return new Run(
                    ForcedEngine.on(ForcedEngine.ALL.get(i % 2), model),
                    batch(numbers(type, i, 60, 8), numbers(type, i, 60, 2)));
        }

        double[] trained() {
            var optimiser = setup(adam(0.01), model);
            for (int k = 0; k < 5; k++) {
                trainstep(MSE, model, examples, optimiser);
            }
            return model.flatParameters().toDoubleVector();
        }
    }

    private static INDArray numbers(DataType type, long seed, int rows, int columns) {
        double[] numbers =
                new SplittableRandom(seed).doubles((long) rows * columns, -1, 1).toArray();
        return column(numbers).reshape(rows, columns).castTo(type);
    }

    /** Made in one thread and in this order, since they share the source of chance. */
    private static List<Run> runs(int count) {
        seed(17);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(Run.of(i));
        }
        return runs;
    }

    @Test
    void areBitEqualToOneAfterAnother() throws Exception {
        assertEqual(24);
    }

    @Test
    @Tag("long")
    void soAreThousands() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertEqual(300);
        }
    }

    private static void assertEqual(int count) throws Exception {
        List<double[]> expected = runs(count).stream().map(Run::trained).toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<double[]>> trained =
                runs(count).stream().map(run -> threads.submit(run::trained)).toList();
        for (int i = 0; i < count; i++) {
            assertThat(trained.get(i).get()).as("model %s", i).isEqualTo(expected.get(i));
        }
        threads.shutdown();
    }
}
