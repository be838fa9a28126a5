package io.github.flux4j.internal.values;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The distance between two names, by Levenshtein: the least number of letters to add, drop or change, ignoring case. Thread-safe. */
public final class Distance {

    private static final int NEAREST = 3;

    private Distance() {}

    /** Returns the three nearest names: first those that begin with this one, then those that contain it, then by distance. */
    public static List<String> nearest(String name, Collection<String> names) {
        return names.stream()
                .sorted(Comparator.<String>comparingInt(other -> rank(name, other))
                        .thenComparingInt(other -> between(name, other)))
                .limit(NEAREST)
                .toList();
    }

    private static int rank(String name, String other) {
        int place = other.toLowerCase(Locale.ROOT).indexOf(name.toLowerCase(Locale.ROOT));
        return place < 0 ? 2 : Math.min(place, 1);
    }

    /** The distance. */
    static int between(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
