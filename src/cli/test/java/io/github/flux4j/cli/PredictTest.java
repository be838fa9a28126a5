package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import de.siegmar.fastcsv.reader.CsvReader;
import io.github.flux4j.Modules;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.serve.SampleModels;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The oracle for numbers is the model that was saved. */
class PredictTest {

    /** The engine computes in another order, and answers have the digits of Float32. */
    private static final double FLOAT = 2e-5;

    @TempDir
    private static Path folder;

    private static FittedRegressor cars;
    private static FittedClassifier iris;
    private static Path mpg;

    @BeforeAll
    static void save() throws IOException {
        mpg = folder.resolve("mpg.flux4j");
        cars = SampleModels.cars(mpg);
        iris = SampleModels.iris(folder.resolve("iris.flux4j"));
        SampleModels.plain(folder.resolve("plain.flux4j"));
    }

    private static CommandRun predict(String model, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("predict", folder.resolve(model).toString()));
        all.addAll(Arrays.asList(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static List<String> lines(CommandRun run) {
        assertThat(run.err()).matches("(flux4j predict: flagged: .*\n)?"); // cars have gaps
        assertThat(run.code()).isZero();
        return run.out().lines().toList();
    }

    private static String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "data", ".csv"), text)
                .toString();
    }

    private static void assertNumbers(List<String> lines, double... expected) {
        assertThat(lines.get(0)).isEqualTo("prediction");
        assertThat(lines).hasSize(expected.length + 1);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Double.parseDouble(lines.get(i + 1))).isCloseTo(expected[i], within(FLOAT));
        }
    }

    @Test
    void eachRowHasItsPrediction() throws IOException {
        assertNumbers(
                lines(predict("mpg.flux4j", SampleModels.CARS.toString())),
                cars.predict(Table.read(SampleModels.CARS)));
    }

    /** As a German program writes it, with the columns the other way round; so does this process. */
    @Test
    void columnsAreFoundByNameInAnyOrderAndSeparatorsAreFoundOut() throws IOException {
        Table table = Table.read(SampleModels.CARS);
        List<String> names = new ArrayList<>(table.names());
        java.util.Collections.reverse(names);
        StringBuilder text = new StringBuilder(String.join(";", names)).append("\r\n");
        for (int row = 0; row < table.rows(); row++) {
            int r = row;
            text.append(names.stream()
                    .map(name -> table.column(name).isMissing(r)
                            ? "NA"
                            : table.column(name).text(r))
                    .map(cell -> cell.matches("[\\d.]+") ? cell.replace('.', ',') : '"' + cell + '"')
                    .collect(Collectors.joining(";")));
            text.append("\r\n");
        }
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertNumbers(lines(predict("mpg.flux4j", file("\uFEFF" + text))), cars.predict(table));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void oneBoundAloneIsThatOfTheModel() throws IOException {
        Table table = Table.read(SampleModels.CARS);
        List<String> low = lines(predict("mpg.flux4j", SampleModels.CARS.toString(), "--at-least", "0.8"));
        List<String> high = lines(predict("mpg.flux4j", SampleModels.CARS.toString(), "--at-most", "0.8", "--json"));

        assertThat(low.get(0)).isEqualTo("prediction,low");
        assertThat(Double.parseDouble(low.get(1).split(",")[1])).isCloseTo(cars.atLeast(table, 0.8)[0], within(FLOAT));
        assertThat(JsonParser.parseString(high.get(0)).getAsJsonObject().keySet())
                .containsExactly("prediction", "high");
        assertThat(JsonParser.parseString(high.get(0))
                        .getAsJsonObject()
                        .get("high")
                        .getAsDouble())
                .isCloseTo(cars.atMost(table, 0.8)[0], within(FLOAT));
        refused(
                2,
                predict("mpg.flux4j", SampleModels.CARS.toString(), "--at-most", "0.9", "--interval", "0.9"),
                "mutually exclusive");
        refused(2, predict("plain.flux4j", file("x1,x2\n1,2\n"), "--at-most", "0.9"), "omit --at-most");
    }

    @Test
    void intervalsAndJson() throws IOException {
        double[][] expected = cars.intervals(Table.read(SampleModels.CARS), 0.8);
        List<String> lines = lines(predict("mpg.flux4j", SampleModels.CARS.toString(), "--interval", "0.8"));
        assertThat(lines.get(0)).isEqualTo("prediction,low,high");
        String[] first = lines.get(1).split(",");
        assertThat(Double.parseDouble(first[1])).isCloseTo(expected[0][0], within(FLOAT));
        assertThat(Double.parseDouble(first[2])).isCloseTo(expected[0][1], within(FLOAT));

        List<String> json = lines(predict("mpg.flux4j", SampleModels.CARS.toString(), "--interval", "0.8", "--json"));
        assertThat(json).hasSize(expected.length);
        assertThat(JsonParser.parseString(json.get(0))
                        .getAsJsonObject()
                        .get("low")
                        .getAsDouble())
                .isEqualTo(Double.parseDouble(first[1]));
    }

    @Test
    void classesHaveTheirProbabilities() throws IOException {
        Table table = Table.read(SampleModels.IRIS);
        List<String> lines = lines(predict("iris.flux4j", SampleModels.IRIS.toString()));
        assertThat(lines.get(0)).isEqualTo("class,probability_setosa,probability_versicolor,probability_virginica");
        for (int row = 0; row < table.rows(); row++) {
            String[] cells = lines.get(row + 1).split(",");
            assertThat(cells[0]).isEqualTo(iris.predict(table).get(row));
            assertThat(Double.parseDouble(cells[2])).isCloseTo(iris.probabilities(table)[row][1], within(1e-5));
        }
    }

    /** Answers that a spreadsheet takes for several cells, or for none. */
    @Test
    void classesWithSeparatorsAndQuotesStandInQuotes() throws IOException {
        SampleModels.hostile(folder.resolve("hostile.flux4j"));
        String header = "\"" + SampleModels.HOSTILE.replace("\"", "\"\"") + "\",\u202Eright to left\n";
        List<String> lines = lines(predict("hostile.flux4j", file(header + "1,b\n")));
        assertThat(lines.get(0)).isEqualTo("class,\"probability_\"\"><img src=x>,\",probability_plain");
        String json = lines(predict("hostile.flux4j", file(header + "1,b\n"), "--json"))
                .get(0);
        assertThat(json).doesNotContain("<");
        assertThat(JsonParser.parseString(json)
                        .getAsJsonObject()
                        .getAsJsonObject("probabilities")
                        .keySet())
                .containsExactly("\"><img src=x>,", "plain");
    }

    @Test
    void aPlainChainTakesColumnsByNumberOrInOrder() throws IOException {
        assertThat(lines(predict("plain.flux4j", file("x2,x1\n1,3\n")))).containsExactly("prediction", "5.0");
        assertThat(lines(predict("plain.flux4j", file("left,right\n3,1\n")))).containsExactly("prediction", "5.0");
        refused(1, predict("plain.flux4j", file("x1,right\n3,1\n")), "no column named x2; the nearest are x1");
    }

    private static void refused(int code, CommandRun run, String why) {
        assertThat(run.err()).startsWith("flux4j predict: ").contains(why).hasLineCount(1);
        assertThat(run.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | expected a first line with column names, but the file is empty",
                "x1,x2\\n | expected rows",
                "1,2\\n3,4\\n | no column named x1",
                "1.5,2\\n3,4\\n | all cells are numbers",
                "x1,x2\\n1\\n | line 2: expected 2 cells",
                "x1,x2\\n1,2\\n3,many\\n | line 3: column \"x2\" expects a number such as 0.5, but was given \"many\"",
                "x1,x2\\n1,2\\n,2\\n | line 3: column \"x1\" must be finite",
                "x1,x2\\n1e39,2\\n | line 2: column \"x1\": the value is too large for Float32",
                "x1,x1\\n1,2\\n | both named x1",
                "x1;x2\\n1,5;2,5\\n1.5;2\\n | line 2: column \"x1\" expects a number",
                "a\\n1\\n | lacks a column of the model's 2"
            })
    void tablesThatCantBePredictedAreOneLineWithTheRemedy(String table, String why) throws IOException {
        refused(1, predict("plain.flux4j", file(table.replace("\\n", "\n"))), why);
    }

    @Test
    void whatIsNoModelOrNoTableIsOneLine() throws IOException {
        refused(2, predict("missing.flux4j", "x.csv"), "is not there; check the path");
        refused(2, predict(".", "x.csv"), "is a folder; name the file in it");
        refused(2, predict("plain.flux4j", folder.toString()), "is a folder; name the file in it");
        refused(1, predict("plain.flux4j", mpg.toString()), "mpg.flux4j");
        refused(1, CommandRun.of("predict", "pom.xml", "pom.xml"), "expected a safetensors file");
        refused(2, predict("plain.flux4j", file("x1,x2\n1,2\n"), "--interval", "0.9"), "omit --interval");
        refused(2, predict("mpg.flux4j", SampleModels.CARS.toString(), "--interval", "1.5"), "a level must be above 0");
        for (String level : List.of("NaN", "0x1p-1", "0.5f", "Infinity", "1e999", "half")) {
            refused(
                    2,
                    predict("mpg.flux4j", SampleModels.CARS.toString(), "--interval", level),
                    "expected a number such as 0.9");
        }
        refused(2, predict("mpg.flux4j", SampleModels.CARS.toString(), "--intervall", "0.9"), "--interval");
    }

    @Test
    void aFileIsWrittenWholeOrNotAtAll() throws IOException {
        Path out = folder.resolve("out.csv");
        String table = file("x1,x2\n3,1\n");
        assertThat(lines(predict("plain.flux4j", table, "--out", out.toString())))
                .isEmpty();
        assertThat(out).hasContent("prediction\n5.0\n");
        CommandRun broken = predict("plain.flux4j", file("x1,x2\n3,1\n3,x\n"), "--out", out.toString());
        refused(1, broken, "line 3: column \"x2\"");
        assertThat(broken.err()).doesNotContain("save");
        assertThat(out).hasContent("prediction\n5.0\n");
        refused(2, predict("plain.flux4j", table, "--out", table), "is an input");
        assertThat(Path.of(table)).hasContent("x1,x2\n3,1\n");
        refused(
                1,
                predict(
                        "plain.flux4j",
                        table,
                        "--out",
                        folder.resolve("no/out.csv").toString()),
                "no");
    }

    /** What the launcher gives it. */
    static String classPath() throws Exception {
        return Modules.classPathWith(JsonReader.class, CsvReader.class, CommandLine.class);
    }

    static Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx40m", "-cp", classPath()));
        command.add("io.github.flux4j.cli.Main");
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** A table of 40 MB in a heap of 40 MB, which its cells alone would fill, without ND4J. */
    @Test
    void standardInputStreamsThroughLittleMemoryWithoutNd4j() throws Exception {
        int rows = 500_000;
        Process process = start("predict", folder.resolve("plain.flux4j").toString());
        String filler = "-".repeat(60);
        Thread feeding = new Thread(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write("x2,note,x1\n".getBytes(StandardCharsets.US_ASCII));
                for (int from = 0; from < rows; from += 1000) {
                    String lines = IntStream.range(from, from + 1000)
                            .mapToObj(i -> i + "," + filler + "," + i + "\n")
                            .collect(Collectors.joining());
                    in.write(lines.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        feeding.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        feeding.join();
        assertThat(process.waitFor()).as(lines.get(lines.size() - 1)).isZero();
        assertThat(lines).hasSize(rows + 1);
        for (int i : new int[] {1, 1023, 1024, 1025, rows - 1}) {
            assertThat(Float.parseFloat(lines.get(i + 1))).isEqualTo(i);
        }
    }

    @Test
    void eachCommandOfTheSmallClassPathIsThere() throws Exception {
        for (String command : List.of("show", "predict", "evaluate", "serve")) {
            Process process = start(command, "--help");
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("Usage: flux4j " + command);
            assertThat(process.waitFor()).isZero();
        }
        Process version = start("predict", "--version");
        assertThat(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("flux4j ");
    }
}
