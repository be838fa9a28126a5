package io.github.flux4j.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.report.SamplePages;
import io.github.flux4j.serve.PredictionServer;
import io.github.flux4j.serve.SampleModels;
import io.github.flux4j.serve.Served;
import io.github.flux4j.serve.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page is opened in Chromium, light and dark, on a telephone's width and a wide one. Pictures of all go to target/browser. */
@Tag("browser")
class BrowserTest {

    private static final List<Integer> WIDTHS = List.of(390, 1040, 1280);
    private static final List<String> SCHEMES = List.of("light", "dark");
    private static final Path PICTURES = Path.of("target", "browser");

    @TempDir
    static Path folder;

    private static final ServerSettings ANY_PORT = new ServerSettings("127.0.0.1", 0, 1 << 20, 100);
    private static final Map<String, URI> SERVED = new LinkedHashMap<>();
    private static final List<PredictionServer> SERVERS = new ArrayList<>();

    private static Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        browser = new Browser(folder.resolve("profile"));
        Files.createDirectories(PICTURES);
    }

    @AfterAll
    static void stop() {
        browser.close();
        SERVERS.forEach(PredictionServer::close);
    }

    /** By the name of their pictures. */
    static Stream<Arguments> pages() throws IOException {
        serve();
        return Stream.concat(
                files().map(file -> Arguments.of(file.getFileName().toString(), file.toUri())),
                SERVED.entrySet().stream().map(page -> Arguments.of(page.getKey(), page.getValue())));
    }

    private static void serve() throws IOException {
        Path cars = folder.resolve("cars.flux4j");
        SampleModels.cars(cars);
        serve("serve-regressor", cars);
        Path iris = folder.resolve("iris.flux4j");
        SampleModels.iris(iris);
        serve("serve-classifier", iris);
        serve("serve-network", SampleModels.plain(folder.resolve("plain.flux4j")));
        serve("serve-hostile", SampleModels.hostile(folder.resolve("hostile.flux4j")));
    }

    private static void serve(String name, Path model) throws IOException {
        PredictionServer server = PredictionServer.start(Served.load(model), ANY_PORT);
        SERVERS.add(server);
        SERVED.put(name, server.address());
    }

    private static Stream<Path> files() throws IOException {
        List<Path> pages = new ArrayList<>();
        Path made = Files.createDirectories(folder.resolve("pages"));
        for (Map.Entry<String, String> page : SamplePages.all().entrySet()) {
            pages.add(Files.writeString(made.resolve(page.getKey()), page.getValue()));
        }
        try (Stream<Path> published = Files.walk(Path.of("src/site/resources"))) {
            published
                    .filter(file -> file.toString().matches(".*\\.(html|svg)"))
                    .sorted()
                    .forEach(pages::add);
        }
        return pages.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void aPageCanBeReadOnAnyScreen(String name, URI page) throws Exception {
        List<String> faults = new ArrayList<>();
        for (int width : WIDTHS) {
            for (String scheme : SCHEMES) {
                faults.addAll(faults(name, page, width, scheme));
            }
        }
        assertThat(faults).isEmpty();
    }

    private static List<String> faults(String name, URI page, int width, String scheme) throws Exception {
        String where = width + " pixels, " + scheme + ": ";
        List<String> faults = new ArrayList<>(browser.open(page, width, scheme));
        browser.photograph(PICTURES.resolve(name + "-" + width + "-" + scheme + ".png"));
        faults.addAll(look());
        return faults.stream().map(where::concat).toList();
    }

    private static List<String> look() throws Exception {
        unfold();
        List<String> faults = new ArrayList<>();
        browser.evaluate(script()).getAsJsonArray().forEach(fault -> faults.add(fault.getAsString()));
        return faults;
    }

    private static void unfold() throws InterruptedException {
        browser.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)");
    }

    private static String script() throws IOException {
        try (InputStream in = BrowserTest.class.getResourceAsStream("look.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The look itself must see: each of these pages has one fault. */
    @ParameterizedTest
    @MethodSource("faulty")
    void aFaultIsSeen(String body, String fault) throws Exception {
        Path page = Files.writeString(
                folder.resolve("faulty.html"),
                "<!DOCTYPE html><html><meta charset=utf-8><body style='background:#fff;color:#000'>" + body);
        List<String> faults = faults("faulty.html", page.toUri(), 390, "light");
        assertThat(faults).anySatisfy(found -> assertThat(found).contains(fault));
    }

    static Stream<Arguments> faulty() {
        return Stream.of(
                Arguments.of("<script>none()</script>", "none is not defined"),
                Arguments.of("<p style='color:#999'>pale", "contrast 2.8"),
                Arguments.of(
                        "<p style='width:600px;white-space:nowrap'>" + "far away ".repeat(20), "outside of the page"),
                Arguments.of("<p style='width:60px;overflow:hidden;white-space:nowrap'>far away, far away", "cut off"),
                Arguments.of("<p>\uDBC0\uDC01 unknown", "no glyph for U+100001"),
                Arguments.of(
                        "<svg width=200 height=50><text x=5 y=20>one</text><text x=9 y=20>two</text></svg>",
                        "over the text"),
                Arguments.of("<p id=a>x<p id=a>y", "an id is there twice"));
    }

    @Test
    void aFormThatIsFilledInIsAnsweredOnAPageThatCanBeRead() throws Exception {
        PredictionServer server = server();
        for (String value : List.of("2500", "heavy")) {
            browser.open(server.address(), 390, "dark");
            String before = result();
            assertThat(browser.submit("Weight_in_lbs", value)).allMatch(said -> value.equals("heavy"));
            assertThat(result()).isNotEqualTo(before);
            assertThat(look()).isEmpty();
            browser.photograph(PICTURES.resolve("serve-" + value + "-390-dark.png"));
        }
        assertThat(result()).contains("Weight_in_lbs").contains("heavy");
    }

    private static PredictionServer server() throws IOException {
        Path cars = folder.resolve("form.flux4j");
        SampleModels.cars(cars);
        PredictionServer server = PredictionServer.start(Served.load(cars), ANY_PORT);
        SERVERS.add(server);
        return server;
    }

    private static String result() throws InterruptedException {
        return browser.evaluate("document.querySelector('.result').innerText").getAsString();
    }

    @Test
    void aPageRunsNoScriptThatANameBringsAlong() throws Exception {
        for (Map.Entry<String, String> hostile : SamplePages.hostilePages().entrySet()) {
            Path page = Files.writeString(folder.resolve("hostile-" + hostile.getKey() + ".html"), hostile.getValue());
            assertThat(browser.open(page.toUri(), 1280, "light")).isEmpty();
            browser.photograph(PICTURES.resolve(page.getFileName() + ".png"));
            assertThat(browser.evaluate("window.hacked === undefined && document.scripts.length === 0")
                            .getAsBoolean())
                    .as(hostile.getKey())
                    .isTrue();
        }
    }
}
