package io.github.flux4j.io;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.consumer.PredictingGuest;
import io.github.flux4j.io.onnx.Onnx;
import io.github.flux4j.io.onnx.OnnxRuntime;
import io.github.flux4j.layers.State;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training process is killed at random moments and started again until it has come to its end; the oracle is a process that was left alone. What
 * it saved is then opened by four readers, which agree.
 */
@Tag("process")
class KilledTrainingTest {

    /** Eight terms and a tanh in Float32, in other orders. */
    private static final double FLOAT_SUM = 1e-6;

    private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @Test
    void fiveKillsChangeNoBitAndAllReadersAgree() throws Exception {
        Path file = killAndCompare(5, new SplittableRandom(7));
        double expected = load(file).predict(0.5, -1)[0];
        assertThat(ofTheSmallJar(file)).isCloseTo(expected, within(FLOAT_SUM));
        assertThat(ofOnnxRuntime(file)).isCloseTo(expected, within(FLOAT_SUM));
        assertThat(new FileByHand(Files.readAllBytes(file)).predict(0.5, -1)).isCloseTo(expected, within(FLOAT_SUM));
    }

    @Test
    @Tag("long")
    void dozensOfKillsChangeNoBit() throws Exception {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 8; i++) {
            killAndCompare(5, random);
        }
    }

    /** The file of the killed. */
    private Path killAndCompare(int kills, SplittableRandom random) throws Exception {
        Path killed = Files.createTempDirectory(folder, "killed");
        for (int i = 0; i < kills; i++) {
            startAndKill(killed, random.nextInt(120));
        }
        int epoch = Checkpoint.read(killed.resolve("run.flux4j")).training().epoch();
        assertThat(epoch).as("epochs behind it after the last kill").isBetween(kills, TrainingProgram.EPOCHS - 1);
        Path alone = Files.createTempDirectory(folder, "alone");
        for (Path each : List.of(killed, alone)) {
            assertThat(ChildJvm.run(TrainingProgram.class, FLAGS, each.toString())
                            .err())
                    .isEmpty();
        }
        Path file = killed.resolve("model.flux4j");
        assertThat(State.of(load(file))).isEqualTo(State.of(load(alone.resolve("model.flux4j"))));
        return file;
    }

    /** Some time after its second epoch, when the file of the first is there. */
    private void startAndKill(Path where, int milliseconds) throws Exception {
        Path said = Files.writeString(folder.resolve("said"), "");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        FLAGS.get(0),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        TrainingProgram.class.getName(),
                        where.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        while (program.isAlive() && epochs(said) < 2) {
            Thread.sleep(1);
        }
        Thread.sleep(milliseconds);
        assertThat(program.isAlive()).as(Files.readString(said)).isTrue();
        program.destroyForcibly();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static long epochs(Path said) throws Exception {
        return Files.readString(said)
                .lines()
                .filter(line -> line.matches("\\d+"))
                .count();
    }

    private static double ofTheSmallJar(Path file) throws Exception {
        String gson = Path.of(com.google.gson.stream.JsonReader.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        String guest = "src/cli/test/java/" + PredictingGuest.class.getName().replace('.', '/') + ".java";
        ChildJvm run =
                ChildJvm.run("target/flux4j-predict/classes" + File.pathSeparator + gson, guest, file.toString());
        assertThat(run.lines()).contains("org.nd4j.linalg.factory.Nd4j is not there");
        return Double.parseDouble(run.lines().get(0).replaceAll("[\\[\\]]", ""));
    }

    private double ofOnnxRuntime(Path file) throws Exception {
        Path onnx = folder.resolve("model.onnx");
        Onnx.export(load(file), onnx);
        return OnnxRuntime.predict(Files.readAllBytes(onnx), rows(new double[][] {{0.5, -1}}))[0][0];
    }
}
