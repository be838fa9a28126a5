package io.github.flux4j.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The keys of a file, one of which a request must have: as a bearer's, or as the password that a browser asks for. For any thread. */
final class ApiKeys {

    private static final String KEY = "[!-~]{16,}"; // printable ASCII

    private volatile List<byte[]> digests = List.of();

    /**
     * Takes the keys of a file in place of those before.
     *
     * @throws IOException if it can't be read, or a line is no key; those before stay
     */
    void load(Path file) throws IOException {
        List<byte[]> read = new ArrayList<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1); // any bytes; keys are ASCII
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                if (!line.matches(KEY)) {
                    throw new IOException(
                            file + ", line " + (i + 1)
                                    + ": expected a key of at least 16 printable characters without spaces; openssl rand -base64 32 makes a random one");
                }
                read.add(digest(line));
            }
        }
        if (read.isEmpty()) {
            throw new IOException(file + " has no key; write one per line, of at least 16 characters");
        }
        digests = read;
    }

    static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a request has one; takes as long for any that is wrong. */
    boolean admit(HttpExchange exchange) {
        byte[] offered = digest(offered(exchange.getRequestHeaders().getFirst("Authorization")));
        boolean isKnown = false;
        for (byte[] key : digests) {
            isKnown |= MessageDigest.isEqual(key, offered);
        }
        return isKnown;
    }

    private static String offered(String header) {
        String[] parts = String.valueOf(header).strip().split("\\s+", 2);
        return switch (parts.length < 2 ? "" : parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> parts[1];
            case "basic" -> password(parts[1]);
            default -> "";
        };
    }

    private static String password(String encoded) {
        try {
            String both = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return both.substring(both.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
