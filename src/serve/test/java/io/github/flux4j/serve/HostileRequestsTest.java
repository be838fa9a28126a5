package io.github.flux4j.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.flux4j.io.JsonEdits;
import io.github.flux4j.predict.ByteEdits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies changed at random, in good requests: an answer of finite numbers or one sentence, and never flux4j's own mistake. */
class HostileRequestsTest {

    private static final ServerSettings SMALL = new ServerSettings("127.0.0.1", 0, 200_000, 1000);
    private static final String TABLE =
            "Cylinders,Displacement,Horsepower,Weight_in_lbs,Acceleration,Year,Origin\n4,97,88,2130,14.5,1971-01-01,Japan\n";
    private static final String TENSORS = """
            {"id": "7", "parameters": {"interval": 0.9}, "outputs": [{"name": "prediction"}, {"name": "flags"}], "inputs": [
             {"name": "Cylinders", "shape": [1, 1], "datatype": "INT32", "data": [4]},
             {"name": "Displacement", "shape": [1], "datatype": "FP32", "data": [97]},
             {"name": "Horsepower", "shape": [1], "datatype": "FP64", "data": [null]},
             {"name": "Weight_in_lbs", "shape": [1, 1], "datatype": "FP64", "data": [[2130]]},
             {"name": "Acceleration", "shape": [1], "datatype": "FP64", "data": [14.5]},
             {"name": "Year", "shape": [1], "datatype": "BYTES", "data": ["1971-01-01"]},
             {"name": "Origin", "shape": [1], "datatype": "BYTES", "data": ["Japan"]}]}""";

    /** A path, the type of its body, and a good body. */
    private record Request(String path, String type, String body) {}

    private static final List<Request> REQUESTS = List.of(
            new Request("/predict", "application/json", "[" + SampleModels.CAR_JSON + "]"),
            new Request("/predict?interval=0.9&explain=1", "application/json", SampleModels.CAR_JSON),
            new Request("/v2/models/mpg/infer", "application/json", TENSORS),
            new Request("/predict", "text/csv", TABLE),
            new Request(
                    "/",
                    "application/x-www-form-urlencoded",
                    "c0=4&c1=97&c2=88&c3=2130&c4=14.5&c5=1971-01-01&c6=Japan"));

    @TempDir
    private Path folder;

    @Test
    void hundredsAreAnsweredOrRefused() throws IOException {
        assertThat(answered(100, 1)).isBetween(10, 90);
    }

    @Test
    @Tag("long")
    void aHundredThousandAreAnsweredOrRefused() throws IOException {
        assertThat(answered(100_000, 2)).isBetween(10_000, 90_000);
    }

    /** How many of so many had an answer. */
    private int answered(int count, long seed) throws IOException {
        Path file = folder.resolve("mpg.flux4j");
        SampleModels.cars(file);
        List<String> mistakes = Collections.synchronizedList(new ArrayList<>());
        SplittableRandom random = new SplittableRandom(seed);
        int answered = 0;
        try (PredictionServer server = PredictionServer.start(List.of(file), SMALL, mistakes::add);
                Connection connection = new Connection(server.address().getPort())) {
            for (int i = 0; i < count; i++) {
                Request good = REQUESTS.get(i % REQUESTS.size());
                answered += connection.isAnswered(good, changed(good.body, random)) ? 1 : 0;
            }
        }
        assertThat(mistakes).isEmpty();
        return answered;
    }

    private static byte[] changed(String body, SplittableRandom random) {
        if (random.nextInt(3) == 0 || !body.contains("{")) {
            return new ByteEdits(random).of(body.getBytes(ISO_8859_1));
        }
        JsonEdits edits = new JsonEdits(random);
        JsonElement json = JsonParser.parseString(body);
        edits.edit(json);
        return edits.text(json).getBytes(ISO_8859_1);
    }

    /** One request after another over a connection, which the server ends after each refusal. */
    private static final class Connection implements AutoCloseable {

        private final int port;
        private Socket socket;

        Connection(int port) {
            this.port = port;
        }

        boolean isAnswered(Request request, byte... body) throws IOException {
            socket = socket == null ? new Socket("127.0.0.1", port) : socket;
            socket.setSoTimeout(10_000); // far beyond what any takes
            String head = "POST " + request.path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + request.type
                    + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            byte[] all = (head + new String(body, ISO_8859_1)).getBytes(ISO_8859_1);
            socket.getOutputStream().write(all);
            String answer = answer(socket.getInputStream());
            boolean isGood = answer.startsWith("HTTP/1.1 200 ");
            String text = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            if (isGood) {
                assertThat(text).as(new String(body, ISO_8859_1)).doesNotContainPattern("[\\[:,](NaN|-?Infinity)");
            } else {
                assertThat(answer).as(new String(body, ISO_8859_1)).matches("(?s)HTTP/1.1 4\\d\\d .*");
                assertThat(text).isNotBlank().hasSizeLessThan(request.path.equals("/") ? 20_000 : 2000);
                close();
            }
            return isGood;
        }

        private static String answer(InputStream in) throws IOException {
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                int letter = in.read();
                assertThat(letter).as("an answer was expected after " + answer).isNotNegative();
                answer.append((char) letter);
            }
            String length = answer.toString().replaceAll("(?si).*content-length: (\\d+).*", "$1");
            return answer + new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
                socket = null;
            }
        }
    }
}
