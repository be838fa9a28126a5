package io.github.flux4j.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar's program in a process of its own with a small heap: what clients do to it, and a signal amid their requests. */
@Tag("process")
@EnabledOnOs(OS.LINUX) // which tells the memory of a process
class HardshipTest {

    /** Of the heap, threads' stacks and code that is compiled meanwhile; a giant body is larger. */
    private static final long SLACK = 120_000; // kB

    /** Of one that waits for a client, before Java 21. */
    private static final long THREAD = 200; // kB

    private static final String HEAD =
            "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @TempDir
    private Path folder;

    private Process process;
    private URI address;

    @BeforeEach
    void start() throws IOException {
        Path model = SampleModels.plain(folder.resolve("plain.flux4j"));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--class-path",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        model.toString(),
                        "--port",
                        "0")
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        BufferedReader out = process.inputReader();
        address = URI.create(out.readLine().replaceAll(".*(http://\\S+).*", "$1"));
    }

    @AfterEach
    void end() throws IOException {
        process.destroyForcibly();
        assertThat(Files.readString(folder.resolve("errors.txt"))).isEmpty();
    }

    private Socket socket() throws IOException {
        return new Socket(address.getHost(), address.getPort());
    }

    private static HttpRequest request(URI address, int i) {
        return HttpRequest.newBuilder(address.resolve("/predict"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[" + i + ", 1]"))
                .build();
    }

    /** y = 2·x1 − x2. */
    private static String answer(int i) {
        return "{\"prediction\":" + (2.0 * i - 1) + "}\n";
    }

    private void assertAnswers() throws Exception {
        assertThat(HttpClient.newHttpClient()
                        .send(request(address, 3), BodyHandlers.ofString())
                        .body())
                .isEqualTo(answer(3));
    }

    /** Kilobytes. */
    private long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** They say half of a request's first line, and then nothing. */
    @Test
    void aThousandSlowClientsKeepNobodyFromBeingAnswered() throws Exception {
        assertAnswers();
        long before = memory();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                slow.add(socket());
                slow.get(i).getOutputStream().write("POST /pre".getBytes(US_ASCII));
            }
            for (int i = 0; i < 20; i++) {
                assertAnswers();
            }
            assertThat(memory()).isLessThan(before + SLACK + 1000 * THREAD);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertAnswers();
    }

    /** One that says its size, and one that doesn't and goes on for as long as it is let. */
    @Test
    void giantBodiesAreRefusedWithoutBeingKept() throws Exception {
        assertAnswers();
        long before = memory();
        for (int i = 0; i < 5; i++) {
            try (Socket socket = socket()) {
                socket.getOutputStream().write((HEAD + "Content-Length: 10000000000\r\n\r\n[[").getBytes(US_ASCII));
                assertThat(status(socket.getInputStream())).isEqualTo("HTTP/1.1 413");
            }
            Thread sender;
            try (Socket socket = socket()) {
                socket.getOutputStream().write((HEAD + "Transfer-Encoding: chunked\r\n\r\n").getBytes(US_ASCII));
                sender = new Thread(() -> send(socket));
                sender.start();
                assertThat(status(socket.getInputStream())).isEqualTo("HTTP/1.1 413");
            }
            sender.join();
        }
        assertThat(memory()).isLessThan(before + SLACK);
        assertAnswers();
    }

    /** At most 500 MB. */
    private static void send(Socket socket) {
        byte[] chunk = ("100000\r\n" + " ".repeat(1 << 20) + "\r\n").getBytes(US_ASCII);
        try {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < 500; i++) {
                out.write(chunk);
            }
        } catch (IOException e) {
            assertThat(e).isNotNull(); // the server ended it
        }
    }

    private static String status(InputStream in) throws IOException {
        return new String(in.readNBytes("HTTP/1.1 413".length()), US_ASCII);
    }

    /** All are sent before the first answer is read. */
    @Test
    void requestsOneAfterAnotherOnOneConnectionAreAnsweredInOrder() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int i = 100; i < 300; i++) {
            String body = "[" + i + ", 1]";
            all.append(HEAD).append("Content-Length: ").append(body.length());
            all.append(i < 299 ? "" : "\r\nConnection: close")
                    .append("\r\n\r\n")
                    .append(body);
        }
        try (Socket socket = socket()) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(all.toString().getBytes(US_ASCII));
            List<String> answers = new String(socket.getInputStream().readAllBytes(), US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .toList();
            assertThat(answers)
                    .isEqualTo(IntStream.range(100, 300)
                            .mapToObj(i -> answer(i).strip())
                            .toList());
        }
    }

    /** Each request has its right answer, or is told to come again, or finds nobody; no answer is cut or another's. */
    @Test
    void aSignalAmidManyRequestsCutsNoAnswer() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Future<String>> all = new ArrayList<>();
        for (int c = 0; c < 8; c++) {
            int client = c;
            all.add(clients.submit(() -> ask(client, isOver, answered)));
        }
        while (answered.get() < 1000) {
            Thread.sleep(10);
        }
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        isOver.set(true);
        assertThat(process.exitValue()).isEqualTo(143); // 128 and SIGTERM's number
        for (Future<String> client : all) {
            assertThat(client.get()).isEmpty();
        }
        clients.shutdown();
    }

    /** The first answer that is wrong; empty if none is. */
    private String ask(int client, AtomicBoolean isOver, AtomicInteger answered) throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        for (int i = client; !isOver.get(); i += 8) {
            try {
                HttpResponse<String> response = http.send(request(address, i), BodyHandlers.ofString());
                boolean isRight =
                        response.statusCode() == 200 && response.body().equals(answer(i));
                if (!isRight && response.statusCode() != 503) {
                    return response.statusCode() + " " + response.body();
                }
                answered.incrementAndGet();
            } catch (IOException e) {
                Thread.sleep(10); // nobody is there any more
            }
        }
        return "";
    }

    /** A million requests of one row; the figures go to standard output. */
    @Test
    @Tag("long")
    void aMillionRequestsLeaveTheMemoryAsItWas() throws Exception {
        long[] memory = new long[11];
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Integer> latencies = new ArrayList<>();
        long begun = System.nanoTime();
        for (int part = 0; part < memory.length - 1; part++) {
            memory[part] = memory();
            List<Future<int[]>> all = new ArrayList<>();
            for (int c = 0; c < 4; c++) {
                all.add(clients.submit(() -> many(25_000)));
            }
            for (Future<int[]> client : all) {
                for (int micros : client.get()) {
                    latencies.add(micros);
                }
            }
        }
        memory[10] = memory();
        clients.shutdown();
        latencies.sort(null);
        System.out.printf(
                "1,000,000 requests, %.0f a second, p50 %d µs, p99 %d µs; %d kB of memory after the first 100,000, %d at the end%n",
                1e15 / (System.nanoTime() - begun),
                latencies.get(500_000),
                latencies.get(990_000),
                memory[1],
                memory[10]);
        assertThat(memory[10]).isLessThan(memory[1] + 20_000);
    }

    /** The microseconds of each. */
    private int[] many(int count) throws IOException {
        int[] micros = new int[count];
        try (Socket socket = socket()) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            byte[] request = (HEAD + "Content-Length: 6\r\n\r\n[3, 1]").getBytes(US_ASCII);
            for (int i = 0; i < count; i++) {
                long begun = System.nanoTime();
                socket.getOutputStream().write(request);
                for (int letter = in.read(); letter != '}'; letter = in.read()) {
                    assertThat(letter).isNotNegative();
                }
                assertThat(in.read()).isEqualTo('\n');
                micros[i] = (int) ((System.nanoTime() - begun) / 1000);
            }
        }
        return micros;
    }
}
