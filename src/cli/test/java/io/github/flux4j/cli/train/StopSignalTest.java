package io.github.flux4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.learn.FittedRegressor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code flux4j train} in a process of its own that is asked to end. */
@Tag("process")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a process can only be killed")
class StopSignalTest {

    private static final int SIGTERM = 128 + 15;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

    @TempDir
    private Path folder;

    private Process process;
    private Path out;
    private Path err;
    private Path model;

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private void start(int rows, String... arguments) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        String data = IntStream.range(0, rows)
                .mapToObj(i -> random.nextDouble() + "," + random.nextDouble() + "," + random.nextDouble())
                .collect(Collectors.joining("\n", "a,b,y\n", "\n"));
        Path table = Files.writeString(folder.resolve("data.csv"), data);
        model = folder.resolve("model.flux4j");
        List<String> given = List.of(arguments);
        out = folder.resolve("out");
        err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "--class-path",
                System.getProperty("java.class.path"),
                "io.github.flux4j.cli.Main",
                "train",
                table.toString(),
                "--target",
                "y"));
        command.addAll(given.contains("--out") ? List.of() : List.of("--out", model.toString()));
        command.addAll(given);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("NO_PROGRESS");
        process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }

    /** Once this was said of its progress. */
    private void askToEndAfter(String progress) throws Exception {
        long start = System.nanoTime();
        while (!Files.readString(err).contains(progress)) {
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
            assertThat(System.nanoTime() - start).isLessThan(PATIENCE);
            Thread.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(SIGTERM);
    }

    @Test
    void trainingEndsWithWhatWasLearntAndSavesIt() throws Exception {
        start(4000, "--epochs", "10");
        askToEndAfter("epoch 1/10");
        assertThat(Files.readString(out))
                .containsPattern("training was interrupted after \\d epoch")
                .contains("model: ");
        assertThat(FittedRegressor.load(model).report().training().epochs().size())
                .isLessThan(10);
    }

    /** Whatever it is told to do, it says why it can't. */
    @Test
    void whatGoesWrongThenIsSaid() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        start(4000, "--epochs", "10", "--out", gone.resolve("model.flux4j").toString());
        while (!Files.readString(err).contains("epoch 1/10") && process.isAlive()) {
            Thread.sleep(20);
        }
        Files.delete(gone);
        askToEndAfter("epoch 1/10");
        assertThat(Files.readString(err))
                .contains("flux4j train: can't save to ")
                .contains("there is no folder");
    }

    @Test
    void tuningEndsWithAModelOfTheBestSoFarAndGoesOnFromItsFile() throws Exception {
        Path kept = folder.resolve("tuning.json");
        start(60, "--epochs", "20", "--tune", "eta=1e-4..1e-1 log", "--trials", "40", "--tune-file", kept.toString());
        askToEndAfter("/40  best");
        assertThat(Files.readString(out))
                .containsPattern("\\d+ trials of 40, interrupted")
                .contains("model: ");
        assertThat(FittedRegressor.load(model).predict(0.5, 0.5)).isBetween(0.0, 1.0);
        assertThat(Files.readString(kept)).contains("\"trial\":0");
    }
}
