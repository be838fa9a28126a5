package io.github.flux4j.format;

import static io.github.flux4j.format.ModelFileException.shown;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text as one-hot numbers: for each level, 1 if the text is that level, else 0.
 *
 * <p>An unknown text gives zeros, is refused, or counts as the last level, which stands for all others. A missing one gives zeros or is refused, unless a level
 * stands for it. A {@link Boolean} is one of two levels that mean yes and no, such as {@code ja} and {@code nein}. Immutable and thread-safe.
 */
public final class TextFeature implements Feature {

    /** The most levels that a column may have. */
    public static final int LEVELS = 100_000;

    private static final int MOST_SHOWN = 6;

    /** In lower case; {@link #NO} has the opposite of each. */
    private static final Set<String> YES = Set.of(
            "true", "yes", "y", "t", "1", "on", "ja", "j", "wahr", "oui", "o", "vrai", "sí", "si", "s", "sim", "sì");

    private static final Set<String> NO =
            Set.of("false", "no", "n", "f", "0", "off", "nein", "falsch", "non", "faux", "não", "nee");

    private final String name;
    private final List<String> levels;
    private final @Nullable String missing;
    private final boolean refusesUnknown;
    private final @Nullable String typical;
    private final boolean lastIsOther;
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * Makes a feature with these levels.
     *
     * @param name the column
     * @param levels the texts that have a number
     * @param missing the level that stands for a missing text; null for none
     * @param refusesUnknown whether another text is an error
     * @throws IllegalArgumentException if there are no levels or too many, or one is there twice
     */
    public TextFeature(String name, List<String> levels, @Nullable String missing, boolean refusesUnknown) {
        this(name, levels, missing, refusesUnknown, null, false);
    }

    /**
     * Makes a feature with these levels, the most frequent of them, and perhaps one for all others.
     *
     * @param typical the most frequent level; null if unknown
     * @param lastIsOther whether the last level stands for all other texts, so that none is refused
     */
    public TextFeature(
            String name,
            List<String> levels,
            @Nullable String missing,
            boolean refusesUnknown,
            @Nullable String typical,
            boolean lastIsOther) {
        this.name = Objects.requireNonNull(name, "name is null");
        this.levels = List.copyOf(levels);
        this.missing = missing;
        this.refusesUnknown = refusesUnknown;
        this.typical = typical;
        this.lastIsOther = lastIsOther;
        for (String level : levels) {
            places.putIfAbsent(level, places.size());
        }
        require(places.size() == levels.size(), "has a level twice");
        require(!levels.isEmpty() && levels.size() <= LEVELS, "needs 1 to " + LEVELS + " levels");
        require(!(lastIsOther && refusesUnknown), "can't refuse texts that one of its levels stands for");
        require(missing == null || places.containsKey(missing), "has no level " + missing + " for missing texts");
        require(typical == null || places.containsKey(typical), "has no level " + typical + ", its typical one");
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException("column " + shown(name) + " " + what);
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** Returns the texts that have a number, in order. */
    public List<String> levels() {
        return levels;
    }

    /** Returns the most frequent level, or the first if that is unknown. */
    public String typical() {
        return typical == null ? levels.get(0) : typical;
    }

    /** Whether this text is an error: it isn't a level, or it is null and no level stands for a missing text. */
    public boolean refuses(@Nullable String text) {
        return refusesUnknown && !places.containsKey(text) && (missing == null || text != null);
    }

    /** Returns the level that stands for a missing text, or null for none. */
    public @Nullable String missing() {
        return missing;
    }

    /** Whether the last level stands for all other texts. */
    public boolean lastIsOther() {
        return lastIsOther;
    }

    /** Whether a text that isn't a level is an error. */
    public boolean refusesUnknown() {
        return refusesUnknown;
    }

    @Override
    public int width() {
        return levels.size();
    }

    @Override
    public void write(@Nullable Object value, double[] into, int at) {
        int place = place(value);
        for (int i = 0; i < levels.size(); i++) {
            into[at + i] = i == place ? 1 : 0;
        }
    }

    /**
     * Returns the number of a value's level, or −1.
     *
     * @throws IllegalArgumentException if it isn't a level and unknown texts are refused
     */
    public int place(@Nullable Object value) {
        String text = text(value);
        Integer place = places.get(text);
        if (place == null && value instanceof Boolean isTrue) {
            place = places.get(flag(isTrue));
        }
        if (place == null && missing != null && !isThere(text)) {
            place = places.get(missing);
        }
        if (place == null && refusesUnknown) {
            throw new IllegalArgumentException("column " + shown(name) + " expects one of its " + levels.size()
                    + " texts, " + firstLevels() + ", but was given " + (text == null ? "none" : shown(text)));
        }
        return place != null ? place : lastIsOther && isThere(text) ? levels.size() - 1 : -1;
    }

    /** The level that means this, if one of two levels means yes and the other no; else null. */
    private @Nullable String flag(boolean isTrue) {
        List<String> words = levels.stream().filter(TextFeature::isThere).toList();
        for (int yes = 0; words.size() == 2 && yes < 2; yes++) {
            if (YES.contains(words.get(yes).toLowerCase(Locale.ROOT))
                    && NO.contains(words.get(1 - yes).toLowerCase(Locale.ROOT))) {
                return words.get(isTrue ? yes : 1 - yes);
            }
        }
        return null;
    }

    private static boolean isThere(@Nullable String text) {
        return text != null && !MISSING.contains(text);
    }

    private String firstLevels() {
        return String.join(", ", levels.subList(0, Math.min(MOST_SHOWN, levels.size())))
                + (levels.size() > MOST_SHOWN ? ", …" : "");
    }

    /** Writes a whole number alike in every type. */
    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() == number.longValue()) {
            return String.valueOf(number.longValue());
        }
        return value == null ? null : value.toString();
    }
}
