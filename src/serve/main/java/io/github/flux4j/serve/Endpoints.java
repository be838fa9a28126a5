package io.github.flux4j.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.flux4j.serve.Inputs.RowException;
import io.github.flux4j.serve.ModelRegistry.Hosted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is found under which path. For any thread. */
final class Endpoints implements HttpHandler {

    private static final int MOST_OF_A_FORM = 1 << 20; // bytes
    private static final int PAUSE = 10; // milliseconds
    private static final long QUIET =
            TimeUnit.MILLISECONDS.toNanos(250); // from a request's header to its turn, at most
    private static final double NANOS = 1e-9;
    private static final int FIRST_ERROR = 400;
    private static final Pattern MODEL = Pattern.compile("/(v2/)?models/([^/]+)(/.*)?");
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    private final ModelRegistry models;
    private final ServerSettings settings;
    private final Hosts hosts;
    private final ApiKeys keys;
    private final Consumer<String> log;
    private final PrometheusMetrics metrics = new PrometheusMetrics();
    private final Semaphore places;
    private volatile long lastBegun = System.nanoTime();
    private volatile boolean isEnding;
    private volatile boolean isFinished;

    /**
     * Of models.
     *
     * @param keys null if none is asked for
     * @param log takes a line for each mistake of flux4j's own
     */
    Endpoints(ModelRegistry models, ServerSettings settings, Hosts hosts, ApiKeys keys, Consumer<String> log) {
        this.models = models;
        this.settings = settings;
        this.hosts = hosts;
        this.keys = keys;
        this.log = log;
        this.places = new Semaphore(settings.mostInFlight());
    }

