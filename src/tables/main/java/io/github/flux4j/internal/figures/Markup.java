package io.github.flux4j.internal.figures;

import io.github.flux4j.internal.text.HtmlText;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text and numbers as HTML and SVG take them. */
public final class Markup {

    /** What shows nothing, or moves what stands beside it; line breaks stay, for tooltips. */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\p{Cc}\\p{Cs}\\p{Co}\\x{FFFE}\\x{FFFF}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069&&[^\n]]");

    private static final int MOST = 500;

    private static final int MOST_OF_PROSE = 5000;

    private Markup() {}

    /** Escaped, for content and for attributes in quotes; what can't be seen is U+FFFD, and after 500 characters it ends with …. */
    public static String text(String text) {
        return text(text, MOST);
    }

    /** The same of a paragraph, which may have 5000 characters. */
    public static String prose(String text) {
        return text(text, MOST_OF_PROSE);
    }

    private static String text(String text, int most) {
        return HtmlText.escaped(UNSEEN.matcher(shortened(text, most)).replaceAll("\uFFFD"));
    }

    /** At most so many characters, the last of which is … if there were more; no pair of surrogates is cut. */
    public static String shortened(String text, int most) {
        return text.length() <= most || text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** A share of 1 as percent, for coordinates: 1/3 is {@code 33.3%}. */
    public static String percent(double share) {
        return coordinate(100 * share) + "%";
    }

    /** With one decimal at most. */
    public static String coordinate(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
