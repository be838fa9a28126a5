package io.github.flux4j.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Serves a model from the runnable jar, {@code java -jar flux4j-serve-standalone.jar MODEL}, until it is stopped. */
final class Main {

    private static final String HELP = """
            Usage: java -jar flux4j-serve-standalone.jar MODEL [--port PORT] [--host ADDRESS] [--allow-host NAME]...
            Serve a model that was saved over HTTP, until it is stopped (Ctrl+C).
            GET / is a page for people; POST /predict takes rows as application/json or text/csv and answers in the same.

              --port PORT        Where to listen; 0 is any that is free (default: 8080).
              --host ADDRESS     Who may ask: 127.0.0.1 (default) this machine alone, 0.0.0.0 whoever reaches it.
              --allow-missing-columns  Take a column that a request doesn't have as missing.
              --allow-host NAME  Answer requests for this name, too, as a proxy or a browser sends it; repeatable, * for any.
            """;

    private static final int USAGE = 2;

    private String model;
    private String host = ServerSettings.LOCAL.host();
    private int port = ServerSettings.LOCAL.port();
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
                case "--port" -> port = port(value(argument, arguments));
                case "--host" -> host = value(argument, arguments);
                case "--allow-missing-columns" -> allowMissingColumns = true;
                case "--allow-host" -> allowedHosts.add(value(argument, arguments));
                default -> setModel(argument);
            }
        }
        if (model == null) {
            throw new IllegalArgumentException("a model file was expected, but none is named; --help says how");
        }
        return this;
    }

    private static String value(String option, Iterator<String> arguments) {
        if (!arguments.hasNext()) {
            throw new IllegalArgumentException("a value was expected after " + option + "; --help says how");
        }
        return arguments.next();
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number was expected after --port, but there is " + text, e);
        }
    }

    private void setModel(String argument) {
        boolean isOption = argument.startsWith("--");
        if (isOption || model != null) {
            throw new IllegalArgumentException(
                    (isOption ? "there is no option " : "one model file was expected, but there is also ") + argument
                            + "; --help says how");
        }
        model = argument;
    }

    private void serve() throws IOException, InterruptedException {
        ServerSettings local = ServerSettings.LOCAL;
        ServerSettings settings = new ServerSettings(host, port, local.mostBytes(), local.mostRows(), allowedHosts);
        PrintWriter out = new PrintWriter(System.out);
        Served served = Served.load(path());
        PredictionServer.serve(
                allowMissingColumns ? served.allowMissingColumns() : served,
                settings,
                out,
                new PrintWriter(System.err));
    }

    private Path path() {
        try {
            return Path.of(model);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(model + " is no path of a file", e);
        }
    }
}
