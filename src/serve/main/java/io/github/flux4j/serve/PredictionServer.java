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
 * Models over HTTP, by the JDK's own server: {@code POST /predict} with rows as JSON or CSV, {@code GET /} a page for people, the Open Inference Protocol under
 * {@code /v2}, {@code /metrics} for Prometheus and {@code /openapi.json}. Of several models each has its page and its {@code predict} under {@code /models/NAME/}.
 *
 * <p>Each request has a thread of its own, a virtual one where the JDK has them. How long a request may take to arrive and an answer to be fetched is the
 * JDK's to know, by its properties {@code sun.net.httpserver.maxReqTime} and {@code maxRspTime} in seconds; without them, for ever. It keeps 200 idle connections
 * unless {@code maxIdleConnections} says otherwise, and ends those beyond.
 *
 * <p>For any thread.
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
            HttpServer server, Endpoints endpoints, List<Models.Watched> files, ServerSettings settings) {
        this.server = server;
        this.endpoints = endpoints;
        this.threads = threads(settings.mostInFlight() + MOST_THREADS);
        this.watch = new Thread(() -> watch(files), "flux4j-serve-watch");
        this.host = settings.host();
        watch.setDaemon(true);
    }

    private static void watch(List<Models.Watched> files) {
        try {
            while (!files.isEmpty()) {
                Thread.sleep(LOOK);
                files.forEach(Models.Watched::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the end
        }
    }

    /** Begins to listen; mistakes of flux4j's own go to the {@code System.Logger} of this class's name. */
    public static PredictionServer start(Served model, ServerSettings settings) throws IOException {
        System.Logger logger = System.getLogger(PredictionServer.class.getName());
        return start(model, settings, line -> logger.log(System.Logger.Level.ERROR, line));
    }

    /**
     * Begins to listen.
     *
     * @param log takes a line for each request that failed by a mistake of flux4j's own or for want of memory, which is answered with 500
     * @throws IllegalArgumentException if an allowed host is no name
     * @throws IOException if it can't, as when another program has the port; with a remedy
     */
    public static PredictionServer start(Served model, ServerSettings settings, Consumer<String> log)
            throws IOException {
        return start(Models.of(model), settings, log);
    }

    /**
     * Begins to listen for requests to the models of files. A file that is replaced, best by moving another to its place, is taken over within a second; one that
     * can't be read is refused with a line in the log, and the model before goes on. So it is with the file of keys.
     *
     * @param models one or more, each named as its file without {@code .flux4j}
     * @param log as {@link #start(Served, ServerSettings, Consumer)}, and a line for each file that is replaced, and for each request if the settings say so
     * @throws IllegalArgumentException if an allowed host is no name, there is no file, or two have one name
     * @throws IOException if it can't; with a remedy
     */
    public static PredictionServer start(List<Path> models, ServerSettings settings, Consumer<String> log)
            throws IOException {
        return start(Models.of(models, settings, log), settings, log);
    }

    private static PredictionServer start(Models models, ServerSettings settings, Consumer<String> log)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new IOException("there is no address of the name " + settings.host()
                    + "; take 127.0.0.1 for this machine alone, or 0.0.0.0 for all that reach it");
        }
        Hosts hosts = Hosts.of(settings, address.getAddress());
        List<Models.Watched> files = new ArrayList<>(models.files());
        ApiKeys keys = settings.keys() == null ? null : new ApiKeys();
        if (keys != null) {
            files.add(new Models.Watched(settings.keys(), keys::load, log));
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
     * Serves the models of files until the process is told to end, then answers what has begun. Slow clients have the JDK's limits, 30 seconds for a request to
     * arrive and 60 for its answer to be fetched, unless its properties say otherwise.
     *
     * @param out is told where the models are served
     * @param log as {@link #start(List, ServerSettings, Consumer)}
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
                                    ? "another program has this port; name another with --port, or --port 0 for any that is free"
                                    : e.getMessage() + "; take a --host of this machine's, and a --port above 1023"),
                    e);
        } catch (SocketException e) {
            throw new IOException(
                    "can't listen on " + shown(address) + ": " + e.getMessage() + "; name another --port above 1023",
                    e);
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

    /** Where it is found. */
    public URI address() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create("http://" + name + ":" + server.getAddress().getPort() + "/");
    }

    /** Says that it isn't ready, answers what comes until nothing has come for a moment, and ends; after ten seconds in any case. */
    @Override
    public void close() {
        watch.interrupt();
        endpoints.finish(Duration.ofSeconds(PATIENCE));
        server.stop(0);
        threads.shutdown();
    }
}
