package io.github.flux4j.internal.arrays;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.Engines;
import io.github.flux4j.layers.Dense;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Services predict and train for days on a small heap, which is seldom collected: their native memory must be freed even so. */
@Tag("long")
@EnabledOnOs(OS.LINUX) // the resident size is read from /proc
class ResidentMemoryTest {

    private static final int LIMIT_MB = 2000;

    @ParameterizedTest
    @CsvSource({
        "predict, lean, 1000000, 200",
        "predict, dl4j, 1000000, 100",
        "predict, lean, 400, 500000",
        "shuffle, lean, 1000000, 100"
    })
    void droppedArraysStayBelowTwoGigabytesAtAHeapOfHalfAOne(String what, String engine, String rows, String times)
            throws Exception {
        List<String> flags = List.of("-Xmx512m", "-D" + Engines.PROPERTY + "=" + engine);
        ChildJvm ended = ChildJvm.run(Loop.class, flags, what, rows, times);

        assertThat(ended.lines()).last().asString().matches("\\d+");
        assertThat(Integer.parseInt(ended.lines().get(ended.lines().size() - 1)))
                .isBetween(100, LIMIT_MB);
    }

    /** Does the same again and again, and prints the largest resident size in MB. */
    static final class Loop {

        private Loop() {}

        public static void main(String... arguments) throws IOException {
            int rows = Integer.parseInt(arguments[1]);
            Dense model = dense(10, 10);
            INDArray x = Tensors.zeros(DataType.FLOAT, rows, 10);
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                if (arguments[0].equals("predict")) {
                    model.predict(x);
                } else {
                    for (Batch batch : dataLoader(x, x).batchSize(rows / 4).shuffle(i)) {
                        batch.size();
                    }
                }
            }
            String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .orElseThrow();
            System.out.println(Integer.parseInt(peak.replaceAll("\\D", "")) / 1024);
        }
    }
}
