package io.github.flux4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.learn.FittedRegressor;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator asks of a server, by a real client; the oracle for numbers is {@code /predict}, which other tests hold to the model. */
class OperatedTest {

    /** Answers have the digits of Float32. */
    private static final double FLOAT = 2e-5;

    private static final ServerSettings SMALL = new ServerSettings("127.0.0.1", 0, 200_000, 1000);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String KEY = "0123456789abcdef";

    private static final String COLUMNS = """
            {"name": "Cylinders", "shape": [2, 1], "datatype": "INT32", "data": [4, 8]},
            {"name": "Displacement", "shape": [2], "datatype": "FP32", "data": [97, 350.5]},
            {"name": "Horsepower", "shape": [2], "datatype": "FP64", "data": [null, 1000]},
            {"name": "Weight_in_lbs", "shape": [2, 1], "datatype": "FP64", "data": [[2130], [3500]]},
            {"name": "Acceleration", "shape": [2], "datatype": "FP64", "data": [14.5, 11]},
            {"name": "Year", "shape": [2], "datatype": "BYTES", "data": ["1971-01-01", "1970-01-01"]},
            {"name": "Origin", "shape": [2], "datatype": "BYTES", "data": ["Japan", "Mars"]}""";

    private static final String ROWS = """
            [[4, 97, null, 2130, 14.5, "1971-01-01", "Japan"], [8, 350.5, 1000, 3500, 11, "1970-01-01", "Mars"]]""";

    @TempDir
    private static Path folder;

    private static FittedRegressor cars;
    private static List<Path> files;
    private static PredictionServer one;
    private static PredictionServer three;

    @BeforeAll
    static void serve() throws IOException {
        cars = SampleModels.cars(folder.resolve("mpg.flux4j"));
        SampleModels.iris(folder.resolve("a b%\u00fc.flux4j"));
        files = List.of(
                folder.resolve("mpg.flux4j"),
                folder.resolve("a b%\u00fc.flux4j"),
                SampleModels.plain(folder.resolve("plain.flux4j")));
        one = PredictionServer.start(files.subList(0, 1), SMALL, line -> {});
        three = PredictionServer.start(files, SMALL, line -> {});
    }

    @AfterAll
    static void stop() {
        one.close();
        three.close();
    }

    private static ServerSettings small(int mostInFlight, Path keys, boolean logsRequests) {
        return new ServerSettings("127.0.0.1", 0, 200_000, 1000, List.of(), mostInFlight, keys, logsRequests, false);
    }

