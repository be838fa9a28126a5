package io.github.flux4j.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.flux4j.serve.Inputs.RowException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a request is answered with. */
record Reply(int status, String type, String text, Map<String, String> headers) {

    static final String HTML = "text/html; charset=utf-8";
    static final String JSON = "application/json";
    static final String CSV = "text/csv; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    /** No scripts, nothing from elsewhere, not within another's frame; styles by their own digest. */
    private static final String POLICY = "default-src 'none'; style-src '" + PredictionPage.STYLE_DIGEST
            + "'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    static Reply of(int status, String type, String text) {
        return new Reply(status, type, text, Map.of());
    }

    /** An error in one sentence, in JSON or as text. */
    static Reply error(int status, boolean json, String message) {
        return json
                ? of(status, JSON, "{\"error\":" + Answers.quoted(message) + "}\n")
                : of(status, TEXT, message + "\n");
    }

    /** An error in a row, with its place by itself for programs. */
    static Reply error(boolean json, RowException e) {
        return json
                ? of(
                        400,
                        JSON,
                        "{\"error\":" + Answers.quoted(e.getMessage()) + ",\"row\":" + e.row() + ",\"column\":"
                                + (e.column() == null ? "null" : Answers.quoted(e.column())) + "}\n")
                : of(400, TEXT, e.getMessage() + "\n");
    }

    Reply with(String header, String value) {
        return new Reply(status, type, text, Map.of(header, value));
    }

    void send(HttpExchange exchange) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Headers sent = exchange.getResponseHeaders();
        sent.set("Content-Type", type);
        sent.set("Cache-Control", "no-store");
        sent.set("X-Content-Type-Options", "nosniff");
        sent.set("Referrer-Policy", "no-referrer");
        sent.set("Content-Security-Policy", POLICY);
        headers.forEach(sent::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            sent.set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody()
                    .flush(); // before the rest of a refused request is read; Java 25 keeps all till the end
        }
    }
}
