package io.github.flux4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.learn.Interval;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server of its own and a real client; the oracle for numbers is the model that was saved. */
class PredictionServerTest {

    /** The engine computes in another order, and answers have the digits of Float32. */
    private static final double FLOAT = 2e-5;

    private static final ServerSettings SMALL = new ServerSettings("127.0.0.1", 0, 200_000, 1000);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static FittedRegressor cars;
    private static PredictionServer server;
    private static PredictionServer plain;

    @BeforeAll
    static void serve() throws IOException {
        cars = SampleModels.cars(folder.resolve("mpg.flux4j"));
        server = PredictionServer.start(Served.load(folder.resolve("mpg.flux4j")), SMALL);
        plain = PredictionServer.start(Served.load(SampleModels.plain(folder.resolve("plain.flux4j"))), SMALL);
    }

    @AfterAll
    static void stop() {
        server.close();
        plain.close();
    }

    private static HttpRequest.Builder request(PredictionServer of, String path) {
        return HttpRequest.newBuilder(of.address().resolve(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(PredictionServer to, String path, String type, String body)
            throws Exception {
        return send(request(to, path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> postJson(String body) throws Exception {
        return post(server, "/predict", "application/json", body);
    }

    private static JsonObject object(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static double prediction(JsonObject answer) {
        return answer.get("prediction").getAsDouble();
    }

    @Test
    void aRowAsAnObjectIsAnsweredByOne() throws Exception {
        JsonObject answer = object(postJson(SampleModels.CAR_JSON));
        assertThat(answer.keySet()).containsExactly("prediction");
        assertThat(prediction(answer)).isCloseTo(cars.predict(SampleModels.CAR), within(FLOAT));
    }

    @Test
    void rowsAreAnsweredByAsManyInOrder() throws Exception {
        String list = "[4, 97, null, 2130, 14.5, \"1971-01-01\", \"Japan\"]";
        String other = SampleModels.CAR_JSON.replace("}", ", \"more\": {\"deep\": [1]}}");
        HttpResponse<String> response = postJson("[" + other + "," + list + "]");
        JsonArray answers = JsonParser.parseString(response.body()).getAsJsonArray();
        assertThat(answers).hasSize(2);
        assertThat(prediction(answers.get(0).getAsJsonObject()))
                .isCloseTo(cars.predict(SampleModels.CAR), within(FLOAT));
        assertThat(prediction(object(postJson(list))))
                .isEqualTo(prediction(answers.get(1).getAsJsonObject()));
        assertThat(postJson("[]").body()).isEqualTo("[]\n");
    }

    /** Cars have 46 to 230 horsepower. */
    @Test
    void flagsAreInTheAnswerAndOnThePageAndNoIntervalOutsideTheRange() throws Exception {
        String strong = SampleModels.CAR_JSON.replaceFirst("(\"Horsepower\": *)[\\d.]+", "$11000");
        JsonObject answer = object(post(server, "/predict?interval=0.9", "application/json", strong));

        assertThat(answer.get("low").isJsonNull()).isTrue();
        assertThat(answer.getAsJsonObject("flags").get("Horsepower").getAsString())
                .isEqualTo("outside 46 to 230");
        String csv = Files.readString(SampleModels.CARS)
                .lines()
                .limit(2)
                .reduce((a, b) -> a + "\n" + b)
                .orElseThrow();
        assertThat(post(server, "/predict?flags=true", "text/csv", csv).body()).startsWith("prediction,flags\n");
        int field = cars.features().indexOf("Horsepower");
        assertThat(post(server, "/", "application/x-www-form-urlencoded", "c" + field + "=1000")
                        .body())
                .contains("Horsepower outside 46 to 230")
                .doesNotContain("interval:");
    }

    @Test
    void intervalsAreThoseOfTheModel() throws Exception {
        HttpResponse<String> response =
                post(server, "/predict?interval=0.8", "application/json; charset=utf-8", SampleModels.CAR_JSON);
        Interval interval = cars.interval(SampleModels.CAR, 0.8);
        assertThat(object(response).get("low").getAsDouble()).isCloseTo(interval.low(), within(FLOAT));
        assertThat(object(response).get("high").getAsDouble()).isCloseTo(interval.high(), within(FLOAT));
    }

    @Test
    void oneBoundAloneIsThatOfTheModel() throws Exception {
        JsonObject low = object(post(server, "/predict?at-least=0.8", "application/json", SampleModels.CAR_JSON));
        assertThat(low.keySet()).containsExactly("prediction", "low");
        assertThat(low.get("low").getAsDouble()).isCloseTo(cars.atLeast(SampleModels.CAR, 0.8), within(FLOAT));

        JsonObject high = object(post(server, "/predict?at-most=0.8", "application/json", SampleModels.CAR_JSON));
        assertThat(high.get("high").getAsDouble()).isCloseTo(cars.atMost(SampleModels.CAR, 0.8), within(FLOAT));

        HttpResponse<String> both =
                post(server, "/predict?at-most=0.8&interval=0.8", "application/json", SampleModels.CAR_JSON);
        assertThat(both.statusCode()).isEqualTo(400);
        assertThat(both.body()).contains("got several");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-16, 0.0001, 0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 0.99})
    void intervalsHoldThePredictionAtEveryLevel(double level) throws Exception {
        HttpResponse<String> response =
                post(server, "/predict?interval=" + level, "text/csv", Files.readString(SampleModels.CARS));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        response.body().lines().skip(1).map(line -> line.split(",")).forEach(cells -> {
            double prediction = Double.parseDouble(cells[0]);
            assertThat(Double.parseDouble(cells[1])).isLessThanOrEqualTo(prediction);
            assertThat(Double.parseDouble(cells[2])).isGreaterThanOrEqualTo(prediction);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=NaN",
                "=0",
                "=1",
                "=-0.5",
                "=90",
                "=1e999",
                "=0x1p-1",
                "=0.5d",
                "=",
                "",
                "=0,9",
                "=Infinity",
                "=abc"
            })
    void otherLevelsAreRefused(String level) throws Exception {
        HttpResponse<String> response =
                post(server, "/predict?interval" + level, "application/json", SampleModels.CAR_JSON);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("level");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "\"1d\"",
                "\"0x1p3\"",
                "\"NaN\"",
                "\"nan\"",
                "\"NA\"",
                "\"Infinity\"",
                "\"1,5\"",
                "\"1e999\"",
                "\"1_0\""
            })
    void whatIsNoPlainNumberIsRefusedInJson(String value) throws Exception {
        HttpResponse<String> response = post(plain, "/predict", "application/json", "{\"x1\":" + value + ",\"x2\":1}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("x1", "number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "0x1p3", "true", "Infinity", "1e999"})
    void whatIsNoPlainNumberIsRefusedInFilesAndForms(String value) throws Exception {
        assertThat(post(plain, "/predict", "text/csv", "x1,x2\n" + value + ",1\n")
                        .statusCode())
                .isEqualTo(400);
        String form = "application/x-www-form-urlencoded";
        assertThat(post(plain, "/", form, "c0=" + value + "&c1=1").body()).contains("expects a number");
    }

    /** The oracle is the same number in JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"3", " 3 ", "+3", "3.", "0.3e1", "30E-1", "3.0", "03"})
    void numbersAreWrittenAlikeInJsonFilesAndForms(String value) throws Exception {
        String three = post(plain, "/predict", "application/json", "{\"x1\":3,\"x2\":1}")
                .body();
        assertThat(post(plain, "/predict", "application/json", "{\"x1\":\"" + value + "\",\"x2\":1}")
                        .body())
                .isEqualTo(three);
        assertThat(post(plain, "/predict", "text/csv", "x1,x2\n" + value + ",1\n")
                        .body())
                .isEqualTo("prediction\n5.0\n");
    }

    /** Among them those that no test can bring about in a server of its own: here a search for a reply fails so. */
    @Test
    void anErrorIsAnsweredAndLoggedAndServingGoesOn() throws Exception {
        List<String> log = new ArrayList<>();
        Endpoints endpoints = new Endpoints(
                ModelRegistry.of(Served.load(folder.resolve("mpg.flux4j"))),
                SMALL,
                Hosts.of(SMALL, InetAddress.getLoopbackAddress()),
                null,
                log::add);
        for (Throwable thrown :
                List.of(new OutOfMemoryError("heap"), new StackOverflowError(), new NullPointerException("a\nb"))) {
            Reply reply = endpoints.reply(true, () -> {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            });
            assertThat(reply.status()).isEqualTo(500);
        }
        assertThat(log)
                .hasSize(3)
                .allMatch(line -> line.startsWith("flux4j made a mistake: java.lang.") && !line.contains("\n"));
        assertThat(endpoints.reply(true, () -> Reply.of(200, Reply.TEXT, "")).status())
                .isEqualTo(200);
    }

    @Test
    void aTableIsAnsweredByOne() throws Exception {
        HttpResponse<String> response = post(server, "/predict", "text/csv", Files.readString(SampleModels.CARS));
        List<String> lines = response.body().lines().toList();
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(lines.get(0)).isEqualTo("prediction");
        double[] expected = cars.predict(Table.read(SampleModels.CARS));
        assertThat(lines).hasSize(1 + expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Double.parseDouble(lines.get(i + 1))).isCloseTo(expected[i], within(FLOAT));
        }
    }

    @Test
    void classesHaveTheirProbabilities() throws Exception {
        SampleModels.iris(folder.resolve("iris.flux4j"));
        try (PredictionServer iris = PredictionServer.start(Served.load(folder.resolve("iris.flux4j")), SMALL)) {
            JsonObject answer = object(post(
                    iris,
                    "/predict",
                    "application/json",
                    "{\"sepal_length\":5.1,\"sepal_width\":3.5,\"petal_length\":1.4,\"petal_width\":0.2}"));
            assertThat(answer.get("class").getAsString()).isEqualTo("setosa");
            assertThat(answer.getAsJsonObject("probabilities").keySet())
                    .containsExactly("setosa", "versicolor", "virginica");
            HttpResponse<String> interval = post(iris, "/predict?interval=0.9", "application/json", "[]");
            assertThat(interval.statusCode()).isEqualTo(400);
            assertThat(interval.body()).contains("their probabilities say how sure it is");
        }
    }

    @Test
    void aPlainChainTakesNumbersInOrderOrByNumber() throws Exception {
        assertThat(prediction(object(post(plain, "/predict", "application/json", "[3, 1]"))))
                .isEqualTo(5);
        assertThat(prediction(object(post(plain, "/predict", "application/json", "{\"x2\": 1, \"x1\": 3}"))))
                .isEqualTo(5);
        assertThat(post(plain, "/predict", "application/json", "[[3, 1], [0, 1]]")
                        .body())
                .isEqualTo("[{\"prediction\":5.0},{\"prediction\":-1.0}]\n");
        assertThat(post(plain, "/predict", "text/csv", "left;right\n3;1\n0,5;0\n")
                        .body())
                .isEqualTo("prediction\n5.0\n1.0\n");
        assertThat(send(request(plain, "/").GET()).body()).contains(">x1<").contains(">x2<");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[4,97,\"x\",2130,14.5,\"1971-01-01\",\"Japan\"] | row 1: column \\\"Horsepower\\\" expects a number",
                "[[4,97,88,2130,14.5,\"1971-13-01\",\"Japan\"]] | row 1: column \\\"Year\\\" expects a date",
                "[[4,97]] | row 1: 7 values are needed",
                "{\"Cylinders\": 4} | row 1: column \\\"Displacement\\\": a row must have it",
                "{\"Cylinders\": [4]} | row 1: column \\\"Cylinders\\\" expects a number, a text or null, but got a list",
                "{\"Cylinders\": 4, \"Cylinders\": 4} | row 1: column \\\"Cylinders\\\" is repeated",
                "[{}, 3] | row 1: column \\\"Cylinders\\\": a row must have it",
                "{\"Cylinders\": 4 | expected JSON",
                "{'Cylinders': 4} | expected JSON",
                "[1e999] | expected JSON",
                "4 | expected JSON",
                "'' | expected JSON"
            })
    void whatCantBeReadIsSaidWithItsRow(String body, String message) throws Exception {
        HttpResponse<String> response = postJson(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"error\":\"").contains(message.replace("\\\"", "\\\""));
        assertThat(JsonParser.parseString(response.body()).isJsonObject()).isTrue();
    }

    @Test
    void aTablesErrorHasItsLine() throws Exception {
        String table = Files.readString(SampleModels.CARS).replaceFirst("130\\.0|130", "many");
        HttpResponse<String> response = post(server, "/predict", "text/csv", table);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).matches("(?s)the body, line 2: column \".*\" expects a number.*many.*");
        assertThat(post(server, "/predict", "text/csv", "Cylinders\n4\n").body())
                .contains("the body lacks a column of the model's 7");
        assertThat(post(server, "/predict", "text/csv", "").statusCode()).isEqualTo(400);
    }

    @Test
    void otherRequestsHaveTheirStatus() throws Exception {
        assertThat(send(request(server, "/nowhere").GET()).statusCode()).isEqualTo(404);
        HttpResponse<String> got = send(request(server, "/predict").GET());
        assertThat(got.statusCode()).isEqualTo(405);
        assertThat(got.headers().firstValue("Allow")).hasValue("POST");
        assertThat(send(request(server, "/").DELETE()).statusCode()).isEqualTo(405);
        assertThat(post(server, "/predict", "text/html", "x").statusCode()).isEqualTo(415);
        assertThat(send(request(server, "/predict").POST(BodyPublishers.ofString("[]")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(post(server, "/predict", "text/csv; charset=klingon", "x").statusCode())
                .isEqualTo(415);
        assertThat(post(server, "/predict?interval=2", "application/json", "[]").statusCode())
                .isEqualTo(400);
        HttpResponse<String> head = send(request(server, "/").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length"))
                .hasValue(send(request(server, "/").GET()).body().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void whatIsTooLargeIsRefusedAndTheServerGoesOn() throws Exception {
        String row = "[4,97,88,2130,14.5,\"1971-01-01\",\"Japan\"]";
        HttpResponse<String> rows = postJson("[" + (row + ",").repeat(1000) + row + "]");
        assertThat(rows.statusCode()).isEqualTo(413);
        assertThat(rows.body()).contains("at most 1000 rows");
        String large = " ".repeat(300_000);
        assertThat(postJson(large).statusCode()).isEqualTo(413);
        HttpRequest.Builder chunked = request(server, "/predict")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large)));
        assertThat(send(chunked).statusCode()).isEqualTo(413);
        aRowAsAnObjectIsAnsweredByOne();
    }

    /** Each client's rows are its own, so that a mixed-up answer is a wrong one; no more clients than the JDK keeps connections for. */
    @Test
    void moreThanAHundredClientsAtOnceGetTheirOwnAnswers() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 1; i <= 150; i++) {
            String body = "[[" + i + ", 0], [0, " + i + "]]";
            all.add(CLIENT.sendAsync(
                    request(plain, "/predict")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString()));
        }
        for (int i = 1; i <= all.size(); i++) {
            assertThat(all.get(i - 1).get().body())
                    .isEqualTo("[{\"prediction\":" + 2.0 * i + "},{\"prediction\":" + -1.0 * i + "}]\n");
        }
    }

    @Test
    void aPortInUseIsOneSentenceWithARemedy() throws IOException {
        Served model = Served.load(folder.resolve("plain.flux4j"));
        ServerSettings taken = new ServerSettings("127.0.0.1", server.address().getPort(), 1, 1);
        assertThatThrownBy(() -> PredictionServer.start(model, taken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another program uses this port; choose another with --port");
        assertThatThrownBy(() -> PredictionServer.start(model, new ServerSettings("no.such.host.invalid", 0, 1, 1)))
                .hasMessageContaining("there is no address of the name");
    }

    /** The client has sent half of its body when the server is asked to end. */
    @Test
    void whatHasBegunIsAnsweredBeforeTheEnd() throws Exception {
        PredictionServer ending = PredictionServer.start(Served.load(folder.resolve("plain.flux4j")), SMALL);
        URI address = ending.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            HalfRequest.begin(socket, "[3");
            Thread closing = new Thread(ending::close);
            closing.start();
            Thread.sleep(100);
            assertThat(closing.isAlive()).isTrue();
            socket.getOutputStream().write(", 1]".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("{\"prediction\":5.0}\n");
            closing.join();
        }
        assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anExplanationIsAskedForAndAddsUp() throws Exception {
        JsonObject answer = JsonParser.parseString(
                        post(server, "/predict?explain=1", "application/json", SampleModels.CAR_JSON)
                                .body())
                .getAsJsonObject();

        JsonObject why = answer.getAsJsonObject("explanation");
        double sum = why.getAsJsonObject("values").asMap().values().stream()
                .mapToDouble(value -> value.getAsDouble())
                .sum();
        assertThat(why.get("name").getAsString()).isEqualTo("Miles_per_Gallon");
        assertThat(why.get("background").getAsDouble() + sum)
                .isCloseTo(answer.get("prediction").getAsDouble(), within(FLOAT));
    }

    @Test
    void explanationsAreOfFewRowsAsJsonAndOfModelsThatHaveABackground() throws Exception {
        String many = "[" + String.join(",", Collections.nCopies(143, SampleModels.CAR_JSON)) + "]";

        assertThat(post(server, "/predict?explain=1", "application/json", many).statusCode())
                .isEqualTo(413);
        assertThat(post(server, "/predict?explain=1", "text/csv", "Year\n").statusCode())
                .isEqualTo(415);
        assertThat(post(server, "/predict?explain=1&of=x", "application/json", SampleModels.CAR_JSON)
                        .body())
                .contains("Miles_per_Gallon");
        assertThat(post(plain, "/predict?explain=1", "application/json", "{\"x1\":1,\"x2\":2}")
                        .statusCode())
                .isEqualTo(400);
    }
}