    private static HttpRequest.Builder request(PredictionServer of, String path) {
        return HttpRequest.newBuilder(of.address().resolve(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(PredictionServer of, String path) throws Exception {
        return send(request(of, path).GET());
    }

    private static HttpResponse<String> post(PredictionServer to, String path, String body) throws Exception {
        return send(request(to, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static JsonObject object(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static JsonObject output(JsonObject answer, String name) {
        for (JsonElement output : answer.getAsJsonArray("outputs")) {
            if (output.getAsJsonObject().get("name").getAsString().equals(name)) {
                return output.getAsJsonObject();
            }
        }
        throw new AssertionError(name + " was expected in " + answer);
    }

    @Test
    void healthIsToldWithoutAnything() throws Exception {
        assertThat(get(one, "/v2/health/live").body()).isEqualTo("{\"live\":true}\n");
        assertThat(get(one, "/v2/health/ready").statusCode()).isEqualTo(200);
        assertThat(get(three, "/v2/models/plain/ready").statusCode()).isEqualTo(200);
        assertThat(get(three, "/v2/models/absent/ready").statusCode()).isEqualTo(404);
        assertThat(send(request(one, "/v2/health/live").DELETE()).statusCode()).isEqualTo(405);
        assertThat(object(get(one, "/v2")).get("name").getAsString()).isEqualTo("flux4j");
    }

    @Test
    void metadataNamesTheColumnsAsTensors() throws Exception {
        JsonObject model = object(get(one, "/v2/models/mpg"));
        assertThat(model.getAsJsonArray("inputs")).hasSize(7);
        assertThat(model.getAsJsonArray("inputs").get(6))
                .hasToString("{\"name\":\"Origin\",\"datatype\":\"BYTES\",\"shape\":[-1,1]}");
        assertThat(model.getAsJsonArray("outputs"))
                .hasToString("[{\"name\":\"prediction\",\"datatype\":\"FP32\",\"shape\":[-1,1]}]");
        assertThat(object(get(three, "/v2/models/plain")).getAsJsonArray("inputs"))
                .hasToString("[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]");
        assertThat(object(get(three, "/v2/models/a%20b%25%C3%BC")).getAsJsonArray("outputs"))
                .hasToString("[{\"name\":\"class\",\"datatype\":\"BYTES\",\"shape\":[-1,1]},"
                        + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]");
    }

    @Test
    void tensorsAreAnsweredAsRowsAre() throws Exception {
        JsonObject answer = object(post(
                one,
                "/v2/models/mpg/infer",
                "{\"id\": \"7\", \"parameters\": {\"interval\": 0.9}, \"inputs\": [" + COLUMNS
                        + "], \"outputs\": [{\"name\": \"prediction\"}, {\"name\": \"low\"}, {\"name\": \"flags\"}]}"));
        var rows = JsonParser.parseString(
                        post(one, "/predict?interval=0.9", ROWS).body())
                .getAsJsonArray();

        assertThat(answer.get("id").getAsString()).isEqualTo("7");
        assertThat(answer.get("model_name").getAsString()).isEqualTo("mpg");
        assertThat(answer.getAsJsonArray("outputs")).hasSize(3);
        for (int i = 0; i < 2; i++) {
            for (String name : List.of("prediction", "low")) {
                assertThat(output(answer, name).getAsJsonArray("data").get(i))
                        .isEqualTo(rows.get(i).getAsJsonObject().get(name));
            }
        }
        assertThat(output(answer, "low").getAsJsonArray("shape")).hasToString("[2,1]");
        assertThat(output(answer, "flags").getAsJsonArray("data").get(1).getAsString())
                .isEqualTo("Horsepower outside 46 to 230; Origin unknown");
    }

    @Test
    void aClassifierAndAPlainNetworkInferToo() throws Exception {
        String flower = "{\"inputs\":["
                + String.join(
                        ",",
                        List.of(
                                "{\"name\":\"sepal_length\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[5.1]}",
                                "{\"name\":\"more\",\"shape\":[1],\"datatype\":\"BOOL\",\"data\":[true]}",
                                "{\"name\":\"sepal_width\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[3.5]}",
                                "{\"name\":\"petal_length\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1.4]}",
                                "{\"name\":\"petal_width\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[0.2]}"))
                + "]}";
        JsonObject iris = object(post(three, "/v2/models/a%20b%25%C3%BC/infer", flower));
        assertThat(output(iris, "class").getAsJsonArray("data")).hasToString("[\"setosa\"]");
        assertThat(output(iris, "probabilities").getAsJsonArray("data")).hasSize(3);

        String rows =
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[3,2],\"datatype\":\"FP32\",\"data\":[[3,1],[0,1],[1,1]]}]}";
        assertThat(output(object(post(three, "/v2/models/plain/infer", rows)), "prediction")
                        .getAsJsonArray("data"))
                .hasToString("[5.0,-1.0,1.0]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"inputs\":[]} | expected one input",
                "{} | expected one input",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"FP32\",\"data\":[1,2,3]}]} | expected shape [rows, 2]",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP32\",\"data\":[1,2,3]}]} | but got 3 values",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[-1,2],\"datatype\":\"FP32\",\"data\":[1,2]}]} | but got 2 values",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[],\"datatype\":\"FP32\",\"data\":[1,2]}]} | expected shape [rows, 2]",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,\"2\"]}]} | expected datatype FP32",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP31\",\"data\":[1,2]}]} | but got \"FP31\"",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\"}]} | but one has only",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,1e999]}]} | expected JSON",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,1e39]}]} | too large for Float32",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1e9,2],\"datatype\":\"FP32\",\"data\":[1,1]}]} | but got 2 values",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,1]}],\"outputs\":[{\"name\":\"y\"}]} | outputs among",
                "[1] | expected JSON, an object with inputs"
            })
    void aRequestThatIsNoneIsRefusedInOneSentence(String body, String message) throws Exception {
        HttpResponse<String> response = post(three, "/v2/models/plain/infer", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(JsonParser.parseString(response.body())
                        .getAsJsonObject()
                        .get("error")
                        .getAsString())
                .contains(message);
    }

    @Test
    void moreRowsThanAreTakenAreRefusedWhileTheyAreRead() throws Exception {
        String many = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1001,2],\"datatype\":\"FP32\",\"data\":["
                + "1,2,".repeat(1001) + "1,2]}]}";
        assertThat(post(three, "/v2/models/plain/infer", many).statusCode()).isEqualTo(413);
    }

    @Test
    void severalModelsHaveEachItsPlace() throws Exception {
        assertThat(get(three, "/").body())
                .contains("<a href=\"/models/mpg/\">", "<a href=\"/models/a%20b%25%C3%BC/\">");
        assertThat(get(three, "/models/a%20b%25%C3%BC/").body())
                .contains("action=\"/models/a%20b%25%C3%BC/\"", "POST /models/a%20b%25%C3%BC/predict");
        assertThat(object(post(three, "/models/mpg/predict", SampleModels.CAR_JSON))
                        .get("prediction")
                        .getAsDouble())
                .isCloseTo(cars.predict(SampleModels.CAR), within(FLOAT));
        assertThat(post(three, "/predict", "[]").body()).contains("several models", "/models/plain/predict");
        assertThat(post(three, "/models/absent/predict", "[]").statusCode()).isEqualTo(404);
        Path twin = Files.copy(
                files.get(2), Files.createDirectory(folder.resolve("twin")).resolve("plain.flux4j"));
        assertThatThrownBy(() -> PredictionServer.start(List.of(files.get(2), twin), SMALL, line -> {}))
                .hasMessageContaining("two files are named \"plain\"");
    }

    @Test
    void metricsCountRequestsSecondsAndWhatTrainingDidNotHave() throws Exception {
        try (PredictionServer server = PredictionServer.start(files.subList(0, 1), SMALL, line -> {})) {
            post(server, "/predict", ROWS);
            post(server, "/predict", "nothing");
            post(server, "/v2/models/mpg/infer", "{\"inputs\":[" + COLUMNS + "]}");
            send(request(server, "/predict")
                    .header("Content-Type", "text/csv")
                    .POST(BodyPublishers.ofString(Files.readString(SampleModels.CARS))));
            HttpResponse<String> metrics = get(server, "/metrics");

            assertThat(metrics.headers().firstValue("Content-Type")).hasValue(PrometheusMetrics.TYPE);
            assertThat(metrics.body().lines())
                    .contains(
                            "flux4j_requests_total{endpoint=\"predict\",model=\"mpg\",code=\"200\"} 2",
                            "flux4j_requests_total{endpoint=\"predict\",model=\"mpg\",code=\"400\"} 1",
                            "flux4j_refusals_total{endpoint=\"predict\",model=\"mpg\",code=\"400\"} 1",
                            "flux4j_requests_total{endpoint=\"infer\",model=\"mpg\",code=\"200\"} 1",
                            "flux4j_request_seconds_bucket{endpoint=\"predict\",model=\"mpg\",le=\"+Inf\"} 3",
                            "flux4j_request_seconds_count{endpoint=\"predict\",model=\"mpg\"} 3",
                            "flux4j_requests_in_flight 1",
                            "flux4j_rows_total{model=\"mpg\"} " + (4 + 406),
                            "flux4j_unlike_training_total{model=\"mpg\",column=\"Origin\",kind=\"unknown\"} 2",
                            "flux4j_unlike_training_total{model=\"mpg\",column=\"Horsepower\",kind=\"outside\"} 2",
                            // six cars have none, by the file itself
                            "flux4j_unlike_training_total{model=\"mpg\",column=\"Horsepower\",kind=\"missing\"} "
                                    + (2 + 6),
                            "flux4j_unlike_training_total{model=\"mpg\",column=\"Cylinders\",kind=\"outside\"} 0");
        }
    }

    /** Each line is a comment, or name, labels in quotes and a number, as the format's grammar has it. */
    @Test
    void namesCantBreakTheMetrics() throws Exception {
        Path file = folder.resolve("x\"\\\n}y.flux4j");
        SampleModels.hostile(file);
        try (PredictionServer server = PredictionServer.start(List.of(file), SMALL, line -> {})) {
            String label = "[a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
            assertThat(get(server, "/metrics").body().lines().filter(line -> !line.startsWith("#")))
                    .isNotEmpty()
                    .allMatch(line -> line.matches("[a-z0-9_]+(\\{" + label + "(," + label + ")*})? [0-9.E+-]+"));
            assertThat(object(get(server, "/openapi.json"))
                            .getAsJsonObject("paths")
                            .keySet())
                    .contains("/v2/models/x%22%5C%0A%7Dy/infer");
            assertThat(get(server, "/v2/models/x%22%5C%0A%7Dy").statusCode()).isEqualTo(200);
        }
    }

    /** The description is made of a text in which names are put. */
    @Test
    void namesCantBreakTheDescription() throws Exception {
        List<Path> odd = List.of(
                Files.copy(files.get(2), folder.resolve("rowN.flux4j")),
                Files.copy(files.get(2), folder.resolve("NAMEPATH.flux4j")));
        try (PredictionServer server = PredictionServer.start(odd, SMALL, line -> {})) {
            assertThat(object(get(server, "/openapi.json"))
                            .getAsJsonObject("paths")
                            .keySet())
                    .contains(
                            "/models/rowN/predict",
                            "/v2/models/rowN",
                            "/models/NAMEPATH/predict",
                            "/v2/models/NAMEPATH/infer");
        }
    }

    @Test
    void bytesThatAreNoTextAreNoKey() throws Exception {
        Path keys = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'});
        assertThatThrownBy(() -> PredictionServer.start(files.subList(2, 3), small(512, keys, false), line -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1: expected a key of at least 16");
    }

    @Test
    void openApiHasTheColumns() throws Exception {
        JsonObject api = object(get(three, "/openapi.json"));
        JsonObject row =
                api.getAsJsonObject("components").getAsJsonObject("schemas").getAsJsonObject("row0");
        assertThat(row.getAsJsonArray("required")).hasSize(7);
        assertThat(row.getAsJsonObject("properties")
                        .getAsJsonObject("Horsepower")
                        .get("description")
                        .getAsString())
                .isEqualTo("In training 46.0 to 230.0");
        assertThat(api.getAsJsonObject("paths").keySet()).contains("/models/mpg/predict", "/v2/models/plain/infer");
    }

    /** While clients ask without a pause. Each answer is that of the one model or of the other, and after a second none is of the first. */
    @Test
    void aReplacedFileIsTakenOverWithoutALostRequestAndABadOneRefused() throws Exception {
        Path file = Files.copy(files.get(2), folder.resolve("replaced.flux4j"));
        List<String> log = new CopyOnWriteArrayList<>();
        List<String> wrong = new CopyOnWriteArrayList<>();
        AtomicBoolean isOver = new AtomicBoolean();
        try (PredictionServer server = PredictionServer.start(List.of(file), SMALL, log::add)) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread client = new Thread(() -> {
                    while (!isOver.get()) {
                        try {
                            String body = post(server, "/predict", "[3, 1]").body();
                            if (!body.equals("{\"prediction\":5.0}\n") && !body.equals("{\"prediction\":7.0}\n")) {
                                wrong.add(body);
                            }
                        } catch (Exception e) {
                            wrong.add(e.toString());
                        }
                    }
                });
                client.start();
                clients.add(client);
            }
            Path bad = Files.writeString(folder.resolve("bad"), "no model");
            Files.move(bad, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            until(log, "can't be loaded, so the earlier one stays in use");
            assertThat(post(server, "/predict", "[3, 1]").body()).contains("5.0");

            var line = io.github.flux4j.Flux4j.dense(2, 1).withoutBias();
            line.weight().assign(io.github.flux4j.Flux4j.rows(new double[] {2, 1}));
            Path next = folder.resolve("next");
            io.github.flux4j.Flux4j.save(io.github.flux4j.Flux4j.chain(line), next);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            until(log, "was replaced and loaded");
            assertThat(post(server, "/predict", "[3, 1]").body()).contains("7.0");
            isOver.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void until(List<String> log, String line) throws InterruptedException {
        for (int i = 0; i < 500 && log.stream().noneMatch(said -> said.contains(line)); i++) {
            Thread.sleep(10);
        }
        assertThat(log).anyMatch(said -> said.contains(line));
    }

    private static int status(PredictionServer server, String path, String authorization) throws Exception {
        return send(request(server, path).header("Authorization", authorization).GET())
                .statusCode();
    }

    @Test
    void withKeysOnlyHealthIsToldToAll() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "# of the shop\n" + KEY + "\n\n");
        List<String> log = new CopyOnWriteArrayList<>();
        String basic = "Basic " + Base64.getEncoder().encodeToString(("any:" + KEY).getBytes(StandardCharsets.UTF_8));
        try (PredictionServer server = PredictionServer.start(files.subList(0, 1), small(512, keys, false), log::add)) {
            assertThat(get(server, "/v2/health/ready").statusCode()).isEqualTo(200);
            for (String path : List.of("/", "/metrics", "/openapi.json", "/v2", "/v2/models/mpg", "/predict", "/x")) {
                assertThat(get(server, path).statusCode()).as(path).isEqualTo(401);
            }
            assertThat(get(server, "/").headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"flux4j\"");
            assertThat(status(server, "/metrics", "Bearer " + KEY)).isEqualTo(200);
            assertThat(status(server, "/", basic)).isEqualTo(200);
            for (String wrong :
                    List.of("Bearer " + KEY + "x", "Bearer", "Bearer # of the shop", KEY, "Basic !", "Basic ")) {
                assertThat(status(server, "/metrics", wrong)).as(wrong).isEqualTo(401);
            }
            Files.writeString(keys, "fedcba9876543210\n");
            until(log, "keys was replaced and loaded");
            assertThat(status(server, "/metrics", "Bearer " + KEY)).isEqualTo(401);
            assertThat(status(server, "/metrics", "bearer fedcba9876543210")).isEqualTo(200);
            assertThat(log).noneMatch(line -> line.contains("fedcba"));
        }
        Files.writeString(keys, "short\n");
        assertThatThrownBy(() -> PredictionServer.start(files.subList(0, 1), small(512, keys, false), log::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1: expected a key of at least 16")
                .hasMessageNotContaining("short");
    }

    /** The first holds the only place with half a body. */
    @Test
    void oneMoreThanMayBeInFlightIsRefusedAndHealthIsStillTold() throws Exception {
        ServerSettings single = small(1, null, false);
        try (PredictionServer server = PredictionServer.start(files.subList(2, 3), single, line -> {});
                Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            HalfRequest.begin(socket, "[3");
            HttpResponse<String> busy = post(server, "/predict", "[3, 1]");
            assertThat(busy.statusCode()).isEqualTo(503);
            assertThat(busy.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(get(server, "/v2/health/live").statusCode()).isEqualTo(200);
            socket.getOutputStream().write(", 1]".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            int status = 503;
            for (int i = 0; i < 100 && status == 503; i++) { // until the first has given its place back
                Thread.sleep(10);
                status = post(server, "/predict", "[3, 1]").statusCode();
            }
            assertThat(status).isEqualTo(200);
        }
    }

    /** A stranger's half request lasts as long as he likes; the only place is another's. */
    @Test
    void whoHasNoKeyHoldsNoPlace() throws Exception {
        Path keys = Files.writeString(folder.resolve("single"), KEY);
        try (PredictionServer server = PredictionServer.start(files.subList(2, 3), small(1, keys, false), line -> {});
                Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            HalfRequest.begin(socket, "[3");
            assertThat(status(server, "/metrics", "Bearer " + KEY)).isEqualTo(200);
        }
    }

    @Test
    void eachRequestHasALineInTheLogIfOneWantsIt() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        try (PredictionServer server = PredictionServer.start(files.subList(2, 3), small(512, null, true), log::add)) {
            post(server, "/predict?a=secret", "[3, 1]");
            get(server, "/%0Aforged");
            until(log, "forged");
            until(log, "/predict"); // a line comes when its answer has gone
        }
        assertThat(log).hasSize(2).noneMatch(line -> line.contains("secret") || line.contains("\n"));
        List<String> lines = log.stream()
                .sorted(java.util.Comparator.comparing(line -> line.contains("forged")))
                .toList();
        JsonObject line = JsonParser.parseString(lines.get(0)).getAsJsonObject();
        assertThat(line.get("path").getAsString()).isEqualTo("/predict");
        assertThat(line.get("status").getAsInt()).isEqualTo(200);
        assertThat(line.get("from").getAsString()).isEqualTo("127.0.0.1");
        assertThat(JsonParser.parseString(lines.get(1))
                        .getAsJsonObject()
                        .get("status")
                        .getAsInt())
                .isEqualTo(404);
    }

    /** A request is half read; others come while the server ends. */
    @Test
    void whileItEndsItIsNotReadyAndAnswersWhatComes() throws Exception {
        PredictionServer server = PredictionServer.start(files.subList(2, 3), SMALL, line -> {});
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            HalfRequest.begin(socket, "[3");
            Thread closing = new Thread(server::close);
            closing.start();
            Thread.sleep(50);
            assertThat(get(server, "/v2/health/ready").statusCode()).isEqualTo(503);
            HttpResponse<String> late = post(server, "/predict", "[3, 1]");
            assertThat(late.statusCode()).isEqualTo(200);
            socket.getOutputStream().write(", 1]".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("{\"prediction\":5.0}\n");
            closing.join();
        }
    }
}
