package io.github.flux4j.cli;

import io.github.flux4j.serve.PredictionServer;
import io.github.flux4j.serve.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Models over HTTP, without ND4J. */
@Command(
        name = "serve",
        description = {
            "Serve models that were saved over HTTP, until it is stopped (Ctrl+C).",
            "GET / is a page for people; POST /predict takes rows as application/json or text/csv and answers in the same, with ?interval=0.9 with"
                    + " intervals, with ?at-least=0.9 or ?at-most=0.9 with one bound.",
            "/v2 is the Open Inference Protocol, /metrics is for Prometheus, /openapi.json says what there is. Several models are each under"
                    + " /models/NAME/. A file that is replaced is taken over within a second."
        },
        sortOptions = false)
final class Serve implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The models, such as train --out wrote.")
    private List<Path> files;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where to listen; 0 is any that is free (default: 8080).")
    private int port = ServerSettings.LOCAL.port();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Who may ask: 127.0.0.1 (default) this machine alone, 0.0.0.0 whoever reaches it.")
    private String host = ServerSettings.LOCAL.host();

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = {
                "Answer requests for this name, too, as a proxy or a browser sends it; repeatable, * for any.",
                "By default those for localhost and its addresses, or for any if --host lets other machines ask."
            })
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--allow-missing-columns",
            description = "Take a column that a request doesn't have as missing, as training took gaps.")
    private boolean allowMissingColumns;

    @Option(names = "--most-bytes", paramLabel = "COUNT", description = "Of a request (default: 16777216).")
    private long mostBytes = ServerSettings.LOCAL.mostBytes();

    @Option(names = "--most-rows", paramLabel = "COUNT", description = "Of a request (default: 10000).")
    private int mostRows = ServerSettings.LOCAL.mostRows();

    @Option(
            names = "--most-in-flight",
            paramLabel = "COUNT",
            description = "Requests at a time; one more has 503 for an answer (default: 512).")
    private int mostInFlight = ServerSettings.LOCAL.mostInFlight();

    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            description = "Answer only who has a key of this file, one a line, but tell all whether it is healthy.")
    private Path keys;

    @Option(names = "--log-requests", description = "A line of JSON on standard error for each request.")
    private boolean logsRequests;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerSettings settings = new ServerSettings(
                host,
                port,
                mostBytes,
                mostRows,
                allowedHosts,
                mostInFlight,
                keys == null ? null : InputFile.require(keys),
                logsRequests,
                allowMissingColumns);
        for (Path file : files) {
            InputFile.require(file);
        }
        PredictionServer.serve(
                files, settings, spec.commandLine().getOut(), spec.commandLine().getErr());
        return ExitCode.OK;
    }
}
