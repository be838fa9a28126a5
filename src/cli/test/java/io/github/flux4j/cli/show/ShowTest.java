package io.github.flux4j.cli.show;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.ChildJvm;
import io.github.flux4j.cli.CommandRun;
import io.github.flux4j.cli.Main;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.files.SafeTensorsWriter;
import io.github.flux4j.io.Checkpoint;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.predict.SafeTensors;
import io.github.flux4j.serve.SampleModels;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowTest {

    /** What a terminal obeys. */
    private static final String ESCAPES = "[\\p{Cc}\\p{Cf}&&[^\\n\\r]]";

    @TempDir
    private Path folder;

    private Path file;

    private CommandRun show(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "show";
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return CommandRun.of(arguments);
    }

    private void saveAModel() throws IOException {
        file = folder.resolve("model.flux4j");
        save(chain(dense(3, 5, TANH), batchNorm(5), chain(dense(5, 1))), file);
    }

    private void trainWithACheckpoint() throws IOException {
        file = folder.resolve("run.flux4j");
        Chain model = chain(dense(1, 2, TANH), dense(2, 1));
        trainer(MSE, model, setup(adam(), model).perEpoch("eta", Schedule.exp(0.1, 0.9)))
                .validate(column(1, 2), column(2, 4))
                .restoreBest()
                .checkpoint(Checkpoint.at(file), 1)
                .train(List.of(batch(column(1, 2), column(2, 4))), 3);
    }

    @Test
    void aModelsLayersStandWithTheirSettingsAndTensors() throws IOException {
        saveAModel();
        CommandRun run = show();
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().toList())
                .contains("kind       model", "type       float32")
                .anyMatch(line -> line.matches("size +[\\d,]+ bytes"))
                .anyMatch(line -> line.matches("checksum +sha256 [0-9a-f]{64}, right"))
                .anyMatch(line -> line.matches(
                        " +0 +dense +in=3 out=5 activation=tanh bias=true +weight F32\\[5, 3], bias F32\\[5]"))
                .anyMatch(line -> line.contains("eps=1.0E-5") && line.contains("running_var F32[5]"))
                .anyMatch(line -> line.matches(" +3\\.0 +dense .*"));
    }

    @Test
    void aCheckpointSaysWhereTrainingStands() throws IOException {
        trainWithACheckpoint();
        assertThat(show().out())
                .contains(
                        "kind       checkpoint",
                        "training   after epoch 3",
                        "optimiser  12 tensors",
                        "best       4 tensors")
                .contains("rule       adam(", "applied 3 times", "schedule   eta follows exp(0.1, 0.9) per epoch")
                .containsPattern("best +epoch 3, loss [\\d.]+");
    }

    @Test
    void jsonHasTheSameFacts() throws IOException {
        trainWithACheckpoint();
        JsonObject json = JsonParser.parseString(show("--json").out()).getAsJsonObject();
        assertThat(json.get("kind").getAsString()).isEqualTo("checkpoint");
        assertThat(json.get("bytes").getAsLong()).isEqualTo(Files.size(file));
        assertThat(json.get("sha256").getAsString()).hasSize(64);
        assertThat(json.getAsJsonObject("training").get("epoch").getAsString()).isEqualTo("3");
        assertThat(json.getAsJsonArray("tensors")).hasSize(4 + 12 + 4);
        assertThat(json.getAsJsonArray("networks")).hasSize(1);
    }

    @Test
    void anothersFileHasNamesTypesAndShapesButNothingThatATerminalObeys() throws Exception {
        file = Path.of("src/core/test/resources/io/github/flux4j/io/weights/bfloat16.safetensors");
        assertThat(show().out()).contains("another program").containsPattern("tensor +0\\.weight +BF16\\[5, 3]");

        file = folder.resolve("hostile.safetensors");
        String hostile = "\u001b[2J\u009b31m\n\u202egpj";
        SafeTensorsWriter.write(
                new SafeTensors(Map.of(hostile, hostile), Map.of(hostile, Tensor.of(new float[2], 2))), file);
        for (CommandRun run : List.of(show(), show("--json"))) {
            assertThat(run.out()).doesNotContainPattern(ESCAPES).contains("gpj");
            assertThat(run.code()).isZero();
        }
        assertThat(JsonParser.parseString(show("--json").out())
                        .getAsJsonObject()
                        .getAsJsonObject("texts")
                        .get(hostile)
                        .getAsString())
                .isEqualTo(hostile);
    }

    @Test
    void anEstimatorsFileTellsWhatItPredictsAndHowWell() throws IOException {
        file = folder.resolve("mpg.flux4j");
        SampleModels.cars(file);
        assertThat(show().out())
                .contains("predicts   Miles_per_Gallon")
                .contains("of         Cylinders, Displacement")
                .containsPattern("held out   rms [\\d.]+ \\(ridge [\\d.]+\\)");
        JsonObject json = JsonParser.parseString(show("--json").out()).getAsJsonObject();
        assertThat(json.getAsJsonObject("report").get("rows").getAsInt()).isEqualTo(398);
        assertThat(json.getAsJsonArray("features")).hasSize(7);
    }

    @Test
    void aLineSaysItsEquationAndWhatHappensBeyondTheRanges() throws IOException {
        file = folder.resolve("line.flux4j");
        Learn.regressor()
                .fit(Table.read(Path.of("src/site/data/article.csv")), "y")
                .save(file);
        assertThat(show().out())
                .contains("equation   y = 1.0000 + 1.0000·x\n")
                .containsPattern("\n +constant +1.0000 +standard error [\\dE.-]+ +95 % between ")
                .contains("note       beyond the ranges of training, predictions go on along the line");
        JsonObject report =
                JsonParser.parseString(show("--json").out()).getAsJsonObject().getAsJsonObject("report");
        JsonObject equation = report.getAsJsonArray("equations").get(0).getAsJsonObject();
        assertThat(equation.getAsJsonObject("constant").get("estimate").getAsDouble())
                .isCloseTo(1, within(1e-6));
    }

    private void assertRefused(int code, String why) {
        CommandRun run = show();
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("flux4j show: ")
                .contains(why)
                .hasLineCount(1)
                .doesNotContainPattern(ESCAPES);
        assertThat(run.code()).isEqualTo(code);
    }

    @Test
    void whatIsNoSuchFileIsOneLine() throws IOException {
        file = folder;
        assertRefused(2, "is a folder; name the file in it");
        file = folder.resolve("missing\u001b[2J");
        assertRefused(2, "is not there; check the path");
        file = Files.writeString(folder.resolve("empty"), "");
        assertRefused(1, "expected a safetensors file, but there are only 0 bytes");
        file = Path.of("pom.xml");
        assertRefused(1, "expected a safetensors file");
        saveAModel();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertRefused(1, "checksum");
    }

    @Test
    void startsWithoutNd4j() throws Exception {
        saveAModel();
        ChildJvm run = ChildJvm.run(Main.class, List.of("-Xlog:class+init=info"), "show", file.toString());
        assertThat(run.out()).contains("kind       model").doesNotContain("org.nd4j.linalg.factory", "org.bytedeco");
    }
}