    /**
     * Says that it isn't ready, but answers until nothing has come for a moment or half the time is over; refuses what comes then, and waits for what has begun.
     */
    void finish(Duration most) {
        long begun = System.nanoTime();
        isEnding = true;
        try {
            long now = begun;
            while (now - begun < most.toNanos() / 2
                    && (places.availablePermits() < settings.mostInFlight()
                            || now - Math.max(begun, lastBegun) < QUIET)) {
                Thread.sleep(PAUSE);
                now = System.nanoTime();
            }
            isFinished = true;
            long left = most.toNanos() - (now - begun);
            if (places.tryAcquire(settings.mostInFlight(), left, TimeUnit.NANOSECONDS)) {
                places.release(settings.mostInFlight());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a path leads to; by any method if none is named. */
    private record Route(String name, Hosted model, String methods, Answering answering) {

        boolean isHealth() {
            return name.equals("health");
        }
    }

    /** What answers a request. */
    private interface Answering {
        Reply reply(HttpExchange exchange) throws IOException;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        long begun = System.nanoTime();
        Route route = route(path(exchange));
        boolean takesPlace = !route.isHealth() && isAdmitted(exchange); // who has no key holds none while sending
        boolean isAnswered = !takesPlace || places.tryAcquire();
        Reply reply = Reply.error(503, true, "the server is stopping or overloaded; try again in a moment")
                .with("Retry-After", "1");
        metrics.begin();
        try (exchange) {
            lastBegun = takesPlace ? begun : lastBegun;
            reply = isAnswered && !(takesPlace && isFinished) ? reply(exchange, route) : reply;
            if (reply.status() >= FIRST_ERROR || isEnding) {
                exchange.getResponseHeaders().set("Connection", "close");
            }
            reply.send(exchange);
            if (isAnswered) {
                Body.drain(exchange.getRequestBody(), 4 * settings.mostBytes());
            }
        } catch (RuntimeException | Error e) {
            log.accept(mistake(e) + "; the request got no answer");
        } finally {
            if (isAnswered && takesPlace) {
                places.release();
            }
            end(exchange, route, reply.status(), System.nanoTime() - begun);
        }
    }

    private boolean isAdmitted(HttpExchange exchange) {
        return keys == null || keys.admit(exchange);
    }

    private static String path(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestURI().getPath());
    }

    private void end(HttpExchange exchange, Route route, int status, long nanos) {
        metrics.end(route.name, route.model == null ? "" : route.model.name(), status, nanos);
        if (settings.logsRequests()) {
            log.accept("{\"time\":\"" + Instant.now() + "\",\"from\":"
                    + Answers.quoted(exchange.getRemoteAddress().getAddress().getHostAddress()) + ",\"method\":"
                    + Answers.quoted(exchange.getRequestMethod()) + ",\"path\":"
                    + Answers.quoted(String.valueOf(exchange.getRequestURI().getRawPath())) + ",\"status\":" + status
                    + ",\"seconds\":" + String.format(Locale.ROOT, "%.6f", nanos * NANOS) + "}");
        }
    }

    private Reply reply(HttpExchange exchange, Route route) {
        boolean isJson = isJson(exchange) || path(exchange).startsWith("/v2");
        return reply(isJson, () -> {
            if (!route.isHealth()) {
                hosts.require(exchange);
                if (!isAdmitted(exchange)) {
                    String how = "expected a key, as Authorization: Bearer KEY, or in a browser as the password";
                    return Reply.error(401, isJson, how)
                            .with("WWW-Authenticate", route.name.equals("page") ? "Basic realm=\"flux4j\"" : "Bearer");
                }
            }
            boolean isTaken = List.of(route.methods.split(", ")).contains(exchange.getRequestMethod());
            return isTaken || route.methods.isEmpty()
                    ? route.answering.reply(exchange)
                    : Reply.error(405, isJson, "this path only accepts " + route.methods)
                            .with("Allow", route.methods);
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

    private Route route(String path) {
        List<Hosted> all = models.all();
        Matcher model = MODEL.matcher(path);
        if (model.matches()) {
            return route(model);
        }
        return switch (path) {
            case "/v2/health/live" -> read("health", null, () -> json("{\"live\":true}\n"));
            case "/v2/health/ready" -> read("health", null, this::ready);
            case "/v2" ->
                read("server", null, () -> json("{\"name\":\"flux4j\",\"version\":\"2\",\"extensions\":[]}\n"));
            case "/metrics" -> read("metrics", null, () -> Reply.of(200, PrometheusMetrics.TYPE, metrics.text(all)));
            case "/openapi.json" -> read("openapi", null, () -> json(OpenApi.of(all, keys != null) + "\n"));
            case "/" -> all.size() == 1 ? route(all.get(0), path) : read("page", null, this::list);
            case "/predict" -> all.size() == 1 ? route(all.get(0), path) : other(404, named());
            default -> other(404, "there is no such path; /openapi.json lists all");
        };
    }

    private static Route read(String name, Hosted model, Search search) {
        return new Route(name, model, "GET, HEAD", any -> search.reply());
    }

    private static Route other(int status, String message) {
        return new Route("other", null, "", any -> {
            throw new Refusal(status, message);
        });
    }

    private Reply ready() {
        return isEnding ? Reply.of(503, Reply.JSON, "{\"ready\":false}\n") : json("{\"ready\":true}\n");
    }

    private static Reply json(String text) {
        return Reply.of(200, Reply.JSON, text);
    }

    private String named() {
        return "this server has several models; post to "
                + models.all().stream().map(model -> model.path() + "predict").collect(Collectors.joining(" or "));
    }

    private Reply list() {
        String items = models.all().stream()
                .map(model -> "<li><a href=\"" + model.path() + "\">" + Html.text(model.name()) + "</a></li>\n")
                .collect(Collectors.joining());
        return Reply.of(
                200,
                Reply.HTML,
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Models</title></head>\n"
                        + "<body>\n<main>\n<h1>Models</h1>\n<ul>\n" + items
                        + "</ul>\n</main>\n</body>\n</html>\n");
    }

    private Route route(Matcher path) {
        try {
            Hosted model = models.named(path.group(2));
            String rest = path.group(3) == null ? "" : path.group(3);
            return path.group(1) == null ? route(model, rest) : inference(model, rest);
        } catch (Refusal e) {
            return other(e.status(), e.getMessage());
        }
    }

    private Route route(Hosted model, String rest) {
        return switch (rest) {
            case "/" -> new Route("page", model, "GET, HEAD, POST", exchange -> page(exchange, model));
            case "/predict" -> new Route("predict", model, "POST", exchange -> predictions(exchange, model));
            default -> other(404, "there is no such path; a model has / for people and /predict for programs");
        };
    }

    /** By the Open Inference Protocol. */
    private Route inference(Hosted model, String rest) {
        return switch (rest) {
            case "" -> read("model", model, () -> json(OpenInference.metadata(model.name(), model.model())));
            case "/ready" -> read("health", model, this::ready);
            case "/infer" -> new Route("infer", model, "POST", exchange -> inferred(exchange, model));
            default -> other(404, "there is no such path; a model has /ready and /infer");
        };
    }

    private static Reply page(HttpExchange exchange, Hosted model) throws IOException {
        PredictionPage page = new PredictionPage(model.model(), model.path());
        if (!exchange.getRequestMethod().equals("POST")) {
            return Reply.of(200, Reply.HTML, page.empty());
        }
        if (!type(exchange).equals("application/x-www-form-urlencoded")) {
            throw new Refusal(415, "expected a form; programs post to " + model.path() + "predict");
        }
        String text = new String(body(exchange, MOST_OF_A_FORM).readAllBytes(), StandardCharsets.UTF_8);
        return page.filled(Form.values(text));
    }

    private Predictions of(Hosted model) {
        return new Predictions(model.model(), rows -> metrics.rows(model.name(), rows), settings.mostRows());
    }

    private Reply predictions(HttpExchange exchange, Hosted model) throws IOException {
        Predictions predictions = of(model);
        String query = exchange.getRequestURI().getRawQuery();
        Map<String, String> asked = Form.values(query == null ? "" : query);
        Answers answers = predictions.answers(asked);
        boolean explains = asked.getOrDefault("explain", "").matches("1|true");
        if (isJson(exchange)) {
            return predictions.ofJson(body(exchange, settings.mostBytes()), answers, explains, asked.get("of"));
        }
        if (explains) {
            throw new Refusal(415, "explanations are JSON; send rows as application/json, or omit explain");
        }
        if (type(exchange).equals("text/csv")) {
            return predictions.ofCsv(body(exchange, settings.mostBytes()), charset(exchange), answers);
        }
        throw new Refusal(415, "expected rows as application/json or text/csv; set the header Content-Type");
    }

    private Reply inferred(HttpExchange exchange, Hosted model) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Inference-Header-Content-Length")) {
            throw new Refusal(415, "expected tensors as JSON, but got binary data; send JSON");
        }
        return new OpenInference(of(model)).infer(model.name(), body(exchange, settings.mostBytes()));
    }

    private static InputStream body(HttpExchange exchange, long most) throws Refusal {
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
            throw new Refusal(415, "unknown charset; send UTF-8");
        }
    }
}
