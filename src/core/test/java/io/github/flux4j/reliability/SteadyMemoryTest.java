package io.github.flux4j.reliability;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.Engines;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.predict.Predictor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process with a heap of 64 MB does one thing again and again: its heap, its native memory and its threads end where they were early on. */
@EnabledOnOs(OS.LINUX) // the resident size is read from /proc
class SteadyMemoryTest {

    /** Of the live heap, in kB: Java's own classes and profiles of them grow a little. */
    private static final long HEAP = 3_000;

    /** Of the resident size, in kB: code is still being compiled, and ND4J collects what was dropped when it likes. */
    private static final long RESIDENT = 64_000;

    @ParameterizedTest
    @Tag("process")
    @CsvSource({
        "steps, lean, 8000",
        "steps, dl4j, 1000",
        "models, lean, 300",
        "models, dl4j, 120",
        "sizes, lean, 600",
        "sizes, dl4j, 300"
    })
    void aShare(String what, String engine, String times) throws Exception {
        assertSteady(what, engine, times);
    }

    @ParameterizedTest
    @Tag("long")
    @CsvSource({
        "steps, lean, 1000000",
        "steps, dl4j, 1000000",
        "models, lean, 100000",
        "models, dl4j, 100000",
        "sizes, lean, 100000",
        "sizes, dl4j, 100000"
    })
    void theWhole(String what, String engine, String times) throws Exception {
        assertSteady(what, engine, times);
    }

    private static void assertSteady(String what, String engine, String times) throws Exception {
        ChildJvm ended =
                ChildJvm.run(Loop.class, List.of("-Xmx64m", "-D" + Engines.PROPERTY + "=" + engine), what, times);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        long[] early = numbers(ended.out().lines().toList().get(0));
        long[] late = numbers(ended.out().lines().toList().get(1));
        assertThat(late[0]).as("live heap, kB; " + ended.out()).isLessThan(early[0] + HEAP);
        assertThat(late[1]).as("resident, kB; " + ended.out()).isLessThan(early[1] + RESIDENT);
        assertThat(late[2]).as("threads; " + ended.out()).isLessThanOrEqualTo(early[2]);
    }

    private static long[] numbers(String line) {
        return List.of(line.split(" ")).stream().mapToLong(Long::parseLong).toArray();
    }

    /** Prints live heap and resident size in kB and the number of threads, after a quarter and at the end. */
    static final class Loop {

        private static final Map<String, IntConsumer> WAYS =
                Map.of("steps", steps(), "models", Loop::modelsLife, "sizes", sizes());

        private Loop() {}

        public static void main(String... arguments) throws Exception {
            IntConsumer way = WAYS.get(arguments[0]);
            int times = Integer.parseInt(arguments[1]);
            for (int i = 0; i < times; i++) {
                way.accept(i);
                if (i == times / 4 || i == times - 1) {
                    System.out.println(measured());
                }
            }
        }

        /** Features and targets of n rows. */
        private static Batch rowsOf(int n) {
            return batch(rows(new double[n][4]).addi(0.1 * (n % 7)), rows(new double[n][2]));
        }

        private static Chain net() {
            return chain(dense(4, 16, TANH), batchNorm(16), dense(16, 2));
        }

        private static IntConsumer steps() {
            Chain model = net();
            var optimiser = setup(adam(0.001), model);
            Batch batch = rowsOf(16);
            return i -> trainstep(MSE, model, batch, optimiser);
        }

        private static void modelsLife(int i) {
            try {
                Chain model = net();
                trainstep(MSE, model, rowsOf(2 + i % 16), setup(adam(0.001), model));
                Path file = Files.createTempFile("steady", ".flux4j");
                save(model, file);
                load(file).predict(1, 2, 3, 4);
                Predictor.load(file).predict(1, 2, 3, 4);
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static IntConsumer sizes() {
            Chain model = net();
            return i -> {
                int n = 1 + (int) (i * 7919L % 2000);
                model.predict(rowsOf(n).features());
                model.predict(new float[n * 4], n, new float[n * 2]);
            };
        }

        private static String measured() throws Exception {
            for (int i = 0; i < 5; i++) {
                System.gc();
                Thread.sleep(300); // ND4J frees what was found, helpers end after a second
            }
            Runtime heap = Runtime.getRuntime();
            String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .findFirst()
                    .orElseThrow();
            return (heap.totalMemory() - heap.freeMemory()) / 1000 + " " + resident.replaceAll("\\D", "") + " "
                    + ManagementFactory.getThreadMXBean().getThreadCount();
        }
    }
}
