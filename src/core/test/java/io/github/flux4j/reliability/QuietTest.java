package io.github.flux4j.reliability;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.engine.Engines;
import io.github.flux4j.layers.Chain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** 100 ms after its work no thread of a process takes a processor's time, but those of Java's own that compile and collect. */
@Tag("process")
@EnabledOnOs(OS.LINUX) // where each thread's time is in /proc
class QuietTest {

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void aTenthOfASecondAfterTheLastStepNothingRuns(String engine) throws Exception {
        ChildJvm run = ChildJvm.run(Working.class, List.of("-D" + Engines.PROPERTY + "=" + engine));
        assertThat(run.lines()).containsExactly("{}");
    }

    /** Trains and predicts with threads, and prints the ticks, of 10 ms each, that each thread has taken in a second from then on. */
    static final class Working {

        private Working() {}

        public static void main(String... arguments) throws Exception {
            CountDownLatch worked = new CountDownLatch(1);
            Thread working =
                    new Thread(() -> work(worked), "working"); // by which native threads are called that it makes
            working.setDaemon(true);
            working.start();
            worked.await();
            Thread.sleep(100);
            Map<String, Long> before = ticks();
            Thread.sleep(1000);
            Map<String, Long> taken = ticks();
            taken.replaceAll((thread, ticks) -> ticks - before.getOrDefault(thread, 0L));
            taken.values().removeIf(ticks -> ticks == 0);
            System.out.println(taken);
        }

        private static void work(CountDownLatch worked) {
            Chain model = chain(dense(50, 300, TANH), dense(300, 300), dense(300, 2));
            var optimiser = setup(adam(0.001), model);
            var batch = batch(rows(new double[2000][50]), rows(new double[2000][2]));
            for (int i = 0; i < 10; i++) {
                trainstep(MSE, model, batch, optimiser);
                model.predict(batch.features());
            }
            worked.countDown();
            LockSupport.park(); // native threads end with the one that made them
        }

        /** User's and system's time of each thread, by its number and name, but Java's own and the one that measures. */
        private static Map<String, Long> ticks() throws IOException {
            Map<String, Long> ticks = new LinkedHashMap<>();
            try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
                for (Path thread : threads.toList()) {
                    String stat = Files.readString(thread.resolve("stat"));
                    String name = stat.substring(0, stat.lastIndexOf(')') + 1);
                    String[] fields = stat.substring(name.length() + 2).split(" ");
                    if (!name.matches(".*\\((C[12] Comp|VM |G1 |GC |java\\)).*")) {
                        ticks.put(name, Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
                    }
                }
            }
            return ticks;
        }
    }
}
