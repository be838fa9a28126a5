package io.github.flux4j.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.serve.Inputs.RowException;
import io.github.flux4j.serve.Inputs.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is found under which path. For any thread. */
final class Endpoints implements HttpHandler {

    private static final int MOST_AT_ONCE = 512;
    private static final int MOST_EXPLAINED = 1000; // values, each of which takes as long as hundreds of predictions
    private static final int MOST_OF_A_FORM = 1 << 20; // bytes
    private static final String SOURCE = "the body";
    private static final Map<String, Bounds> BOUNDS =
            Map.of("interval", Bounds.BOTH, "at-least", Bounds.AT_LEAST, "at-most", Bounds.AT_MOST);
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    private final Served model;
    private final ServerSettings settings;
    private final Hosts hosts;
    private final Consumer<String> log;
    private final PredictionPage page;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private volatile boolean isFinished;

    /**
     * Of a model.
     *
     * @param log takes a line for each mistake of flux4j's own
     */
    Endpoints(Served model, ServerSettings settings, Hosts hosts, Consumer<String> log) {
        this.model = model;
        this.settings = settings;
        this.hosts = hosts;
        this.log = log;
        this.page = new PredictionPage(model);
    }

    /** Refuses what comes from now on, and waits for what has begun. */
    void finish(Duration most) {
        isFinished = true;
        try {
            if (places.tryAcquire(MOST_AT_ONCE, most.toNanos(), TimeUnit.NANOSECONDS)) {
                places.release(MOST_AT_ONCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!places.tryAcquire()) {
            busy(exchange);
            return;
        }
        try (exchange) {
            Reply reply = isFinished ? unavailable() : reply(exchange);
            if (reply.status() >= 400 || isFinished) {
                exchange.getResponseHeaders().set("Connection", "close");
            }
            reply.send(exchange);
            Body.drain(exchange.getRequestBody(), 4 * settings.mostBytes());
        } catch (RuntimeException | Error e) {
            log.accept(mistake(e) + "; the request was left without an answer");
        } finally {
            places.release();
        }
    }

    private static void busy(HttpExchange exchange) throws IOException {
        try (exchange) {
            unavailable().send(exchange);
        }
    }

    private static Reply unavailable() {
        return Reply.error(503, true, "the server ends, or has too much to do; try again in a moment")
                .with("Retry-After", "1");
    }

    private Reply reply(HttpExchange exchange) {
        return reply(isJson(exchange), () -> {
            hosts.require(exchange);
            return found(exchange);
        });
    }

    /** What finds a reply. */
    interface Search {
        Reply reply() throws IOException;
    }

    /** Also an error of the machine's, such as too little memory for one request, ends that request alone. */
    Reply reply(boolean json, Search search) {
        try {
            return search.reply();
        } catch (Refusal e) {
            return Reply.error(e.status(), json, e.getMessage());
        } catch (RowException e) {
            return Reply.error(json, e);
        } catch (IllegalArgumentException | IllegalStateException | IOException e) {
            return Reply.error(400, json, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            log.accept(mistake(e));
            return Reply.error(500, json, "flux4j made a mistake: " + e);
        }
    }

    private static String mistake(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return "flux4j made a mistake: " + String.valueOf(e).replaceAll("\\R", " ")
                + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private Reply found(HttpExchange exchange) throws IOException {
        String path = String.valueOf(exchange.getRequestURI().getPath());
        String method = exchange.getRequestMethod();
        if (path.equals("/predict")) {
            return method.equals("POST") ? predictions(exchange) : notAllowed("POST");
        }
        if (!path.equals("/")) {
            return Reply.error(404, false, "there is / for people and /predict for programs, but no such path");
        }
        return switch (method) {
            case "GET", "HEAD" -> Reply.of(200, Reply.HTML, page.empty());
            case "POST" -> form(exchange);
            default -> notAllowed("GET, HEAD, POST");
        };
    }

    private static Reply notAllowed(String methods) {
        return Reply.error(405, false, "this path takes " + methods).with("Allow", methods);
    }

    private Reply form(HttpExchange exchange) throws IOException {
        if (!type(exchange).equals("application/x-www-form-urlencoded")) {
            throw new Refusal(415, "a form was expected; programs post to /predict");
        }
        String text = new String(body(exchange, MOST_OF_A_FORM).readAllBytes(), StandardCharsets.UTF_8);
        return page.filled(Form.values(text));
    }

    private Reply predictions(HttpExchange exchange) throws IOException {
        Map<String, String> asked = asked(exchange.getRequestURI().getRawQuery());
        Answers answers = answers(asked);
        boolean explains = asked.getOrDefault("explain", "").matches("1|true");
        if (isJson(exchange)) {
            return ofJson(body(exchange, settings.mostBytes()), answers, explains, asked.get("of"));
        }
        if (explains) {
            throw new Refusal(415, "explanations are JSON; send rows as application/json, or leave explain out");
        }
        if (type(exchange).equals("text/csv")) {
            return ofCsv(body(exchange, settings.mostBytes()), charset(exchange), answers);
        }
        throw new Refusal(
                415, "rows are taken as application/json or text/csv; say which with the header Content-Type");
    }

    private static Map<String, String> asked(String query) throws Refusal {
        return Form.values(query == null ? "" : query);
    }

    /** As {@code ?interval=0.9} asks for, or {@code ?at-least=0.9}, or {@code ?at-most=0.9}. */
    private Answers answers(Map<String, String> all) throws IOException {
        Map<String, String> asked = new HashMap<>(all);
        boolean areFlagged = "true".equals(asked.get("flags"));
        asked.keySet().retainAll(BOUNDS.keySet());
        if (asked.size() > 1) {
            throw new Refusal(400, "interval, at-least or at-most was expected in the address, but there are several");
        }
        for (Map.Entry<String, String> one : asked.entrySet()) {
            Bounds bounds = BOUNDS.get(one.getKey());
            double level = level(one.getKey(), one.getValue());
            return new Answers(model.predictor(), bounds, level, areFlagged, List.of());
        }
        return new Answers(model.predictor(), Bounds.BOTH, null, areFlagged, List.of());
    }

    private static double level(String key, String asked) throws Refusal {
        double level = NumberFeature.parse(asked);
        if (Double.isNaN(level)) {
            throw new Refusal(
                    400,
                    "a level such as " + key + "=0.9 was expected in the address, but there is "
                            + ModelFileException.shown(asked));
        }
        return level;
    }

    private InputStream body(HttpExchange exchange, long most) throws Refusal {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > most) {
            throw Body.tooLarge(most);
        }
        return new Body(exchange.getRequestBody(), most);
    }

    private static boolean isJson(HttpExchange exchange) {
        String type = type(exchange);
        return type.equals(Reply.JSON) || type.startsWith("application/") && type.endsWith("+json");
    }

    /** Without parameters. */
    private static String type(HttpExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Charset charset(HttpExchange exchange) throws Refusal {
        Matcher named = CHARSET.matcher(exchange.getRequestHeaders().getFirst("Content-Type"));
        try {
            return named.find() ? Charset.forName(named.group(1)) : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new Refusal(415, "a charset that Java knows was expected; send UTF-8");
        }
    }

    private Reply ofJson(InputStream body, Answers answers, boolean explains, String of) throws IOException {
        StringBuilder out = new StringBuilder();
        int few = Math.max(1, MOST_EXPLAINED / model.inputs().features().size());
        int most = explains ? Math.min(few, settings.mostRows()) : settings.mostRows();
        RowBatch batch = new RowBatch(answers, most, row -> explains ? explanation(row, of) : "", out);
        boolean isList = new JsonRows(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()), model.inputs())
                .read(batch::add);
        batch.flush();
        return Reply.of(200, Reply.JSON, (isList ? "[" + out + "]" : out) + "\n");
    }

    /** As {@code ?explain=1} asks for, and {@code &of=NAME} of a target or a class. */
    private String explanation(double[] row, String of) {
        return ",\"explanation\":" + Served.json(model.predictor().explainPrepared(row, of));
    }

    private Reply ofCsv(InputStream body, Charset charset, Answers answers) throws IOException {
        CsvSettings csv = charset == null ? CsvSettings.DEFAULTS : CsvSettings.DEFAULTS.withCharset(charset);
        StringBuilder out = new StringBuilder(answers.header());
        try (CsvBlocks blocks = CsvBlocks.of(body, SOURCE, csv)) {
            model.inputs().takeFrom(blocks, SOURCE);
            int rows = 0;
            for (CsvBlock block = blocks.next(null); block != null; block = blocks.next(block)) {
                rows += block.rows();
                RowBatch.require(rows, settings.mostRows());
                Rows prepared = model.inputs().prepared(block, SOURCE);
                double[][] all = answers.of(prepared);
                for (int i = 0; i < all.length; i++) {
                    answers.row(all[i], prepared.flags().get(i), List.of(), out);
                }
            }
        }
        return Reply.of(200, Reply.CSV, out.toString());
    }
}
