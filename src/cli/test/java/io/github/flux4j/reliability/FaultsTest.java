package io.github.flux4j.reliability;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flux4j.data.DataLoader;
import io.github.flux4j.io.Checkpoint;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.reliability.Command.Ended;
import io.github.flux4j.serve.SampleModels;
import io.github.flux4j.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What else can go wrong around a command: one clear line, nothing lost, and the next try works. */
@Tag("process")
@EnabledOnOs(OS.LINUX)
class FaultsTest {

    @TempDir
    private static Path models;

    private static Path mpg;

    @TempDir
    private Path folder;

    @BeforeAll
    static void save() throws IOException {
        mpg = models.resolve("mpg.flux4j");
        SampleModels.cars(mpg);
    }

    @Test
    void aNameThatTheLocaleHasNoLettersForIsToldWithWhatToSet() throws Exception {
        Ended ended = Command.of(List.of(), "predict")
                .with(Map.of("LC_ALL", "C"))
                .within("exec \"$@\" $'mod\\xc3\\xa8le.flux4j' cars.csv")
                .run(folder);
        assertThat(ended.err())
                .contains(" can't name a file in this locale", "; set LC_ALL=C.UTF-8")
                .hasLineCount(1);
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void withoutAHomeAllGoesOn() throws Exception {
        Ended ended = Command.of(List.of(), "predict", mpg.toString(), SampleModels.CARS.toString())
                .with(Map.of("HOME", "", "USER", "", "LOGNAME", ""))
                .run(folder);
        assertThat(ended.out()).hasLineCount(407);
        assertThat(ended.code()).isZero();
    }

    @Test
    void aReaderThatHasSeenEnoughEndsPredictWithoutAWord() throws Exception {
        Ended ended = Command.of(List.of(), "predict", mpg.toString(), cars(500).toString())
                .within("\"$@\" | head -1; exit ${PIPESTATUS[0]}")
                .run(folder);
        assertThat(ended).isEqualTo(new Ended(141, "prediction\n", ""));
    }

    /** So many times the rows of the table. */
    private Path cars(int times) throws IOException {
        List<String> lines = Files.readAllLines(SampleModels.CARS);
        String rows = lines.stream().skip(1).collect(Collectors.joining("\n", "", "\n"));
        Path file = folder.resolve("cars.csv");
        try (var writer = Files.newBufferedWriter(file)) {
            writer.write(lines.get(0) + "\n");
            for (int i = 0; i < times; i++) {
                writer.write(rows);
            }
        }
        return file;
    }

    @Test
    void aFileFarLargerThanTheHeapStreamsThrough() throws Exception {
        assertStreams(1_500, "-Xmx24m"); // 30 MB
    }

    @Test
    @Tag("long")
    void soDoesOneOfAGigabyteInAQuarter() throws Exception {
        assertStreams(48_000, "-Xmx256m");
    }

    /** The oracle is the first of the repeated tables. */
    private void assertStreams(int times, String heap) throws Exception {
        Path out = folder.resolve("out.csv");
        Ended ended = Command.of(
                        List.of(heap, "-XX:+UseSerialGC"),
                        "predict",
                        mpg.toString(),
                        cars(times).toString(),
                        "--out",
                        out.toString())
                .run(folder);
        assertThat(ended.code()).as(ended.err()).isZero();
        List<String> first = FittedFirst.of(out);
        try (var reader = Files.newBufferedReader(out)) {
            assertThat(reader.readLine()).isEqualTo("prediction");
            for (int i = 0; i < times * first.size(); i++) {
                String line = reader.readLine();
                if (!first.get(i % first.size()).equals(line)) { // an assertion for each would take minutes
                    assertThat(line).as("row %s", i).isEqualTo(first.get(i % first.size()));
                }
            }
            assertThat(reader.readLine()).isNull();
        }
    }

    /** The predictions of the table's rows. */
    private static final class FittedFirst {

        static List<String> of(Path predictions) throws IOException {
            try (var lines = Files.lines(predictions)) {
                return lines.skip(1).limit(406).toList();
            }
        }
    }

    /** Where this user may mount a small file system. */
    @Test
    void aFullDiskIsOneLineAndLeavesTheOlderFile() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(does("mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", small.toString()), "may mount");
        try {
            Path out = Files.writeString(small.resolve("out.csv"), "older");
            Ended full = Command.of(
                            List.of(), "predict", mpg.toString(), cars(100).toString(), "--out", out.toString())
                    .run(folder);
            assertThat(full.err())
                    .contains("can't save to " + out, "No space left")
                    .contains("unchanged");
            assertThat(full.code()).isEqualTo(1);
            assertThat(out).hasContent("older");
            assertThat(small.toFile().list()).containsExactly("out.csv");
            assertThat(Command.of(
                                    List.of(),
                                    "predict",
                                    mpg.toString(),
                                    SampleModels.CARS.toString(),
                                    "--out",
                                    out.toString())
                            .run(folder)
                            .code())
                    .isZero();
        } finally {
            does("umount", small.toString());
        }
    }

    /** A user who isn't root; root may write everywhere. */
    @Test
    void aFolderThatThisUserMayNotWriteToIsNamed() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeTrue(!Files.isWritable(closed), "isn't root");
        Path out = closed.resolve("out.csv");
        String[] predict = {"predict", mpg.toString(), SampleModels.CARS.toString(), "--out", out.toString()};
        Ended refused = Command.of(List.of(), predict).run(folder);
        assertThat(refused.err()).contains("can't save to " + out, "this user may not write there");
        assertThat(refused.code()).isEqualTo(1);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Command.of(List.of(), predict).run(folder).code()).isZero();
    }

    @Test
    void aFolderThatVanishesWhileItIsTrainedIsNamedAndTrainingGoesOnOnceItIsBack() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Path file = gone.resolve("run.flux4j");
        seed(4);
        Chain model = chain(dense(2, 4, TANH), dense(4, 1));
        DataLoader data =
                dataLoader(rows(new double[8][2]), rows(new double[8][1])).batchSize(4);
        Trainer trainer = trainer(MSE, model, setup(adam(), model)).checkpoint(Checkpoint.at(file), 1);
        trainer.train(data, 1);
        Files.delete(file);
        Files.delete(gone);
        assertThatThrownBy(() -> trainer.train(data, 1)).hasMessageContaining("there is no folder " + gone);
        Files.createDirectory(gone);
        trainer.train(data, 1);
        assertThat(Checkpoint.read(file).training().epoch()).isPositive();
    }

    /** Two processes of this command save to one file. */
    @Test
    void twoThatTrainIntoOneFileLeaveOneWholeModel() throws Exception {
        Path model = folder.resolve("model.flux4j");
        Command train = Killed.train(model);
        Process other = train.start(folder.resolve("other.out"), folder.resolve("other.err"));
        train.run(folder);
        assertThat(other.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(FittedRegressor.load(model).features()).isNotEmpty();
        assertThat(folder.toFile().list()).allMatch(name -> !name.endsWith(".saving"));
    }

    private static boolean does(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such command
        }
    }
}
