package io.github.flux4j.cli;

import io.github.flux4j.serve.PredictionServer;
import io.github.flux4j.serve.Served;
import io.github.flux4j.serve.ServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A model over HTTP, without ND4J. */
@Command(
        name = "serve",
        description = {
            "Serve a model that was saved over HTTP, until it is stopped (Ctrl+C).",
            "GET / is a page for people; POST /predict takes rows as application/json or text/csv and answers in the same, with ?interval=0.9 with"
                    + " intervals."
        },
        sortOptions = false)
final class Serve implements Callable<Integer> {

    /** Seconds that a request may take to arrive, and its answer to be fetched: a slow client must not hold a thread for ever. */
    private static final int SECONDS = 30;

    private static final String JDK = "sun.net.httpserver.";

    @Parameters(index = "0", paramLabel = "FILE", description = "The model, such as train --out wrote.")
    private Path file;

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

    @Option(names = "--most-bytes", paramLabel = "COUNT", description = "Of a request (default: 16777216).")
    private long mostBytes = ServerSettings.LOCAL.mostBytes();

    @Option(names = "--most-rows", paramLabel = "COUNT", description = "Of a request (default: 10000).")
    private int mostRows = ServerSettings.LOCAL.mostRows();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerSettings settings = new ServerSettings(host, port, mostBytes, mostRows, allowedHosts);
        Served model = Served.load(InputFile.require(file));
        configureJdk();
        PrintWriter log = spec.commandLine().getErr();
        PredictionServer server = PredictionServer.start(model, settings, line -> {
            log.println(line);
            log.flush();
        });
        Runtime.getRuntime().addShutdownHook(new Thread(server::close)); // in-flight requests are answered
        PrintWriter out = spec.commandLine().getOut();
        out.println(model.name() + " is served at " + server.address() + " (Ctrl+C ends it)");
        out.flush();
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    /** The JDK's server reads them once, when the first is made. */
    private static void configureJdk() {
        System.getProperties().putIfAbsent(JDK + "maxReqTime", String.valueOf(SECONDS));
        System.getProperties().putIfAbsent(JDK + "maxRspTime", String.valueOf(2 * SECONDS));
        System.getProperties().putIfAbsent(JDK + "maxIdleConnections", "1000");
        System.getProperties().putIfAbsent(JDK + "nodelay", "true"); // else small answers wait for acknowledgements
    }
}
