package io.github.flux4j.serve;

import com.sun.net.httpserver.HttpExchange;
import io.github.flux4j.format.ModelFileException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names that a server answers to. A page of somebody else's may have its own name lead to this machine (DNS rebinding), so that a browser takes this server for
 * that page's; but then the browser asks for that name.
 *
 * <p>Immutable; for any thread.
 */
final class Hosts {

    /** In place of names: any. */
    static final String ANY = "*";

    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[^\\s:/@\\[\\]]+?)\\.?(:\\d*)?");
    private static final Pattern LOOPBACK = Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}");

    private final Set<String> names;
    private final boolean isAny;

    private Hosts(Set<String> names, boolean isAny) {
        this.names = names;
        this.isAny = isAny;
    }

    /**
     * Those that settings allow. The names of this machine for itself are always among them: nobody can have those lead elsewhere.
     *
     * @param bound where the server listens
     * @throws IllegalArgumentException if one that is allowed is no name
     */
    static Hosts of(ServerSettings settings, InetAddress bound) {
        List<String> allowed = settings.allowedHosts();
        if (allowed.contains(ANY) || allowed.isEmpty() && !bound.isLoopbackAddress()) {
            return new Hosts(Set.of(), true);
        }
        Set<String> names = allowed.stream().map(Hosts::required).collect(Collectors.toSet());
        names.add(name(settings.host()));
        return new Hosts(names, false);
    }

    private static String required(String allowed) {
        String name = name(allowed);
        if (name == null) {
            throw new IllegalArgumentException(
                    "expected a name such as model.example.org, an address, or * for any as an allowed host,"
                            + " but got " + ModelFileException.shown(allowed));
        }
        return name;
    }

    /** Without port, brackets, the dot at the end, and capitals; null for what is none. */
    private static String name(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        boolean isBare = lower.indexOf(':') != lower.lastIndexOf(':') && !lower.startsWith("[");
        Matcher parts = HOST.matcher(isBare ? "[" + lower + "]" : lower);
        if (!parts.matches()) {
            return null;
        }
        String name = parts.group(1);
        return name.startsWith("[") ? address(name) : name;
    }

    /** An address in brackets, in one of the ways to write it; asks no name server. */
    private static String address(String literal) {
        try {
            return InetAddress.getByName(literal).getHostAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /**
     * Throws unless a request is for a name that is allowed. One of HTTP 1.0 without a name isn't a browser's.
     *
     * @throws Refusal with status 421, or 400 if it says no name, or two
     */
    void require(HttpExchange exchange) throws Refusal {
        if (isAny) {
            return;
        }
        List<String> asked = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (asked.size() > 1 || asked.isEmpty() && !exchange.getProtocol().equals("HTTP/1.0")) {
            throw new Refusal(400, "expected one header Host, but got " + asked.size());
        }
        for (String host : asked) {
            require(host);
        }
        String authority = exchange.getRequestURI().getRawAuthority(); // counts more than the header
        if (authority != null) {
            require(authority);
        }
    }

    private void require(String host) throws Refusal {
        String name = name(host);
        if (name == null || !names.contains(name) && !isLoopback(name)) {
            throw new Refusal(
                    421,
                    "this server doesn't answer to the name " + ModelFileException.shown(host)
                            + "; its operator can allow names with --allow-host");
        }
    }

    private static boolean isLoopback(String name) {
        return LOOPBACK.matcher(name).matches() || name.equals("0:0:0:0:0:0:0:1");
    }
}
