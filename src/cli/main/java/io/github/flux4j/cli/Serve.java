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
            "Serve saved models over HTTP until Ctrl+C.",
            "GET / is a page for people. POST /predict takes rows as application/json or text/csv and answers in the same format; ?interval=0.9 adds intervals, ?at-least=0.9 or ?at-most=0.9 one bound.",
            "/v2 is the Open Inference Protocol, /metrics is for Prometheus, /openapi.json describes the paths. Each of several models is under /models/NAME/. A replaced model file is loaded within a second."
        },
        sortOptions = false)
final class Serve implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The model files, such as train --out writes.")
    private List<Path> files;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on; 0 takes a free one (default: 8080).")
    private int port = ServerSettings.LOCAL.port();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "The address to listen on: 127.0.0.1 (default) for this machine alone, 0.0.0.0 for all that reach it.")
    private String host = ServerSettings.LOCAL.host();

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = {
                "Also answer requests for this host name, as a proxy or a browser sends it; repeatable, * for any.",
                "The default is localhost and its addresses, or any name if --host admits other machines."
            })
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--allow-missing-columns",
            description = "Treat a column that a request lacks as missing values, filled as in training.")
    private boolean allowMissingColumns;

    @Option(
            names = "--most-bytes",
            paramLabel = "COUNT",
            description = "The largest request body in bytes (default: 16777216).")
    private long mostBytes = ServerSettings.LOCAL.mostBytes();

    @Option(names = "--most-rows", paramLabel = "COUNT", description = "The most rows per request (default: 10000).")
    private int mostRows = ServerSettings.LOCAL.mostRows();

    @Option(
            names = "--most-in-flight",
            paramLabel = "COUNT",
            description = "The most requests at a time; a further one gets status 503 (default: 512).")
    private int mostInFlight = ServerSettings.LOCAL.mostInFlight();

    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            description = "Require a key of this file, one per line, except for health checks.")
    private Path keys;

    @Option(names = "--log-requests", description = "Log each request as a line of JSON on standard error.")
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
