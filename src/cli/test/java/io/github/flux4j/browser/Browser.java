package io.github.flux4j.browser;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a window, driven by its DevTools protocol over the JDK's WebSocket. */
final class Browser implements AutoCloseable {

    private static final int SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final Inbox inbox = new Inbox();
    private int calls;

    Browser(Path profile) throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        executable().toString(),
                        "--headless=new",
                        "--no-sandbox", // the pages are ours, and containers have no user namespaces
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--remote-allow-origins=*",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        HttpClient http = HttpClient.newHttpClient();
        String tabs = http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/json/list"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        String address = JsonParser.parseString(tabs).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(tab -> tab.get("type").getAsString().equals("page"))
                .findFirst()
                .orElseThrow()
                .get("webSocketDebuggerUrl")
                .getAsString();
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(address), inbox)
                .join();
        for (String domain : List.of("Page", "Runtime", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** The one on the path. */
    private static Path executable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the tests of the profile browser need Chromium on the PATH, but there is none; install it, on Debian by apt-get install chromium"));
    }

    private String port() throws IOException {
        BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("DevTools listening on ")) {
                drain(said);
                return line.replaceAll(".*:(\\d+)/.*", "$1");
            }
        }
        throw new IllegalStateException("Chromium ended before it listened; start it by hand to see why");
    }

    /** Else it would wait for a reader once the pipe is full. */
    private static void drain(BufferedReader said) {
        Thread reader = new Thread(() -> readAll(said), "chromium");
        reader.setDaemon(true);
        reader.start();
    }

    private static void readAll(BufferedReader said) {
        try {
            while (said.readLine() != null) {}
        } catch (IOException e) {
            return; // it has ended
        }
    }

    /** Sends a command and waits for its answer. */
    JsonObject call(String method, Map<String, ?> parameters) throws InterruptedException {
        int id = ++calls;
        String message = new Gson().toJson(Map.of("id", id, "method", method, "params", parameters));
        socket.sendText(message, true).join();
        while (true) {
            JsonObject answer = inbox.answers.poll(SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IllegalStateException("Chromium gave no answer to " + method + " in " + SECONDS + " s");
            }
            if (answer.get("id").getAsInt() == id) {
                if (answer.has("error")) {
                    throw new IllegalStateException(method + ": " + answer.get("error"));
                }
                return answer.getAsJsonObject("result");
            }
        }
    }

    /** Opens a page at a width and in a colour scheme, and gives what scripts and the page itself complained of. */
    List<String> open(URI page, int width, String scheme) throws InterruptedException {
        inbox.complaints.clear();
        inbox.loaded.clear();
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        call("Emulation.setScrollbarsHidden", Map.of("hidden", true)); // as on a telephone
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        call("Page.navigate", Map.of("url", page.toString()));
        return loaded(page.toString());
    }

    /** Types whatever it is into the field of that label, sends its form, and gives what the answer complained of. */
    List<String> submit(String label, String value) throws InterruptedException {
        inbox.complaints.clear();
        inbox.loaded.clear();
        evaluate("(() => { const labels = [...document.querySelectorAll('label')];"
                + " const field = labels.find(e => e.innerText.includes('" + label + "')).control;"
                + " field.type = 'text'; field.value = '" + value + "'; field.form.submit(); })()");
        return loaded("the answer to " + label + " = " + value);
    }

    private List<String> loaded(String page) throws InterruptedException {
        if (inbox.loaded.poll(SECONDS, TimeUnit.SECONDS) == null) {
            throw new IllegalStateException(page + " was not loaded in " + SECONDS + " s");
        }
        return List.copyOf(inbox.complaints);
    }

    /** What a script evaluates to. */
    JsonElement evaluate(String script) throws InterruptedException {
        JsonObject result =
                call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(result.get("exceptionDetails").toString());
        }
        return result.getAsJsonObject("result").get("value");
    }

    /** Takes a picture of the whole page. */
    void photograph(Path png) throws IOException, InterruptedException {
        String data = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data")
                .getAsString();
        Files.write(png, Base64.getDecoder().decode(data));
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(SECONDS, TimeUnit.SECONDS); // else it writes on into a folder that is being removed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What comes from the browser. */
    private static final class Inbox implements WebSocket.Listener {

        private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> loaded = new LinkedBlockingQueue<>();
        private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                receive(JsonParser.parseString(text.toString()).getAsJsonObject());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void receive(JsonObject message) {
            if (message.has("id")) {
                answers.add(message);
                return;
            }
            String method = message.get("method").getAsString();
            if (method.equals("Page.loadEventFired")) {
                loaded.add(method);
            }
            if (method.equals("Runtime.exceptionThrown")
                    || method.equals("Log.entryAdded")
                    || method.equals("Page.javascriptDialogOpening")) {
                complaints.add(message.get("params").toString());
            }
        }
    }
}
