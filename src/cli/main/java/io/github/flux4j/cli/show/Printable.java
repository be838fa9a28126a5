package io.github.flux4j.cli.show;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text of a stranger's file for a terminal, which obeys some characters instead of showing them. */
final class Printable {

    private static final int LONGEST = 200;

    /** Control characters, marks of direction, line breaks of Unicode's. */
    private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private Printable() {}

    /** On one line, of bearable length. */
    static String text(Object value) {
        String text = String.valueOf(value);
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return OBEYED.matcher(cut).replaceAll("?");
    }

    /** The same JSON, on its one line, with such characters escaped. */
    static String json(String json) {
        return OBEYED.matcher(json).replaceAll(found -> Matcher.quoteReplacement(escaped(found.group())));
    }

    private static String escaped(String character) {
        return character
                .chars()
                .mapToObj(half -> String.format("\\u%04x", half))
                .collect(Collectors.joining());
    }
}
