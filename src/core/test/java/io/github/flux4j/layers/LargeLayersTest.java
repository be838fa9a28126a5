package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is larger than a small heap, in a JVM that has one: it is refused by its size, or made. */
@Tag("process")
class LargeLayersTest {

    /** Tries each, and says what came of it. */
    public static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            say(() -> f64(dense(16384, 16384)));
            say(() -> dense(8192, 8192).withoutBias());
            say(() -> chain(dense(8192, 8192), dense(8192, 1)));
            say(() -> Layer.parse("dense(8192, 8192)"));
            say(() -> scale(40_000_000));
            say(() -> layerNorm(40_000_000));
            say(() -> batchNorm(40_000_000));
            byte[] inUse = new byte[180_000_000];
            say(() -> dense(4096, 4096));
            System.out.println(inUse.length);
            inUse = null;
            say(() -> f64(dense(4096, 4096)));
        }

        private static void say(Supplier<Layer> make) {
            try {
                System.out.println(make.get().parameterCount());
            } catch (IllegalArgumentException | OutOfMemoryError e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    /** 256 MB of heap; a layer of 4096 × 4096 is 134 MB of doubles. */
    @Test
    void whatCannotFitIsRefusedWithSizeAndLimit() throws Exception {
        List<String> lines = ChildJvm.run(Program.class, List.of("-Xmx256m")).lines();

        assertThat(lines).hasSize(10);
        assertThat(lines.get(0))
                .startsWith(
                        "IllegalArgumentException: dense(16384, 16384) can't be made here: its 268451840 parameters take"
                                + " 2148 MB of Java's heap while they are set or copied, and 1074 MB outside of it, but the heap has 268 MB");
        assertThat(lines.subList(1, 4))
                .allMatch(
                        line -> line.startsWith(
                                "IllegalArgumentException: dense(8192, 8192) can't be made here: its 67117056 parameters take 537 MB"));
        assertThat(lines.get(4)).startsWith("IllegalArgumentException: scale(40000000) can't be made here");
        assertThat(lines.get(5)).startsWith("IllegalArgumentException: layerNorm(40000000) can't be made here");
        assertThat(lines.get(6)).startsWith("IllegalArgumentException: batchNorm(40000000) can't be made here");
        assertThat(lines.get(7))
                .startsWith(
                        "OutOfMemoryError: dense(4096, 4096) doesn't fit into memory: its 16781312 parameters take 134 MB of Java's heap")
                .contains("but the heap has 268 MB", "some of it in use. Use fewer units, or a larger heap (-Xmx)");
        assertThat(lines.get(9)).isEqualTo("16781312");
    }
}
