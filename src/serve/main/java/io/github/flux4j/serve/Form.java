package io.github.flux4j.serve;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Text as forms and the queries of addresses have it: {@code name=value&name=value}, with percent signs. */
final class Form {

    private Form() {}

    /** The values by their names, the last of several; empty for a name alone. */
    static Map<String, String> values(String text) throws Refusal {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return values;
    }

    /** As a step of an address's path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) throws Refusal {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "expected form data with percent encoding, but it is malformed");
        }
    }
}
