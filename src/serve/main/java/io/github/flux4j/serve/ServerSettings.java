package io.github.flux4j.serve;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, how much it accepts, and from whom; {@link #LOCAL} has the defaults.
 *
 * @param host an address or name of this machine; default {@code 127.0.0.1}, which only this machine reaches
 * @param port default 8080; 0 takes any free port
 * @param mostBytes of a request's body; default 16 MiB
 * @param mostRows of a request; default 10 000
 * @param allowedHosts names that the header {@code Host} may have, beside {@code localhost}, {@code 127.0.0.1} and {@code [::1]}; {@code *} for any. Default none: a
 *     server that only this machine reaches answers to those three, any other server to all names
 * @param mostInFlight requests answered at a time; default 512. One more gets status 503
 * @param keys a file with one API key per line, one of which each request must send; default null, no keys
 * @param logsRequests whether the log has a line per request; default false
 * @param allowsMissingColumns whether a column that a request lacks counts as missing; default false
 */
public record ServerSettings(
        String host,
        int port,
        long mostBytes,
        int mostRows,
        List<String> allowedHosts,
        int mostInFlight,
        @Nullable Path keys,
        boolean logsRequests,
        boolean allowsMissingColumns) {

    private static final int IN_FLIGHT = 512;

    /** The defaults, for this machine alone: 127.0.0.1:8080, 16 MiB and 10 000 rows per request, 512 requests at a time, no keys. */
    public static final ServerSettings LOCAL = new ServerSettings("127.0.0.1", 8080, 16 << 20, 10_000);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public ServerSettings {
        allowedHosts = List.copyOf(allowedHosts);
        require(port >= 0 && port <= 65_535, "port must be 0 to 65535, but was " + port);
        require(mostBytes > 0, "mostBytes must be above 0, but was " + mostBytes);
        require(mostRows > 0, "mostRows must be above 0, but was " + mostRows);
        require(
                mostInFlight > 0 && mostInFlight <= 1 << 16,
                "mostInFlight must be 1 to 65536, but was " + mostInFlight);
    }

    /** {@link #LOCAL} with another address and other limits. */
    public ServerSettings(String host, int port, long mostBytes, int mostRows) {
        this(host, port, mostBytes, mostRows, List.of(), IN_FLIGHT, null, false, false);
    }

    /** A copy that answers to these names. */
    public ServerSettings withAllowedHosts(List<String> names) {
        return new ServerSettings(
                host, port, mostBytes, mostRows, names, mostInFlight, keys, logsRequests, allowsMissingColumns);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
