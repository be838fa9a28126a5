package io.github.flux4j.cli;

import static io.github.flux4j.Flux4j.*;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.io.Checkpoint;
import io.github.flux4j.io.dl4j.Dl4j;
import io.github.flux4j.io.onnx.Onnx;
import io.github.flux4j.io.onnx.OnnxRuntime;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

    @TempDir
    private Path folder;

    private Path file;
    private Path onnx;
    private Chain model;

    @BeforeEach
    void saveAModel() throws IOException {
        file = folder.resolve("model.flux4j");
        onnx = folder.resolve("model.onnx");
        model = chain(dense(2, 3, TANH), dense(3, 1));
        save(model, file);
    }

    private CommandRun export(Path from, Path to) {
        return CommandRun.of("export", from.toString(), "--onnx", to.toString());
    }

    @Test
    void theFilePredictsAsTheModelDoes() throws IOException {
        CommandRun run = export(file, onnx);
        assertThat(run)
                .isEqualTo(new CommandRun(
                        0, "wrote " + onnx + ", " + Files.size(onnx) + " bytes" + System.lineSeparator(), ""));
        assertThat(Onnx.read(onnx).predict(0.5, -1)).isEqualTo(model.predict(0.5, -1));
    }

    /** What goes in by name is what the fitted model takes. */
    @Test
    void aFittedModelIsExportedWithItsPreparation() throws Exception {
        double[][] rows = {{0, 5, 1}, {1, 3, 2}, {2, 8, 3}, {3, 1, 4}, {4, 4, 5}, {5, 9, 6}};
        FittedRegressor fitted = regressor()
                .with("line", "without")
                .network("dense(2)")
                .epochs(3)
                .networks(2)
                .fit(Table.of(rows, "a", "b", "y"), "y");
        fitted.save(file);
        assertThat(export(file, onnx).code()).isZero();
        float[][] predictions = (float[][]) OnnxRuntime.run(
                        Files.readAllBytes(onnx), Map.of("a", new float[][] {{2.5f}}, "b", new float[][] {{7}}))
                .get("predictions");
        assertThat((double) predictions[0][0]).isCloseTo(fitted.predict(2.5, 7), within(1e-5)); // Float32, of 6
    }

    @Test
    void aFileOfDeeplearning4jsIsWrittenAndSaysHowNearEachPartIs() throws IOException {
        Path zip = folder.resolve("model.zip");
        CommandRun run = exportDl4j(zip);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("layer 0: tanh as ActivationTanH", "layer 1: ", "wrote " + zip);
        assertThat(Dl4j.read(zip).predict(0.5, -1)).isEqualTo(model.predict(0.5, -1));
        assertRefused(
                CommandRun.of("export", file.toString(), "--dl4j", zip.toString(), "--onnx", onnx.toString()),
                2,
                "mutually exclusive");
    }

    @Test
    void aFittedModelHasNoPlaceInAFileOfDeeplearning4js() throws IOException {
        double[][] rows = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}};
        regressor().epochs(1).networks(1).fit(Table.of(rows, "a", "y"), "y").save(file);
        assertRefused(exportDl4j(onnx), 2, "use --onnx");
        assertThat(onnx).doesNotExist();
    }

    private static void assertRefused(CommandRun run, int code, String why) {
        assertThat(run.err()).startsWith("flux4j export: ").contains(why).hasLineCount(1);
        assertThat(run.code()).isEqualTo(code);
    }

    @Test
    void itsLikeIsReplacedAndAnythingElseStaysAsItIs() throws IOException {
        Path zip = folder.resolve("model.zip");
        for (int time = 0; time < 2; time++) {
            assertThat(export(file, onnx).code()).isZero();
            assertThat(exportDl4j(zip).code()).isZero();
        }
        Path notes = Files.writeString(folder.resolve("notes.txt"), "mine, and not to be lost");
        assertRefused(
                export(file, notes),
                2,
                notes + " exists and isn't an ONNX model, so it was not replaced. Name another");
        assertRefused(export(file, zip), 2, "isn't an ONNX model");
        assertRefused(
                exportDl4j(onnx), 2, onnx + " exists and isn't a zip archive, so it was not replaced. Name another");
        assertThat(notes).hasContent("mine, and not to be lost");
    }

    private CommandRun exportDl4j(Path to) {
        return CommandRun.of("export", file.toString(), "--dl4j", to.toString());
    }

    @Test
    void whatCantBeExportedIsOneLine() throws IOException {
        assertRefused(export(folder, onnx), 2, "is a folder");
        assertRefused(export(folder.resolve("none"), onnx), 2, "is not there");
        assertRefused(export(file, file), 2, "name another file for --onnx");
        assertRefused(export(Path.of("pom.xml"), onnx), 1, "expected a safetensors file");
        assertRefused(export(file, folder), 2, "it is a folder");
        assertRefused(export(file, folder.resolve("none").resolve("model.onnx")), 2, "there is no folder");
        assertRefused(CommandRun.of("export", file.toString()), 2, "--onnx");
        Path run = folder.resolve("run.flux4j");
        Checkpoint.write(setup(adam(), model), run);
        assertRefused(export(run, onnx), 1, "this is a checkpoint");
        assertThat(onnx).doesNotExist();
    }
}
