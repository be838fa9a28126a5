package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.serve.PredictionServer;
import io.github.flux4j.serve.Served;
import io.github.flux4j.serve.ServerSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A messy table goes from training to each way to predict, and a cell means the same in all of them. Oracle: the same values, plainly written. */
class WrittenFormatsTest {

    /** Answers have the digits of Float32, of targets up to 5000. */
    private static final double FLOAT = 1e-2;

    /** As a bank and a spreadsheet write them: with row names, thousands, a currency, percent, days before months, a gap, and -9 for another. */
    private static final String HEAD = "\"\";amount;share;day;y\n";

    private static final String MESSY_ROW = "7;\"€ 1.234,50\";12,5 %;31/12/2021;\n";

    @TempDir
    private static Path folder;

    private static Path model;

    private static Path file(String name, String head, int rows, IntFunction<String> row) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                head + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", "", "\n")));
    }

    private static String euros(double value) {
        return String.format(Locale.GERMANY, "%,.2f €", value);
    }

    private static CommandRun train(Path table, String... more) {
        List<String> line = new java.util.ArrayList<>(
                List.of("train", table.toString(), "--target", "y", "--epochs", "2", "--quiet"));
        line.addAll(List.of(more));
        return CommandRun.of(line.toArray(String[]::new));
    }

    @BeforeAll
    static void train() throws IOException {
        model = folder.resolve("messy.flux4j");
        Path table = file(
                "messy.csv",
                HEAD,
                60,
                i -> "row " + i + ";" + (i == 3 ? "-" : i == 4 ? "-9" : euros(100 * i)) + ";" + i % 7 + ",5 %;"
                        + (i % 28 + 1) + "/" + (i % 12 + 1) + "/2021;" + euros(50 * i + i % 7));
        CommandRun run = train(table, "--missing", "-9", "--out", model.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("the first column has no name, so it counts as row names and is dropped")
                .contains("written as €1.234,5, gaps marked -", "written as 1234,5%", "written as day/month/year");
    }

    private static double answer(String printed) {
        return Double.parseDouble(printed.lines().skip(1).findFirst().orElseThrow());
    }

    private static double predicted(String name, String text, String... more) throws IOException {
        Path table = Files.writeString(folder.resolve(name), text);
        List<String> line = new java.util.ArrayList<>(List.of("predict", model.toString(), table.toString()));
        line.addAll(List.of(more));
        CommandRun run = CommandRun.of(line.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return answer(run.out());
    }

    @Test
    void aCellMeansTheSameInEachWayToPredict() throws Exception {
        Predictor jar = Predictor.load(model);
        double expected = jar.predict(Map.of("amount", 1234.5, "share", 12.5, "day", "2021-12-31"));
        assertThat(expected).isNotEqualTo(jar.predict(Map.of("amount", 1.2345, "share", 12.5, "day", "2021-12-31")));

        assertThat(jar.predict(Map.of("amount", "€ 1.234,50", "share", "12,5 %", "day", "31/12/2021")))
                .isEqualTo(expected);
        assertThat(jar.predictCells("1.234,50 €", "12,5%", "31/12/2021")[0]).isEqualTo(expected);
        assertThat(predicted("one.csv", HEAD + MESSY_ROW)).isEqualTo(expected, within(FLOAT));
        assertThat(predicted(
                        "plain.csv",
                        "amount,share,day\n1234.5,12.5,2021-12-31\n",
                        "--format",
                        "amount=1234.5",
                        "--format",
                        "share=1234.5"))
                .isEqualTo(expected, within(FLOAT));
        try (PredictionServer server =
                PredictionServer.start(Served.load(model), new ServerSettings("127.0.0.1", 0, 100_000, 1000))) {
            String csv = post(server, "text/csv", HEAD + MESSY_ROW);
            assertThat(answer(csv)).isEqualTo(expected, within(FLOAT));
            String json = post(
                    server, "application/json", "{\"amount\": 1234.5, \"share\": \"12.5\", \"day\": \"2021-12-31\"}");
            assertThat(JsonParser.parseString(json)
                            .getAsJsonObject()
                            .get("prediction")
                            .getAsDouble())
                    .isEqualTo(expected, within(FLOAT));
            assertThat(post(server, "application/json", "{\"amount\": \"1.234,5\", \"share\": 1, \"day\": null}"))
                    .contains("a number such as 0.5");
        }
    }

    private static String post(PredictionServer server, String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/predict"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void gapsOfTrainingAreGapsInPrediction() throws IOException {
        double gap = predicted("gap.csv", HEAD + MESSY_ROW.replace("€ 1.234,50", ""));

        assertThat(predicted("mark.csv", HEAD + MESSY_ROW.replace("€ 1.234,50", "n/a")))
                .isEqualTo(gap);
        assertThat(predicted("told.csv", HEAD + MESSY_ROW.replace("€ 1.234,50", "-9")))
                .isEqualTo(gap);
    }

    @Test
    void aCellThatIsWrittenOtherwiseIsRefusedWithItsLine() throws IOException {
        Path table =
                Files.writeString(folder.resolve("odd.csv"), HEAD + MESSY_ROW + MESSY_ROW.replace("31/12", "12/31"));

        CommandRun run = CommandRun.of("predict", model.toString(), table.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "odd.csv, line 3: column \"day\" expects a date written as day/month/year, as in training, but was given \"12/31/2021\"");
        assertThat(CommandRun.of("predict", model.toString(), table.toString(), "--format", "z=unix")
                        .err())
                .contains("a format was given for column \"z\", but the model has no such column");
    }

    @Test
    void evaluationReadsTheTargetAsTrainingDid() throws IOException {
        Path table = Files.writeString(
                folder.resolve("truth.csv"),
                HEAD + MESSY_ROW.replace("2021;", "2021;1.000,00 €") + MESSY_ROW.replace("2021;", "2021;-"));

        CommandRun run = CommandRun.of("evaluate", model.toString(), table.toString(), "--json");

        assertThat(run.err()).isEmpty();
        double predicted = Predictor.load(model).predict(Map.of("amount", 1234.5, "share", 12.5, "day", "2021-12-31"));
        var json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(json.get("rowsLeftOut").getAsInt()).isEqualTo(1);
        assertThat(json.getAsJsonObject("scores").get("mae").getAsDouble())
                .isEqualTo(Math.abs(predicted - 1000), within(FLOAT));
    }

    @Test
    void whatFitsTwiceStopsTheCommandWithBothCommands() throws IOException {
        Path table =
                file("two.csv", "d,n,y\n", 30, i -> "03/0" + (i % 9 + 1) + "/2021,\"1," + (100 + i) + "\"," + i * 2.5);

        CommandRun run = train(table);

        assertThat(run.code()).isEqualTo(2);
        String command = "scripts/flux4j train " + table + " --target y --epochs 2 --quiet";
        assertThat(run.err())
                .contains("column d can be day/month/year or month/day/year, as '03/01/2021' in line 2")
                .contains(command + " --format d=day/month/year --format n=1,234.5\n")
                .contains(command + " --format d=month/day/year --format n=1234,5\n");
        assertThat(train(table, "--format", "d=month/day/year", "--format", "n=1,234.5")
                        .out())
                .contains("2021-03-09", "1100 … 1129");
        assertThat(train(table, "--format", "d").err())
                .contains("a column and its format, such as Date=day/month/year");
        assertThat(train(table, "--drop", "d", "--format", "n=1234,5").code()).isZero();
    }

    @Test
    void aDroppedColumnThatLooksLikeNumbersHasAnExitCodeOfItsOwn() throws IOException {
        int odd = 299;
        Path table = file(
                "odd" + odd + ".csv", "x,z,y\n", 300, i -> (i == odd ? "-x" : i + ".5") + "," + i % 9 + "," + i * 0.5);
        String said = "column x is text, though 99 % of these are numbers: line " + (odd + 2) + " has '-x'";

        CommandRun run = train(table, "--out", folder.resolve("odd.flux4j").toString());

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains(said, "held-out rms", "model: ");
        assertThat(run.err()).contains(said, "the exit code is 3");
        assertThat(folder.resolve("odd.flux4j")).exists();
        assertThat(train(table, "--drop", "x").code()).isZero();
        assertThat(train(table, "--missing=-x").code()).isZero();
        assertThat(JsonParser.parseString(train(table, "--json").out())
                        .getAsJsonObject()
                        .get("notes")
                        .toString())
                .contains("99 % of these are numbers");
    }

    @Test
    void packedTablesAreReadByAllCommands() throws IOException {
        Path table = folder.resolve("packed.csv.gz");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(table))) {
            packed.write((HEAD + MESSY_ROW).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThat(answer(CommandRun.of("predict", model.toString(), table.toString())
                        .out()))
                .isEqualTo(predicted("unpacked.csv", HEAD + MESSY_ROW));
    }
}
