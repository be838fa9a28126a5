package io.github.flux4j.internal.csv;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Column names: which are allowed, where each is, and how messages quote them. */
public final class Names {

    private static final int SHOWN = 40;
    private static final int NEAREST = 3;

    private Names() {}

    /** Throws if the name is null or blank. */
    public static void require(String name) {
        if (Objects.requireNonNull(name, "the name of a column is null").isBlank()) {
            throw new IllegalArgumentException("a column needs a name, but '" + name + "' is blank");
        }
    }

    /**
     * The position of each name, from 0.
     *
     * @throws IllegalArgumentException if one is blank, or there twice
     */
    public static Map<String, Integer> places(List<String> names) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = Objects.requireNonNull(names.get(i), "the name of a column is null");
            if (name.isBlank()) {
                throw new IllegalArgumentException("column " + (i + 1) + " has no name; give it one in the file");
            }
            Integer earlier = places.putIfAbsent(name, i);
            if (earlier != null) {
                throw new IllegalArgumentException("columns " + (earlier + 1) + " and " + (i + 1) + " are both named "
                        + shown(name) + "; rename one of them");
            }
        }
        return places;
    }

    /** Makes an error for an unknown name, with three that begin alike. */
    public static IllegalArgumentException unknown(String name, Collection<String> names) {
        String near = names.stream()
                .sorted(Comparator.comparingInt(other -> -alike(name, other)))
                .limit(NEAREST)
                .map(Names::shown)
                .collect(Collectors.joining(", "));
        return new IllegalArgumentException("there is no column named " + shown(name) + "; the nearest are " + near);
    }

    /** The number of letters that the names share from their start, ignoring case. */
    private static int alike(String name, String other) {
        int most = Math.min(name.length(), other.length());
        int alike = 0;
        while (alike < most && name.regionMatches(true, alike, other, alike, 1)) {
            alike++;
        }
        return alike;
    }

    /** Shortened, and without characters that move a terminal's cursor. */
    public static String shown(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "\uFFFD");
        return line.codePointCount(0, line.length()) <= SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SHOWN - 1)) + "…";
    }
}
