package io.github.flux4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.cli.CommandRun;
import io.github.flux4j.learn.Fitted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --out}, then {@code reproduce}. */
class ReproduceTest {

    @TempDir
    private Path folder;

    private Path data() throws IOException {
        StringBuilder text = new StringBuilder("day;size;junk;y\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 28 + 1).append("/").append(i % 12 + 1).append("/2021;");
            text.append(i % 9)
                    .append(",5;")
                    .append(i % 2 == 0 ? "3/4/2021" : "4/3/2021")
                    .append(";");
            text.append(i % 7).append(",25\n");
        }
        return Files.writeString(folder.resolve("data.csv"), text);
    }

    @Test
    void readsAsTrainingDidAndTellsWhatDiffers() throws IOException {
        Path data = data();
        String model = folder.resolve("m.flux4j").toString();
        CommandRun trained = CommandRun.of(
                "train",
                data.toString(),
                "--target",
                "y",
                "--decimal-comma",
                "--drop",
                "junk",
                "--epochs",
                "3",
                "--out",
                model,
                "--regress");
        assertThat(trained.code()).as(trained.err()).isZero();

        CommandRun same = CommandRun.of("reproduce", model, data.toString());
        assertThat(same.out()).startsWith("equal to the bit");
        assertThat(same.code()).isZero();
        assertThat(CommandRun.of("show", model).out())
                .contains("table      60 rows, sha256 ", "by         BLAS ", ", seed 0");

        Files.writeString(data, Files.readString(data).replaceFirst("8,5;", "7,5;"));
        CommandRun changed = CommandRun.of("reproduce", model, data.toString());
        assertThat(changed.out()).startsWith("not equal: data: a cell");
        assertThat(changed.code()).isEqualTo(3);
    }

    @Test
    void aFileOfBeforeIsRefusedInASentence() {
        String old = "src/core/test/resources/io/github/flux4j/io/schema1/regressor-plain.flux4j";
        CommandRun run = CommandRun.of("reproduce", old, "src/site/data/iris.csv");
        assertThat(run.err()).contains("comes from an early flux4j").hasLineCount(1);
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void driftEndsWithItsOwnCodeWhereAColumnIsDifferent() throws IOException {
        Path data = data();
        String model = folder.resolve("m.flux4j").toString();
        CommandRun.of(
                "train",
                data.toString(),
                "--target",
                "y",
                "--drop",
                "junk",
                "--epochs",
                "2",
                "--out",
                model,
                "--regress");
        CommandRun same = CommandRun.of("drift", model, data.toString());
        assertThat(same.out()).startsWith("no column is different from training's; 0 of 60 rows");
        assertThat(same.code()).isZero();

        Files.writeString(data, Files.readString(data).replace(",5;", "99,5;"));
        CommandRun moved = CommandRun.of("drift", model, data.toString());
        assertThat(moved.out())
                .startsWith("1 of 2 columns is different")
                .contains("size is different (PSI ", " % outside the range");
        assertThat(moved.code()).isEqualTo(3);
    }

    /** From one epoch to many is better, and from many to one isn't; the file says which it is. */
    @Test
    void aModelIsReplacedByABetterOneAlone() throws IOException {
        String line = "x,y\n"
                + IntStream.range(0, 300)
                        .mapToObj(i -> i % 97 + "," + i % 97 * 0.5)
                        .collect(Collectors.joining("\n"));
        String data = Files.writeString(folder.resolve("line.csv"), line + "\n").toString();
        Path model = folder.resolve("m.flux4j");
        CommandRun.of(
                "train", data, "--target", "y", "--set", "line=without", "--epochs", "1", "--out", model.toString());
        byte[] poor = Files.readAllBytes(model);

        CommandRun kept = CommandRun.of(
                "train",
                data,
                "--target",
                "y",
                "--set",
                "line=without",
                "--epochs",
                "1",
                "--seed",
                "1",
                "--replace",
                model.toString(),
                "-q");
        assertThat(kept.out())
                .contains(
                        model + " stays as it was: on 60 rows that the new model did not see",
                        "the old one saw about 100 % of these rows");
        assertThat(kept.code()).isEqualTo(4);
        assertThat(Files.readAllBytes(model)).isEqualTo(poor);

        CommandRun better = CommandRun.of(
                "train",
                data,
                "--target",
                "y",
                "--set",
                "line=without",
                "--epochs",
                "60",
                "--replace",
                model.toString(),
                "-q");
        assertThat(better.out()).contains(model + " was replaced: on 60 rows");
        assertThat(better.code()).isZero();
        assertThat(Fitted.load(model).settings()).containsEntry("epochs", "60");
        assertThat(Fitted.load(model).report().data().rows()).isEqualTo(240);
    }

    /** Four whole numbers are classes unless somebody says otherwise, as he did for the model that is there. */
    @Test
    void aModelOfNumbersIsNotComparedWithOneOfClasses() throws IOException {
        String line = "x,y\n"
                + IntStream.range(0, 40).mapToObj(i -> i % 9 + "," + i % 4).collect(Collectors.joining("\n"));
        String data = Files.writeString(folder.resolve("line.csv"), line + "\n").toString();
        String model = folder.resolve("m.flux4j").toString();
        CommandRun.of("train", data, "--target", "y", "--regress", "--epochs", "1", "--out", model);
        CommandRun run = CommandRun.of("train", data, "--target", "y", "--replace", model, "-q");
        assertThat(run.err())
                .contains("--replace needs a model of the same kind as the new one, but " + model
                        + " predicts numbers; add --regress");
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void trainingGoesOnFromAFileWithItsSettings() throws IOException {
        String line = "x,y\n"
                + IntStream.range(0, 60)
                        .mapToObj(i -> i % 17 + "," + i % 17 * 0.5)
                        .collect(Collectors.joining("\n"));
        String data = Files.writeString(folder.resolve("line.csv"), line + "\n").toString();
        String model = folder.resolve("m.flux4j").toString();
        String out = folder.resolve("n.flux4j").toString();
        CommandRun.of("train", data, "--target", "y", "--epochs", "3", "--seed", "5", "--out", model);
        CommandRun run = CommandRun.of("train", data, "--target", "y", "--resume", model, "--out", out, "-q");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Fitted.load(Path.of(out)).settings())
                .isEqualTo(Fitted.load(Path.of(model)).settings());
        assertThat(CommandRun.of("train", data, "--target", "x", "--resume", model)
                        .err())
                .contains("--resume needs a model of x, but " + model + " predicts y");
        for (String option : List.of("--linear", "--log-target", "--minutes=1", "--weights=x", "--threshold=f1")) {
            assertThat(CommandRun.of("train", data, "--target", "y", "--resume", model, option)
                            .err())
                    .contains("--resume takes its settings from the file");
        }
    }
}
