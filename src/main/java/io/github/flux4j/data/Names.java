package io.github.flux4j.data;

import io.github.flux4j.values.Distance;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Names of columns: which are allowed, where each stands, and how messages show them. */
final class Names {

    private static final int SHOWN = 40;

    private Names() {}

    /** Throws if the name is null or blank. */
    static void require(String name) {
        if (Objects.requireNonNull(name, "the name of a column is null").isBlank()) {
            throw new IllegalArgumentException("a column needs a name, but '" + name + "' is blank");
        }
    }

    /**
     * Where each name stands, from 0.
     *
     * @throws IllegalArgumentException if one is blank, or there twice
     */
    static Map<String, Integer> places(List<String> names) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = Objects.requireNonNull(names.get(i), "the name of a column is null");
            if (name.isBlank()) {
                throw new IllegalArgumentException("column " + (i + 1) + " has no name; give it one");
            }
            Integer earlier = places.putIfAbsent(name, i);
            if (earlier != null) {
                throw new IllegalArgumentException("columns " + (earlier + 1) + " and " + (i + 1) + " are both named "
                        + shown(name) + "; rename one of them");
            }
        }
        return places;
    }

    /** An error for a name that isn't there; tells the three nearest. */
    static IllegalArgumentException unknown(String name, Collection<String> names) {
        String near = Distance.nearest(name, names).stream().map(Names::shown).collect(Collectors.joining(", "));
        return new IllegalArgumentException("there is no column named " + shown(name) + "; near are " + near);
    }

    /** Without what moves a terminal's cursor, and not endless. */
    static String shown(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "\uFFFD");
        return line.codePointCount(0, line.length()) <= SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SHOWN - 1)) + "…";
    }
}
