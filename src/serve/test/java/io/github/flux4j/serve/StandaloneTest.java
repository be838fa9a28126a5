package io.github.flux4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import de.siegmar.fastcsv.reader.CsvReader;
import io.github.flux4j.ChildJvm;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.predict.Predictor;
import java.io.BufferedReader;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runnable jar's program, on a class path of what that jar has inside. */
@Tag("process")
class StandaloneTest {

    private static final String MAIN = "io.github.flux4j.serve.Main";

    /** This module, those that it stands on, and their two libraries. */
    private static final String INSIDE = Stream.of(
                    PredictionServer.class, Predictor.class, CsvBlocks.class, Gson.class, CsvReader.class)
            .map(StandaloneTest::entry)
            .collect(Collectors.joining(File.pathSeparator));

    private static String entry(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @TempDir
    private Path folder;

    @Test
    void predictsOverHttpUntilItIsStopped() throws Exception {
        Path cars = folder.resolve("mpg.flux4j");
        double expected = SampleModels.cars(cars).predict(SampleModels.CAR);
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--class-path",
                        INSIDE,
                        MAIN,
                        cars.toString(),
                        "--most-bytes",
                        "3000000000",
                        "--port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = server.inputReader()) {
            String line = out.readLine();
            assertThat(line).matches("mpg.flux4j is served at http://127.0.0.1:\\d+/ \\(Ctrl\\+C ends it\\)");
            URI predict = URI.create(line.split(" ")[4] + "predict");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(predict)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(SampleModels.CAR_JSON))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains(String.format(java.util.Locale.ROOT, "%.3f", expected)
                            .substring(0, 5));
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', expected a model file",
        "absent.flux4j, there is no such file; check the path",
        "absent.flux4j --port, expected a value after --port",
        "absent.flux4j --port many, 'expected a number after --port, but got many'",
        "absent.flux4j --port 70000, port must be 0 to 65535",
        "absent.flux4j --prot 80, there is no option --prot",
        "absent.flux4j --most-in-flight 0, mostInFlight must be 1 to 65536"
    })
    void refusesInOneLine(String arguments, String message) throws Exception {
        ChildJvm run = ChildJvm.run(
                INSIDE, Stream.of((MAIN + " " + arguments).strip().split(" ")).toArray(String[]::new));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains(message);
    }

    @Test
    void saysHowItIsUsed() throws Exception {
        ChildJvm run = ChildJvm.run(INSIDE, MAIN, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: java -jar").contains("--port", "--host", "--allow-host");
        for (String example : new String[] {"Dockerfile", "flux4j-serve.service"}) {
            String text = Files.readString(Path.of("src/site/examples/serve", example));
            assertThat(Pattern.compile("(?<=[ \"])--[a-z-]+").matcher(text).results())
                    .filteredOn(option -> !option.group().equals("--now")) // systemctl's
                    .isNotEmpty()
                    .allMatch(option -> run.out().contains(option.group() + " "));
        }
    }
}
