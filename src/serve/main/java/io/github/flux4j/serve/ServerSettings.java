package io.github.flux4j.serve;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, how much it takes, and from whom.
 *
 * @param host the address or name of one of this machine's; {@code 127.0.0.1} is heard by this machine alone
 * @param port 0 for any that is free
 * @param mostBytes of a request's body
 * @param mostRows of a request
 * @param allowedHosts the names that it answers to, as the header {@code Host} has them, beside those of this machine for itself ({@code localhost},
 *     {@code 127.0.0.1}, {@code [::1]}); {@code *} for any. With none it answers to this machine's own if these alone can reach it, and else to any
 * @param mostInFlight requests that are answered at a time; one more has 503 for an answer
 * @param keys a file with a key a line, one of which each request must have; null for none
 * @param logsRequests whether the log has a line for each request
 * @param allowsMissingColumns whether a column that a request doesn't have is taken as missing
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

    /** For this machine alone: 16 MiB and 10 000 rows a request, 512 requests at a time, without keys. */
    public static final ServerSettings LOCAL = new ServerSettings("127.0.0.1", 8080, 16 << 20, 10_000);

    /**
     * With its numbers.
     *
     * @throws IllegalArgumentException if one makes no sense
     */
    public ServerSettings {
        allowedHosts = List.copyOf(allowedHosts);
        require(port >= 0 && port <= 65_535, "port must be 0 to 65535, but was " + port);
        require(mostBytes > 0, "the most bytes of a request must be above 0, but were " + mostBytes);
        require(mostRows > 0, "the most rows of a request must be above 0, but were " + mostRows);
        require(
                mostInFlight > 0 && mostInFlight <= 1 << 16,
                "the most requests in flight must be 1 to 65536, but were " + mostInFlight);
    }

    /** As {@link #LOCAL}, elsewhere and with other limits. */
    public ServerSettings(String host, int port, long mostBytes, int mostRows) {
        this(host, port, mostBytes, mostRows, List.of(), IN_FLIGHT, null, false, false);
    }

    /** The same, which answers to these names. */
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
