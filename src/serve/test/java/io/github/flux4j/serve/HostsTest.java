package io.github.flux4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names a server answers to, asked over a socket, since Java's clients choose the header Host themselves. */
class HostsTest {

    @TempDir
    private Path folder;

    private PredictionServer start(String host, String... allowed) throws IOException {
        Served model = Served.load(SampleModels.plain(folder.resolve("plain.flux4j")));
        return PredictionServer.start(
                model, new ServerSettings(host, 0, 10_000, 10).withAllowedHosts(List.of(allowed)));
    }

    private static String ask(PredictionServer server, String head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            String request = head + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertStatus(PredictionServer server, int status, String... hosts) throws IOException {
        for (String host : hosts) {
            assertThat(ask(server, "GET / HTTP/1.1\r\nHost: " + host)).as(host).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void thisMachineAloneIsAskedByItsOwnNames() throws IOException {
        try (PredictionServer server = start("127.0.0.1")) {
            String port = ":" + server.address().getPort();
            assertStatus(
                    server,
                    200,
                    "localhost",
                    "localhost" + port,
                    "LocalHost.",
                    "localhost.:80",
                    "a.localhost",
                    "127.0.0.1",
                    "127.0.0.1" + port,
                    "127.1.2.3",
                    "[::1]",
                    "[::1]" + port,
                    "[0:0:0:0:0:0:0:1]",
                    "[::ffff:127.0.0.1]");
            assertStatus(
                    server,
                    421,
                    "evil.example",
                    "evil.example" + port,
                    "127.0.0.1.evil.example",
                    "localhost.evil.example",
                    "evillocalhost",
                    "10.0.0.1",
                    "[::2]",
                    "[::1",
                    "::1]",
                    "localhost@evil.example",
                    "localhost/",
                    "localhost:80:80",
                    "[evil]",
                    "",
                    "*");
        }
    }

    @Test
    void aRefusalSaysWhatToDo() throws IOException {
        try (PredictionServer server = start("127.0.0.1")) {
            assertThat(ask(server, "POST /predict HTTP/1.1\r\nContent-Type: application/json\r\nHost: evil.example"))
                    .startsWith("HTTP/1.1 421")
                    .contains("answer to the name \\\"evil.example\\\"", "--allow-host");
        }
    }

    /** RFC 9112: a request of HTTP 1.1 has one, and a target that is a whole address counts more. */
    @Test
    void theHeaderIsThereOnceAndTheAddressCountsMore() throws IOException {
        try (PredictionServer server = start("127.0.0.1")) {
            assertThat(ask(server, "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost"))
                    .startsWith("HTTP/1.1 400");
            assertThat(ask(server, "GET / HTTP/1.1")).startsWith("HTTP/1.1 400");
            assertThat(ask(server, "GET / HTTP/1.0")).startsWith("HTTP/1.1 200");
            assertThat(ask(server, "GET http://evil.example/ HTTP/1.1\r\nHost: localhost"))
                    .startsWith("HTTP/1.1 421");
            assertThat(ask(server, "GET http://localhost/ HTTP/1.1\r\nHost: localhost"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void namesAreAllowed() throws IOException {
        try (PredictionServer server = start("127.0.0.1", "Model.example.", "2001:db8::1")) {
            assertStatus(server, 200, "model.example", "MODEL.example:8080", "[2001:DB8:0::1]:80", "localhost");
            assertStatus(server, 421, "evil.example", "x.model.example", "[2001:db8::2]");
        }
        try (PredictionServer server = start("0.0.0.0", "model.example")) {
            assertStatus(server, 200, "model.example", "localhost");
            assertStatus(server, 421, "evil.example");
        }
    }

    @Test
    void anyNameIsAllowedByAStarAndWhereOtherMachinesMayAsk() throws IOException {
        try (PredictionServer server = start("127.0.0.1", "*")) {
            assertStatus(server, 200, "evil.example", "");
        }
        try (PredictionServer server = start("0.0.0.0")) {
            assertStatus(server, 200, "evil.example");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://model.example/", "a b", "[::x]", "a@b"})
    void whatIsNoNameIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start("127.0.0.1", name))
                .withMessageContaining("as an allowed host");
    }
}
