package io.github.flux4j.internal.arrays;

import static io.github.flux4j.Flux4j.RELU;
import static io.github.flux4j.Flux4j.batch;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dataLoader;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.descent;
import static io.github.flux4j.Flux4j.dropout;
import static io.github.flux4j.Flux4j.mse;
import static io.github.flux4j.Flux4j.params;
import static io.github.flux4j.Flux4j.seed;
import static io.github.flux4j.Flux4j.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Chain;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RandomnessTest {

    private static final Batch DATA =
            batch(Nd4j.linspace(-1, 1, 64).reshape(32, 2).castTo(DataType.FLOAT), column());

    private static INDArray column() {
        return Nd4j.linspace(0, 1, 32).reshape(32, 1).castTo(DataType.FLOAT);
    }

    /** A trial that draws for its weights, its shuffles and its dropout. */
    private static List<Float> trial() {
        Chain model = chain(dense(2, 8, RELU), dropout(0.2), dense(8, 1));
        for (int epoch = 0; epoch < 3; epoch++) {
            train(mse(model), params(model), dataLoader(DATA).batchSize(8).shuffle(), descent(0.01));
        }
        float[] weights = model.flatParameters().toFloatVector();
        return LongStream.range(0, weights.length)
                .mapToObj(i -> weights[(int) i])
                .toList();
    }

    @Test
    void trialsSideBySideGiveWhatTheyGiveOneAfterTheOther() throws Exception {
        List<List<Float>> alone = LongStream.range(0, 8)
                .mapToObj(seed -> Randomness.within(seed, RandomnessTest::trial))
                .toList();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Float>>> together = LongStream.range(0, 8)
                    .mapToObj(seed -> pool.submit(() -> Randomness.within(seed, RandomnessTest::trial)))
                    .toList();
            for (int i = 0; i < 8; i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        } finally {
            pool.shutdown();
        }
        assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
    }

    @Test
    void whatIsDrawnInsideTakesNothingFromOutside() {
        seed(3);
        double first = Randomness.next().nextDouble();
        double second = Randomness.next().nextDouble();
        seed(3);
        assertThat(Randomness.next().nextDouble()).isEqualTo(first);
        double inner = Randomness.within(3, () -> {
            Randomness.within(4, Randomness::next);
            return Randomness.next().nextDouble();
        });
        assertThat(inner).isEqualTo(first);
        assertThat(Randomness.next().nextDouble()).isEqualTo(second);
    }

    @Test
    void theProcessesSourceIsBackAfterAnException() {
        seed(3);
        double first = Randomness.next().nextDouble();
        seed(3);
        assertThatIllegalStateException()
                .isThrownBy(() -> Randomness.within(1, () -> {
                    throw new IllegalStateException("failed");
                }));
        assertThat(Randomness.next().nextDouble()).isEqualTo(first);
    }

    @Test
    void seedInsideConcernsTheInsideAlone() {
        seed(3);
        double first = Randomness.next().nextDouble();
        seed(3);
        double inner = Randomness.within(9, () -> {
            seed(3);
            return Randomness.next().nextDouble();
        });
        assertThat(inner).isEqualTo(first);
        assertThat(Randomness.next().nextDouble()).isEqualTo(first);
    }
}
