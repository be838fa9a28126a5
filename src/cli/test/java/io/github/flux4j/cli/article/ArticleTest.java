package io.github.flux4j.cli.article;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.cli.CommandRun;
import io.github.flux4j.engine.Engines;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArticleTest {

    private static final double DOUBLE_STEPS = 1e-12; // 11 steps of a few operations each, Float64
    private static final double FLOAT_STEPS = 1e-5; // the same in Float32

    /**
     * Gradient descent on {@code mean((ex + d)²)}, e = weight − slope, d = bias − intercept, worked with the means of x and x²: loss =
     * m₂e² + 2m₁ed + d², ∂w = 2m₂e + 2m₁d, ∂b = 2m₁e + 2d. For x = 0…4 m₁ is 2 and m₂ is 6.
     */
    private record ClosedForm(double m1, double m2, double slope, double intercept, double weight, double bias) {

        double loss() {
            double e = weight - slope;
            double d = bias - intercept;
            return m2 * e * e + 2 * m1 * e * d + d * d;
        }

        ClosedForm step(double eta) {
            double e = weight - slope;
            double d = bias - intercept;
            return new ClosedForm(
                    m1,
                    m2,
                    slope,
                    intercept,
                    weight - eta * (2 * m2 * e + 2 * m1 * d),
                    bias - eta * (2 * m1 * e + 2 * d));
        }

        void assertSame(JsonObject moment, double tolerance) {
            double size = Math.abs(slope) + Math.abs(intercept) + 1;
            assertThat(moment.get("weight").getAsDouble()).isCloseTo(weight, within(tolerance * size));
            assertThat(moment.get("bias").getAsDouble()).isCloseTo(bias, within(tolerance * size));
            assertThat(moment.get("loss").getAsDouble()).isCloseTo(loss(), within(tolerance * size * size));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0.5, 0",
        "1, 1, -1.7, 0",
        "4, 2, 0, 0",
        "-3.5, 0.25, 1.25, -4",
        "100, -7, 0.1, 0.2",
        "0, 0, 3, -1"
    })
    void jsonAgreesWithTheClosedForm(double slope, double intercept, double weight, double bias) {
        ClosedForm start = new ClosedForm(2, 6, slope, intercept, weight, bias);
        String line = "article --json --slope %s --intercept %s --weight %s --bias %s"
                .formatted(slope, intercept, weight, bias);
        assertClosedForm(line, start, 0.1, 10, FLOAT_STEPS);
        assertClosedForm(line + " --f64", start, 0.1, 10, DOUBLE_STEPS);
    }

    @Test
    void jsonAgreesWithTheClosedFormForOtherDataRatesAndEpochs() {
        ClosedForm start = new ClosedForm((-1 + 0.3 + 2.2) / 3, (1 + 0.09 + 4.84) / 3, 2, -1, 0.3, 0.7);
        String line =
                "article --json --slope 2 --intercept -1 --weight 0.3 --bias 0.7 --train -1,0.3,2.2 --eta 0.07 --epochs 25";
        assertClosedForm(line, start, 0.07, 25, FLOAT_STEPS);
        assertClosedForm(line + " --f64", start, 0.07, 25, DOUBLE_STEPS);
    }

    private static void assertClosedForm(String line, ClosedForm start, double eta, int epochs, double tolerance) {
        CommandRun run = CommandRun.ofLine(line);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        start.assertSame(json.getAsJsonObject("initial"), tolerance);
        ClosedForm expected = start.step(eta);
        expected.assertSame(json.getAsJsonObject("first"), tolerance);
        assertThat(json.getAsJsonArray("losses")).hasSize(epochs);
        double size = Math.pow(Math.abs(start.slope) + Math.abs(start.intercept) + 1, 2);
        for (int epoch = 0; epoch < epochs; epoch++) {
            expected = expected.step(eta);
            assertThat(json.getAsJsonArray("losses").get(epoch).getAsDouble())
                    .isCloseTo(expected.loss(), within(tolerance * size));
        }
        expected.assertSame(json.getAsJsonObject("final"), tolerance);
        for (int i = 0; i < 5; i++) {
            assertThat(json.getAsJsonArray("predictions").get(i).getAsDouble())
                    .isCloseTo(expected.weight * (5 + i) + expected.bias, within(10 * tolerance * size));
        }
    }

    /** The same closed form for both, and the engine of other commands stays as it was. */
    @ParameterizedTest
    @ValueSource(strings = {"dl4j", "lean"})
    void theEngineThatIsAskedForComputes(String engine, @TempDir Path folder) {
        String line = "article --weight 0.5 --bias 0 --engine " + engine;
        assertClosedForm(line + " --json", new ClosedForm(2, 6, 1, 1, 0.5, 0), 0.1, 10, FLOAT_STEPS);
        assertClosedForm(line + " --json --f64", new ClosedForm(2, 6, 1, 1, 0.5, 0), 0.1, 10, DOUBLE_STEPS);
        assertThat(CommandRun.ofLine(line + " --json").out()).contains("\"engine\":\"" + engine + "\"");
        assertThat(CommandRun.ofLine(line + " --picture " + folder.resolve("line.png"))
                        .out())
                .containsPattern("\\Rengine: " + engine + "\\R");
        assertThat(Engines.forced()).isNull();
    }

    @Test
    void anUnknownEngineIsRefusedWithTheirNames() {
        CommandRun run = CommandRun.ofLine("article --json --engine fast");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("'--engine'", "expected one of lean, dl4j, but got 'fast'");
    }

    @Test
    void jsonIsOneObjectWithTheseNames() {
        String number = "-?[0-9.E-]+";
        String moment = "\\{\"weight\":#,\"bias\":#,\"loss\":#}";
        String object = "\\{\"initial\":" + moment + ",\"first\":" + moment + ",\"losses\":\\[#,#],\"final\":" + moment
                + ",\"predictions\":\\[#,#,#,#,#],\"engine\":\"lean\"}\\R";
        assertThat(CommandRun.of("article", "--json", "--epochs", "2").out()).matches(object.replace("#", number));
    }

    @Test
    void numbersHaveAllDigitsOfTheirTypeAndNoMore() {
        String line = "article --json --weight 0.1 --bias 0.7 --epochs 0";
        assertThat(CommandRun.ofLine(line).out()).startsWith("{\"initial\":{\"weight\":0.1,\"bias\":0.7,\"loss\":");
        assertThat(CommandRun.ofLine(line + " --f64").out())
                .startsWith("{\"initial\":{\"weight\":0.1,\"bias\":0.7,\"loss\":");
        assertThat(CommandRun.ofLine("article --json --weight 0.123456789012345678 --f64")
                        .out())
                .contains("{\"weight\":0.12345678901234568,");
    }

    @Test
    void zeroEpochsEndAfterTheFirstPass() {
        JsonObject json = JsonParser.parseString(
                        CommandRun.ofLine("article --json --epochs 0").out())
                .getAsJsonObject();
        assertThat(json.getAsJsonArray("losses")).isEmpty();
        assertThat(json.get("final")).isEqualTo(json.get("first"));
    }

    @Test
    void aSeedGivesTheSameStartEachTimeAndNoSeedAnother() {
        String seeded = "article --json --epochs 0 --seed 7";
        String random = "article --json --epochs 0";
        assertThat(CommandRun.ofLine(seeded)).isEqualTo(CommandRun.ofLine(seeded));
        assertThat(CommandRun.ofLine(random)).isNotEqualTo(CommandRun.ofLine(random));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--eta 0|Invalid value for option '--eta': learningRate must be finite and > 0, but was 0.0",
                "--eta NaN|Invalid value for option '--eta': learningRate must be finite and > 0, but was NaN",
                "--eta -0.1|Invalid value for option '--eta': learningRate must be finite and > 0, but was -0.1",
                "--eta fast|Invalid value for option '--eta': expected a finite number above 0, but got 'fast'",
                "--slope NaN|Invalid value for option '--slope': expected a finite number, but got 'NaN'",
                "--weight Infinity|Invalid value for option '--weight': expected a finite number, but got 'Infinity'",
                "--train=|Invalid value for option '--train': expected finite numbers with commas between them, such as 0,1,2.5, but got ''",
                "--train 0,one|Invalid value for option '--train': expected finite numbers with commas between them, such as 0,1,2.5, but got '0,one'",
                "--test 1,,2|Invalid value for option '--test': expected finite numbers with commas between them, such as 0,1,2.5, but got '1,,2'",
                "--train 0 --train 1|option '--train' (X,X,...) should be specified only once",
                "--epochs -1|Invalid value for option '--epochs': expected a whole number from 0 to 2147483647, but got '-1'",
                "--epochs 3000000000|Invalid value for option '--epochs': expected a whole number from 0 to 2147483647, but got '3000000000'",
                "--epochs 1e3|Invalid value for option '--epochs': expected a whole number from 0 to 2147483647, but got '1e3'",
                "--seed dice|Invalid value for option '--seed': 'dice' is not a long",
                "--weight 1e39|weight has a value too large for Float32; compute in Float64 with --f64",
                "--slope 1e308 --f64|yTrain has a value too large for Float64",
                "--layers 2|Unknown options: '--layers', '2'; flux4j article --help shows what there is",
            })
    void badOptionsAreOneLineAndExitCode2(String options, String message) {
        assertThat(CommandRun.ofLine("article --json " + options))
                .isEqualTo(new CommandRun(2, "", "flux4j article: " + message + System.lineSeparator()));
    }

    @Test
    void divergenceIsOneLineAndExitCode1() {
        String line = "article --json --slope 4 --intercept 2 --train 0,1,2,3,4,5,6 --weight 0 --epochs 1000";
        String message = " with Descent(0.1); the parameters are those before that batch."
                + " Try a smaller learning rate or scale the features" + System.lineSeparator();
        CommandRun run = CommandRun.ofLine(line);
        assertThat(run.err())
                .startsWith("flux4j article: loss became ")
                .endsWith(message)
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void divergenceInTheLastPassIsFoundToo() {
        String line = "article --json --f64 --weight 1e153 --bias 0 --eta 10 --epochs 0";
        CommandRun run = CommandRun.ofLine(line);
        assertThat(run.err())
                .startsWith("flux4j article: the last loss is Infinity")
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void pictureHasTheDataAndAllLines(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("article.png");
        CommandRun run = CommandRun.of("article", "--seed", "1", "--picture", file.toString());
        assertThat(run.out()).endsWith("picture: " + file + System.lineSeparator());
        BufferedImage image = ImageIO.read(file.toFile());
        List<Integer> colors = IntStream.range(0, image.getWidth() * image.getHeight())
                .mapToObj(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF)
                .distinct()
                .toList();
        assertThat(colors).contains(0x333333, 0x999999, 0xE69F00, 0x0072B2);
    }

    @Test
    void jsonComesWithAPictureIfAskedFor(@TempDir Path folder) {
        Path file = folder.resolve("asked.png");
        CommandRun with = CommandRun.of("article", "--json", "--seed", "1", "--picture", file.toString());
        assertThat(file).isNotEmptyFile();
        assertThat(with).isEqualTo(CommandRun.of("article", "--json", "--seed", "1"));
    }

    @Test
    void jsonAloneLeavesAnOlderPictureAsItWas() throws IOException {
        Path file = Path.of("flux4j-article.png");
        FileTime before = Files.exists(file) ? Files.getLastModifiedTime(file) : null;
        CommandRun.of("article", "--json");
        assertThat(Files.exists(file) ? Files.getLastModifiedTime(file) : null).isEqualTo(before);
    }

    @Test
    void aPictureThatCannotBeWrittenIsOneLineAndExitCode1(@TempDir Path folder) {
        Path missing = folder.resolve("missing");
        Path file = missing.resolve("article.png");
        assertThat(CommandRun.of("article", "--picture", file.toString()))
                .isEqualTo(new CommandRun(
                        1,
                        "",
                        "flux4j article: can't write the picture to " + file + " (there is no folder " + missing + ")"
                                + System.lineSeparator()));
    }

    @Test
    void whatIsNoPictureIsNotOverwritten(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("notes.png"), "PNG");
        assertThat(CommandRun.of("article", "--picture", file.toString()))
                .isEqualTo(new CommandRun(
                        2,
                        "",
                        "flux4j article: " + file + " exists and isn't a picture, so it was not replaced."
                                + " Name another file for --picture, or remove this one first"
                                + System.lineSeparator()));
        assertThat(file).hasContent("PNG");
    }
}
