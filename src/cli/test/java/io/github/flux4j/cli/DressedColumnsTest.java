package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.serve.PredictionServer;
import io.github.flux4j.serve.Served;
import io.github.flux4j.serve.ServerSettings;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns as strangers have them mean the same in the library, the command line, the small predictor and over HTTP. Oracle: {@link DressedTable}, by hand. */
class DressedColumnsTest {

    /** Answers have the digits of Float32, of targets up to 120. */
    private static final double FLOAT = 1e-3;

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path model;
    private static CommandRun trained;

    @BeforeAll
    static void train() throws IOException {
        data = Files.writeString(folder.resolve("dressed.csv"), DressedTable.text());
        model = folder.resolve("dressed.flux4j");
        trained = CommandRun.of(
                "train",
                data.toString(),
                "--target",
                "y",
                "-q",
                "--set",
                "epochs=2",
                "--set",
                "networks=2",
                "--out",
                model.toString());
    }

    private static Object value(Column column, int row) {
        return column instanceof Numbers numbers && numbers.kind() == Numbers.Kind.NUMBER
                ? (Object) numbers.value(row)
                : column.text(row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab"})
    void theLibraryReadsEachColumnAlikeInAllLocales(String locale) throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            Table table = Table.read(data);
            for (DressedTable.Column expected : DressedTable.COLUMNS) {
                Column column = table.column(expected.name());
                assertThat(column.type()).as(expected.name()).isEqualTo(expected.kind());
                assertThat(column.missing()).as(expected.name()).isEqualTo(expected.absent());
                assertThat(List.of(value(column, 0), value(column, 1), value(column, 2)))
                        .as(expected.name())
                        .isEqualTo(expected.first());
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theCommandSaysHowEachIsReadAndWhatIsLost() {
        assertThat(trained.out())
                .containsPattern("post code +text .* read as text, since line 2 has '00424' with a leading zero")
                .containsPattern("branch +number +1 … 12 *\\n")
                .contains("branch has 12 different whole numbers", "--text branch")
                .contains("written as 1234,5 kg such as '12,3 kg'", "written as 1234,5k such as '1,2k'")
                .contains("written as (1234,5) such as '(95,60)'", "written as duration such as '1:23:45'")
                .contains("written as hour:minute such as '13:30'", "gaps marked k.A. unbekannt", "gaps marked #DIV/0!")
                .containsPattern("slip .* line 2 has 'heavy', which counts as missing");
        assertThat(trained.out().lines().filter(line -> line.startsWith("  exponent")))
                .singleElement()
                .asString()
                .doesNotContain("written");
        assertThat(trained.err()).contains("it has two units, kg and lb: line 3 has '5 lb'", "the exit code is 3");
        assertThat(trained.code()).isEqualTo(3);
    }

    @Test
    void aRowMeansTheSameInEachWayToPredict() throws Exception {
        double[] expected =
                ((FittedRegressor) Fitted.load(model)).predict(Table.read(data).rows(1, 2, 3));
        String[] lines = CommandRun.of("predict", model.toString(), data.toString())
                .out()
                .split("\n");
        Predictor jar = Predictor.load(model);
        try (PredictionServer server =
                PredictionServer.start(Served.load(model), new ServerSettings("127.0.0.1", 0, 100_000, 1000))) {
            for (int row = 1; row <= 3; row++) {
                double wanted = expected[row - 1];
                assertThat(Double.parseDouble(lines[1 + row])).isEqualTo(wanted, within(FLOAT));
                assertThat(jar.predict(cells(row))).isEqualTo(wanted, within(FLOAT));
                String json = post(server, "/predict", "application/json", DressedTable.json(row));
                assertThat(JsonParser.parseString(json)
                                .getAsJsonObject()
                                .get("prediction")
                                .getAsDouble())
                        .as(json)
                        .isEqualTo(wanted, within(FLOAT));
            }
            String csv = post(server, "/predict", "text/csv", DressedTable.text());
            assertThat(csv.split("\n")).isEqualTo(lines);
            int at = jar.features().names().indexOf("at");
            int weight = jar.features().names().indexOf("weight");
            String page = post(
                    server,
                    "/",
                    "application/x-www-form-urlencoded",
                    "c" + at + "=13%3A30&c" + weight + "=" + URLEncoder.encode("12,3 kg", StandardCharsets.UTF_8));
            assertThat(page)
                    .contains("<output>", "name=\"c" + at + "\" type=\"time\" value=\"13:30\"")
                    .doesNotContain("role=\"alert\"");
            assertThat(post(
                            server,
                            "/predict",
                            "application/json",
                            DressedTable.json(1).replace("5 kg", "5 lb")))
                    .contains("weight", "such as");
        }
    }

    private static Map<String, Object> cells(int row) {
        Map<String, Object> cells = new LinkedHashMap<>();
        DressedTable.COLUMNS.forEach(
                column -> cells.put(column.name(), column.cell().apply(row)));
        return cells;
    }

    private static String post(PredictionServer server, String path, String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void onnxRefusesATimeOfDayByName() {
        CommandRun run = CommandRun.of(
                "export", model.toString(), "--onnx", folder.resolve("m.onnx").toString());

        assertThat(run.code()).isNotZero();
        assertThat(run.err()).containsPattern("ONNX can't compute the time of day of (at|pm)");
    }

    @Test
    void aTextToldStaysText() {
        CommandRun run = CommandRun.of(
                "train",
                data.toString(),
                "--target",
                "y",
                "-q",
                "--text",
                "branch",
                "--text",
                "weight",
                "--set",
                "epochs=1",
                "--set",
                "networks=1");

        assertThat(run.out())
                .containsPattern("branch +text .* as 12 columns")
                .containsPattern("weight +text ")
                .doesNotContain("--text branch");
        assertThat(CommandRun.of("train", data.toString(), "--target", "y", "--text", "nowhere")
                        .err())
                .contains("there is no column named nowhere");
    }

    @Test
    void aSettingIsReachedByItsName() throws IOException {
        Path set = folder.resolve("set.flux4j");
        CommandRun run = CommandRun.of(
                "train",
                data.toString(),
                "--target",
                "y",
                "-q",
                "--drop",
                "units",
                "--out",
                set.toString(),
                "--set",
                "hidden=12,6",
                "--set",
                "dropout=.2",
                "--set",
                "eta=0.01",
                "--set",
                "periodic=0",
                "--set",
                "penalty=0.1,0.5",
                "--set",
                "epochs=1",
                "--set",
                "networks=1",
                "--set",
                "keep=length,state");

        assertThat(run.code()).as(run.err()).isZero();
        Map<String, String> settings = Fitted.load(set).report().settings();
        assertThat(settings.get("network"))
                .isEqualTo("dense(12, relu), dropout(0.2), dense(6, relu), dropout(0.2), dense");
        assertThat(settings.get("rule")).contains("0.01");
        assertThat(settings.get("frequencies")).isEqualTo("0");
        assertThat(settings.get("lambda")).isEqualTo("0.1");
        assertThat(settings.get("alpha")).isEqualTo("0.5");
        assertThat(settings.get("keep")).isEqualTo("length\tstate");
        assertThat(refusal("droput=.1")).contains("there is no setting named droput; the nearest are dropout, ");
        assertThat(refusal("dropout")).contains("--set must be a name and a value, such as dropout=0.1");
        assertThat(refusal("hidden=many")).contains("hidden=16,64,256");
        assertThat(refusal("logTarget=yes")).contains("expected true or false");
        assertThat(refusal("balanced=true")).contains("--set balanced is for classes");
    }

    private static String refusal(String set) {
        CommandRun run = CommandRun.of("train", data.toString(), "--target", "y", "--set", set);
        assertThat(run.code()).isEqualTo(2);
        return run.err();
    }
}
