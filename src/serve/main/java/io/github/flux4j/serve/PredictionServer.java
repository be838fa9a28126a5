package io.github.flux4j.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Serves models over HTTP with the JDK's own server. {@code POST /predict} takes rows as JSON or CSV, {@code GET /} is a page for people, {@code /v2} is the Open
 * Inference Protocol, {@code /metrics} is for Prometheus, {@code /openapi.json} describes it all. With several models, each has its page and its {@code predict}
 * under {@code /models/NAME/}. Safe for any thread.
 *
 * <p>Each request runs on its own thread, a virtual one where the JDK has them. The JDK's properties {@code sun.net.httpserver.maxReqTime} and {@code maxRspTime}
 * limit the seconds to receive a request and to deliver an answer; unset, there is no limit. The JDK keeps 200 idle connections unless {@code maxIdleConnections}
 * says otherwise.
 */
public final class PredictionServer implements AutoCloseable {

    private static final int MOST_THREADS =
            512; // for those that are refused, too; and as many more may wait to be heard
    private static final int LOOK = 250; // milliseconds between two looks at a file
    private static final int PATIENCE = 10; // seconds
    private static final int SECONDS = 30; // that a request may take to arrive
    private static final String JDK = "sun.net.httpserver.";

    private final HttpServer server;
    private final Endpoints endpoints;
    private final ExecutorService threads;
    private final Thread watch;
    private final String host;

    private PredictionServer(
            HttpServer server, Endpoints endpoints, List<ModelRegistry.Watched> files, ServerSettings settings) {
        this.server = server;
        this.endpoints = endpoints;
        this.threads = threads(settings.mostInFlight() + MOST_THREADS);
        this.watch = new Thread(() -> watch(files), "flux4j-serve-watch");
        this.host = settings.host();
        watch.setDaemon(true);
    }

    private static void watch(List<ModelRegistry.Watched> files) {
        try {
            while (!files.isEmpty()) {
                Thread.sleep(LOOK);
                files.forEach(ModelRegistry.Watched::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the end
        }
    }

    /** Starts a server for one model; internal errors go to the {@code System.Logger} of this class's name. */
    public static PredictionServer start(Served model, ServerSettings settings) throws IOException {
        System.Logger logger = System.getLogger(PredictionServer.class.getName());
        return start(model, settings, line -> logger.log(System.Logger.Level.ERROR, line));
    }

    /**
     * Starts a server for one model.
     *
     * @param log receives a line for each request that failed through an internal error or lack of memory; the client gets status 500
     * @throws IllegalArgumentException if an allowed host is not a name
     * @throws IOException if the server can't listen, for instance because the port is taken; with a remedy
     */
    public static PredictionServer start(Served model, ServerSettings settings, Consumer<String> log)
            throws IOException {
        return start(ModelRegistry.of(model), settings, log);
    }

    /**
     * Starts a server for model files, and reloads a file within a second of its replacement; it's best to move the new file into place. If the new file can't be
     * read, the log says so and the earlier model stays. The file of keys is reloaded likewise.
     *
     * @param models one or more; each has its file's name without {@code .flux4j}
     * @param log as for {@link #start(Served, ServerSettings, Consumer)}, with a line for each reload, and for each request if the settings say so
     * @throws IllegalArgumentException if an allowed host is not a name, there is no file, or two have the same name
     * @throws IOException if the server can't start; with a remedy
     */
    public static PredictionServer start(List<Path> models, ServerSettings settings, Consumer<String> log)
            throws IOException {
        return start(ModelRegistry.of(models, settings, log), settings, log);
    }

    private static PredictionServer start(ModelRegistry models, ServerSettings settings, Consumer<String> log)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new IOException("there is no address of the name " + settings.host()
                    + "; use 127.0.0.1 for this machine alone, or 0.0.0.0 for all that reach it");
        }
        Hosts hosts = Hosts.of(settings, address.getAddress());
        List<ModelRegistry.Watched> files = new ArrayList<>(models.files());
        ApiKeys keys = settings.keys() == null ? null : new ApiKeys();
        if (keys != null) {
            files.add(new ModelRegistry.Watched(settings.keys(), keys::load, log));
        }
        Endpoints endpoints = new Endpoints(models, settings, hosts, keys, log);
        PredictionServer server = new PredictionServer(bound(address), endpoints, files, settings);
        server.server.createContext("/", endpoints);
        server.server.setExecutor(server.threads);
        server.server.start();
        server.watch.start();
        return server;
    }

    /**
     * Serves model files until the process is told to end, then answers the requests in progress. Slow clients have 30 seconds to send a request and 60 to fetch its
     * answer, unless the JDK's properties say otherwise.
     *
     * @param out receives the address of the models
     * @param log as for {@link #start(List, ServerSettings, Consumer)}
     */
    public static void serve(List<Path> models, ServerSettings settings, PrintWriter out, PrintWriter log)
            throws IOException, InterruptedException {
        configureJdk();
        PredictionServer server = start(models, settings, line -> {
            log.println(line);
            log.flush();
        });
        Runtime.getRuntime().addShutdownHook(new Thread(server::close)); // in-flight requests are answered
        String names =
                models.stream().map(file -> String.valueOf(file.getFileName())).collect(Collectors.joining(", "));
        out.println(
                names + (models.size() == 1 ? " is" : " are") + " served at " + server.address() + " (Ctrl+C ends it)");
        out.flush();
        new CountDownLatch(1).await();
    }

    /** The JDK's server reads them once, when the first is made. */
    private static void configureJdk() {
        Properties jdk = System.getProperties();
        jdk.putIfAbsent(JDK + "maxReqTime", String.valueOf(SECONDS)); // a slow client must not hold a thread for ever
        jdk.putIfAbsent(JDK + "maxRspTime", String.valueOf(2 * SECONDS));
        jdk.putIfAbsent(JDK + "maxIdleConnections", "1000");
        jdk.putIfAbsent(JDK + "nodelay", "true"); // else small answers wait for acknowledgements
    }

    private static HttpServer bound(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, MOST_THREADS);
        } catch (BindException e) {
            boolean isTaken = String.valueOf(e.getMessage()).contains("in use");
            throw new IOException(
                    "can't listen on " + shown(address) + ": "
                            + (isTaken
                                    ? "another program uses this port; choose another with --port, or --port 0 for any free one"
                                    : e.getMessage() + "; choose a --host of this machine and a --port above 1023"),
                    e);
        } catch (SocketException e) {
            throw new IOException(
                    "can't listen on " + shown(address) + ": " + e.getMessage() + "; choose a --port above 1023", e);
        }
    }

    private static String shown(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    private static ExecutorService threads(int most) {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) { // before Java 21
            return new ThreadPoolExecutor(0, most, PATIENCE, TimeUnit.SECONDS, new SynchronousQueue<>());
        }
    }

    /** The server's address. */
    public URI address() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create("http://" + name + ":" + server.getAddress().getPort() + "/");
    }

    /** Reports that it isn't ready, answers requests until none has come for a moment, and stops, after ten seconds at most. */
    @Override
    public void close() {
        watch.interrupt();
        endpoints.finish(Duration.ofSeconds(PATIENCE));
        server.stop(0);
        threads.shutdown();
    }
}
