package io.github.flux4j.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Serves models from the runnable jar, {@code java -jar flux4j-serve-standalone.jar MODEL...}, until it is stopped. */
final class Main {

    private static final String HELP = """
            Usage: java -jar flux4j-serve-standalone.jar MODEL... [OPTION]...
            Serve saved models over HTTP until Ctrl+C.
            GET / is a page for people. POST /predict takes rows as application/json or text/csv and answers in the same format.
            /v2 is the Open Inference Protocol, /metrics is for Prometheus, /openapi.json describes the paths.

              --port PORT        The port to listen on; 0 takes a free one (default: 8080).
              --host ADDRESS     The address to listen on: 127.0.0.1 (default) for this machine alone, 0.0.0.0 for all that reach it.
              --allow-missing-columns  Treat a column that a request lacks as missing values.
              --allow-host NAME  Also answer requests for this host name, as a proxy or a browser sends it; repeatable, * for any.
              --most-bytes COUNT, --most-rows COUNT  The largest body, and the most rows, of a request (default: 16777216, 10000).
              --most-in-flight COUNT  The most requests at a time; a further one gets status 503 (default: 512).
              --api-keys FILE    Require a key of this file, one per line, except for health checks.
              --log-requests     Log each request as a line of JSON on standard error.
            """;

    private static final int USAGE = 2;

    private final List<Path> models = new ArrayList<>();
    private String host = ServerSettings.LOCAL.host();
    private int port = ServerSettings.LOCAL.port();
    private long mostBytes = ServerSettings.LOCAL.mostBytes();
    private int mostRows = ServerSettings.LOCAL.mostRows();
    private int mostInFlight = ServerSettings.LOCAL.mostInFlight();
    private Path keys;
    private boolean logsRequests;
    private boolean allowMissingColumns;
    private final List<String> allowedHosts = new ArrayList<>();

    private Main() {}

    /** Ends with 2 and one line on standard error if it can't serve. */
    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.print(HELP);
            return;
        }
        try {
            new Main().read(List.of(args).iterator()).serve();
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
        }
    }

    private Main read(Iterator<String> arguments) {
        while (arguments.hasNext()) {
            String argument = arguments.next();
            switch (argument) {
                case "--port" -> port = count(argument, arguments);
                case "--host" -> host = value(argument, arguments);
                case "--allow-missing-columns" -> allowMissingColumns = true;
                case "--allow-host" -> allowedHosts.add(value(argument, arguments));
                case "--most-bytes" -> mostBytes = number(argument, arguments);
                case "--most-rows" -> mostRows = count(argument, arguments);
                case "--most-in-flight" -> mostInFlight = count(argument, arguments);
                case "--api-keys" -> keys = path(value(argument, arguments));
                case "--log-requests" -> logsRequests = true;
                default -> addModel(argument);
            }
        }
        if (models.isEmpty()) {
            throw new IllegalArgumentException("expected a model file, but got none; --help shows the usage");
        }
        return this;
    }

    private static String value(String option, Iterator<String> arguments) {
        if (!arguments.hasNext()) {
            throw new IllegalArgumentException("expected a value after " + option + "; --help shows the usage");
        }
        return arguments.next();
    }

    private static long number(String option, Iterator<String> arguments) {
        String text = value(option, arguments);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number after " + option + ", but got " + text, e);
        }
    }

    private static int count(String option, Iterator<String> arguments) {
        return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, number(option, arguments)));
    }

    private void addModel(String argument) {
        if (argument.startsWith("--")) {
            throw new IllegalArgumentException("there is no option " + argument + "; --help shows the usage");
        }
        models.add(path(argument));
    }

    private void serve() throws IOException, InterruptedException {
        ServerSettings settings = new ServerSettings(
                host, port, mostBytes, mostRows, allowedHosts, mostInFlight, keys, logsRequests, allowMissingColumns);
        PredictionServer.serve(models, settings, new PrintWriter(System.out), new PrintWriter(System.err));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(text + " is not a file path", e);
        }
    }
}
