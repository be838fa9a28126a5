package io.github.flux4j.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A model over HTTP, by the JDK's own server: {@code POST /predict} with rows as JSON or CSV, and {@code GET /} a page for people.
 *
 * <p>Each request has a thread of its own, a virtual one where the JDK has them. How long a request may take to arrive and an answer to be fetched is the
 * JDK's to know, by its properties {@code sun.net.httpserver.maxReqTime} and {@code maxRspTime} in seconds; without them, for ever. It keeps 200 idle connections
 * unless {@code maxIdleConnections} says otherwise, and ends those beyond.
 *
 * <p>For any thread.
 */
public final class PredictionServer implements AutoCloseable {

    private static final int MOST_THREADS = 512; // and as many more may wait to be heard
    private static final int PATIENCE = 10; // seconds
    private static final int SECONDS = 30; // that a request may take to arrive
    private static final String JDK = "sun.net.httpserver.";

    private final HttpServer server;
    private final Endpoints endpoints;
    private final ExecutorService threads;
    private final String host;

    private PredictionServer(HttpServer server, Endpoints endpoints, String host) {
        this.server = server;
        this.endpoints = endpoints;
        this.threads = threads();
        this.host = host;
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
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new IOException("there is no address of the name " + settings.host()
                    + "; take 127.0.0.1 for this machine alone, or 0.0.0.0 for all that reach it");
        }
        Hosts hosts = Hosts.of(settings, address.getAddress());
        Endpoints endpoints = new Endpoints(model, settings, hosts, log);
        PredictionServer server = new PredictionServer(bound(address), endpoints, settings.host());
        server.server.createContext("/", endpoints);
        server.server.setExecutor(server.threads);
        server.server.start();
        return server;
    }

    /**
     * Serves until the process is told to end, then answers what has begun. Slow clients have the JDK's limits, 30 seconds for a request to arrive and
     * 60 for its answer to be fetched, unless its properties say otherwise.
     *
     * @param out is told where the model is served
     * @param log as {@link #start(Served, ServerSettings, Consumer)}
     */
    public static void serve(Served model, ServerSettings settings, PrintWriter out, PrintWriter log)
            throws IOException, InterruptedException {
        configureJdk();
        PredictionServer server = start(model, settings, line -> {
            log.println(line);
            log.flush();
        });
        Runtime.getRuntime().addShutdownHook(new Thread(server::close)); // in-flight requests are answered
        out.println(model.name() + " is served at " + server.address() + " (Ctrl+C ends it)");
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

    private static ExecutorService threads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) { // before Java 21
            return new ThreadPoolExecutor(0, MOST_THREADS, PATIENCE, TimeUnit.SECONDS, new SynchronousQueue<>());
        }
    }

    /** Where it is found. */
    public URI address() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create("http://" + name + ":" + server.getAddress().getPort() + "/");
    }

    /** Takes no more requests, answers those that have begun within ten seconds, and ends. */
    @Override
    public void close() {
        endpoints.finish(Duration.ofSeconds(PATIENCE));
        server.stop(0);
        threads.shutdown();
    }
}
