package io.github.flux4j.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that saves all the time is killed at random moments: there is the old model or the new one, whole. */
@Tag("process")
class KilledSaverTest {

    /** Numbers of a model: enough for a saving to take some time. */
    private static final int SIZE = 1 << 18;

    @TempDir
    private Path folder;

    /** Saves models whose numbers are all 1, then all 2, and so on, as long as it lives. */
    static final class Saver {

        private Saver() {}

        public static void main(String... arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            for (int i = 1; true; i++) {
                ModelWriter.write(model(i), file);
                System.out.println(i);
            }
        }
    }

    private static ModelFile model(int number) {
        float[] values = new float[SIZE];
        java.util.Arrays.fill(values, number);
        return ModelWriter.file(
                SampleFiles.document(Map.of("type", "scale", "size", SIZE, "bias", false)),
                Map.of("weight", Tensor.of(values, SIZE)));
    }

    @Test
    void dozensOfKills() throws Exception {
        killAndRead(24, new SplittableRandom(3));
    }

    @Test
    @Tag("long")
    void hundredsOfKills() throws Exception {
        killAndRead(400, new SplittableRandom(4));
    }

    private void killAndRead(int times, SplittableRandom random) throws Exception {
        Path file = folder.resolve("model.flux4j");
        for (int i = 0; i < times; i++) {
            int saved = saveAndKill(file, random.nextInt(60));
            float[] values = ModelFile.read(file).tensors().get("weight").floats();
            assertThat(values[0])
                    .as("the last that was said to be saved, or the next")
                    .isBetween((float) saved, saved + 1f);
            assertThat(IntStream.range(0, SIZE).allMatch(k -> values[k] == values[0]))
                    .as("whole")
                    .isTrue();
            requireLeftoversGo(file);
        }
    }

    /** The number that was saved last. */
    private int saveAndKill(Path file, int milliseconds) throws Exception {
        Path said = Files.writeString(folder.resolve("said"), "");
        Process saver = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--class-path",
                        System.getProperty("java.class.path"),
                        Saver.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile())
                .start();
        while (saver.isAlive() && lines(said) == 0) {
            Thread.sleep(1);
        }
        Thread.sleep(milliseconds);
        saver.destroyForcibly();
        assertThat(saver.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return lines(said);
    }

    /** Each says one number more, from 1 on. */
    private static int lines(Path said) throws IOException {
        return (int) Files.readString(said).chars().filter(c -> c == '\n').count();
    }

    /** At most the one of the last kill, which goes once it is old. */
    private void requireLeftoversGo(Path file) throws IOException {
        List<Path> leftovers = leftovers();
        assertThat(leftovers).hasSizeLessThan(2);
        for (Path leftover : leftovers) {
            Files.setLastModifiedTime(leftover, FileTime.from(Instant.now().minusSeconds(60)));
        }
        ModelWriter.write(model(1), file);
        assertThat(leftovers()).isEmpty();
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".saving")).toList();
        }
    }
}
