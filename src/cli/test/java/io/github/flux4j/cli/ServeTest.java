package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.serve.HalfRequest;
import io.github.flux4j.serve.SampleModels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, on the class path without ND4J. */
class ServeTest {

    @TempDir
    private Path folder;

    private Process process;
    private URI address;

    private void start() throws Exception {
        Path file = SampleModels.plain(folder.resolve("plain.flux4j"));
        process = PredictTest.start("serve", file.toString(), "--port", "0");
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line)
                .startsWith("plain.flux4j is served at http://127.0.0.1:")
                .endsWith("/ (Ctrl+C ends it)");
        address = URI.create(line.replaceAll(".*(http://\\S+).*", "$1"));
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void assertAnswers() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/predict"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("[3, 1]"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .isEqualTo("{\"prediction\":5.0}\n");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no such signal")
    void answersUntilASignalEndsItWhichLetsABegunRequestEnd() throws Exception {
        start();
        assertAnswers();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            HalfRequest.begin(socket, "[3");
            process.destroy();
            Thread.sleep(200);
            socket.getOutputStream().write(", 1]".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("{\"prediction\":5.0}\n");
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143); // 128 and SIGTERM's number
    }

    /** They say the first half of a word, and then nothing. */
    @Test
    void slowClientsKeepNobodyFromBeingAnswered() throws Exception {
        start();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket(address.getHost(), address.getPort());
                socket.getOutputStream().write("POST /pre".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            assertAnswers();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void refusalsAreOneLine() throws IOException {
        Path file = SampleModels.plain(folder.resolve("plain.flux4j"));
        refused(2, CommandRun.of("serve", folder.toString()), "is a folder");
        refused(
                2,
                CommandRun.of("serve", file.toString(), "--port", "70000"),
                "port must be 0 to 65535, but was 70000");
        refused(2, CommandRun.of("serve", file.toString(), "--most-rows", "0"), "must be above 0");
        refused(1, CommandRun.of("serve", "pom.xml"), "expected a safetensors file");
        refused(1, CommandRun.of("serve", file.toString(), "--host", "no.such.host.invalid"), "use 127.0.0.1");
    }

    private static void refused(int code, CommandRun run, String why) {
        assertThat(run.err()).startsWith("flux4j serve: ").contains(why).hasLineCount(1);
        assertThat(run.code()).isEqualTo(code);
    }
}
