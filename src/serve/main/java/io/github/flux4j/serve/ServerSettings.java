package io.github.flux4j.serve;

import java.util.List;

/**
 * Where a server listens, and how much it takes.
 *
 * @param host the address or name of one of this machine's; {@code 127.0.0.1} is heard by this machine alone
 * @param port 0 for any that is free
 * @param mostBytes of a request's body
 * @param mostRows of a request
 * @param allowedHosts the names that it answers to, as the header {@code Host} has them, beside those of this machine for itself ({@code localhost},
 *     {@code 127.0.0.1}, {@code [::1]}); {@code *} for any. With none it answers to this machine's own if these alone can reach it, and else to any
 */
public record ServerSettings(String host, int port, long mostBytes, int mostRows, List<String> allowedHosts) {

    /** For this machine alone: 16 MiB and 10 000 rows a request. */
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
    }

    /** Without allowed hosts. */
    public ServerSettings(String host, int port, long mostBytes, int mostRows) {
        this(host, port, mostBytes, mostRows, List.of());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
