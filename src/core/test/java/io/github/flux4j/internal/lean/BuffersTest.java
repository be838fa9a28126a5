package io.github.flux4j.internal.lean;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What models keep between runs is bounded, and goes with them. */
@Tag("process")
class BuffersTest {

    private static final int THREADS = 8;

    private static final long MB = 1 << 20;

    /** Lets all threads of a pool predict at once. */
    private static void predictOnEach(ExecutorService pool, Layer model, float[] x, int rows, int outputs)
            throws Exception {
        CountDownLatch all = new CountDownLatch(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(pool.submit(() -> {
                all.countDown();
                all.await();
                model.predict(x, rows, new float[rows * outputs]);
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void collectUntil(BooleanSupplier done) throws InterruptedException {
        for (int i = 0; i < 50 && !done.getAsBoolean(); i++) {
            System.gc();
            Thread.sleep(20);
        }
    }

    @Test
    void poolThreadsThatOncePredictedManyRowsKeepLittle() throws Exception {
        Layer model = chain(dense(64, 256, RELU), dense(256, 256, RELU), dense(256, 10));
        float[] x = new float[50_000 * 64];
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            long before = heap();
            predictOnEach(pool, model, x, 50_000, 10);
            assertThat(heap() - before).isLessThan(100 * MB);
            assertThat(model.parameterCount()).isPositive(); // the model lives until here
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void nothingOfAModelOutlivesItInThreadsThatUsedIt() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            WeakReference<Layer> dropped = usedAndDropped(pool);
            collectUntil(() -> dropped.get() == null);
            assertThat(dropped.get()).isNull();
        } finally {
            pool.shutdown();
        }
    }

    private static WeakReference<Layer> usedAndDropped(ExecutorService pool) throws Exception {
        Chain model = chain(dense(4, 300, TANH), batchNorm(300), dropout(0.1), dense(300, 2));
        INDArray x = column(new double[8000]).reshape(2000, 4);
        train(MSE, model, dataLoader(x, x.getColumns(0, 1)).batchSize(1000), setup(adam(), model));
        predictOnEach(pool, model, new float[2000 * 4], 2000, 2);
        return new WeakReference<>(model);
    }

    /** A batch that is too large for the heap leaves buffers of which some have grown; those that fit must go on. */
    @Test
    void aModelGoesOnAfterABatchThatIsTooLargeForTheHeap() throws Exception {
        ChildJvm ended = ChildJvm.run(OutOfHeap.class, List.of("-Xmx96m"));
        assertThat(ended.lines())
                .containsExactly("out of memory", "out of memory", "out of memory", "trained", "the same");
    }

    static final class OutOfHeap {
        public static void main(String... arguments) {
            seed(1);
            Chain model = chain(dense(2, 40, TANH), layerNorm(40), dense(40, 40, SOFTMAX), dense(40, 2));
            Chain twin = copy(model);
            INDArray small = column(new double[600]).reshape(300, 2);
            for (int rows : new int[] {60_000, 90_000, 130_000}) {
                INDArray x = column(new double[2 * rows]).reshape(rows, 2);
                try {
                    train(MSE, model, List.of(batch(x, x)), setup(adam(), model));
                    System.out.println("fits");
                } catch (OutOfMemoryError e) {
                    System.out.println("out of memory");
                }
            }
            for (Chain each : List.of(model, twin)) {
                train(MSE, each, List.of(batch(small, small)), setup(adam(), each));
            }
            System.out.println("trained");
            System.out.println(model.flatParameters().equals(twin.flatParameters()) ? "the same" : "not the same");
        }
    }

    @Tag("long")
    @Test
    void thirtyThousandModelsWithBatchNormComeAndGoInASmallHeap() throws Exception {
        ChildJvm ended = ChildJvm.run(ManyModels.class, List.of("-Xmx200m"));
        assertThat(ended.lines()).containsExactly("30000 models");
    }

    static final class ManyModels {
        public static void main(String... arguments) {
            INDArray x = rows(new double[][] {{1, 2}, {3, 5}, {0, 1}});
            INDArray y = column(1, 2, 3);
            for (int i = 0; i < 30_000; i++) {
                Chain model = chain(dense(2, 4, TANH), batchNorm(4), dense(4, 1));
                train(MSE, model, List.of(batch(x, y)), setup(adam(), model));
                model.predict(1, 2);
            }
            System.out.println("30000 models");
        }
    }
}
