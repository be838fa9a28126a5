package io.github.flux4j.table;

import io.github.flux4j.internal.csv.Names;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts, stored as indices of its levels, the distinct texts in order. Parts of a table keep its levels, so a level has the same index in each, even if a
 * part lacks it. Immutable; safe for any thread.
 */
public final class Texts implements Column {

    /** The index of a missing text. */
    public static final int MISSING = -1;

    private final String name;
    private final int[] codes;
    private final List<String> levels;

    /** Takes the array and the levels as they are. */
    Texts(String name, int[] codes, List<String> levels) {
        this.name = name;
        this.codes = codes;
        this.levels = levels;
    }

    /**
     * A column of these texts.
     *
     * @param values null is a missing text
     * @throws IllegalArgumentException if the name is blank
     */
    public static Texts of(String name, List<@Nullable String> values) {
        Names.require(name);
        TextCodes codes =
                new TextCodes(Objects.requireNonNull(values, "values is null").size());
        values.forEach(codes::add);
        return codes.column(name);
    }

    /** A column as texts. */
    static Texts of(Column column) {
        if (column instanceof Texts texts) {
            return texts;
        }
        return of(
                column.name(),
                IntStream.range(0, column.size()).mapToObj(column::text).toList());
    }

    @Override
    public String name() {
        return name;
    }

    /** The distinct texts, sorted by character code. */
    public List<String> levels() {
        return levels;
    }

    /** The index of a row's text among the levels; {@link #MISSING} if it is missing. */
    public int code(int row) {
        return codes[row];
    }

    /** A copy of all indices. */
    public int[] codes() {
        return codes.clone();
    }

    @Override
    public int size() {
        return codes.length;
    }

    @Override
    public boolean isMissing(int row) {
        return codes[row] == MISSING;
    }

    @Override
    public @Nullable String text(int row) {
        return isMissing(row) ? null : levels.get(codes[row]);
    }

    @Override
    public int missing() {
        return (int) Arrays.stream(codes).filter(code -> code == MISSING).count();
    }

    @Override
    public int different() {
        return (int)
                Arrays.stream(codes).filter(code -> code != MISSING).distinct().count();
    }

    @Override
    public Texts rows(int... rows) {
        return new Texts(name, Arrays.stream(rows).map(row -> codes[row]).toArray(), levels);
    }

    /** How often each level occurs, in the order of the levels. */
    public Map<String, Integer> counts() {
        int[] counts = new int[levels.size()];
        for (int code : codes) {
            if (code != MISSING) {
                counts[code]++;
            }
        }
        Map<String, Integer> byLevel = new LinkedHashMap<>();
        for (int i = 0; i < counts.length; i++) {
            byLevel.put(levels.get(i), counts[i]);
        }
        return byLevel;
    }

    @Override
    public String type() {
        return levels.size() == 2 ? "flag" : "text";
    }

    @Override
    public String toString() {
        return Names.shown(name) + ": " + size() + " texts of " + levels.size() + " levels";
    }
}
