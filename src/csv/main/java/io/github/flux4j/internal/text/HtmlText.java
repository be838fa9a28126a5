package io.github.flux4j.internal.text;

/** Escapes text for HTML. */
public final class HtmlText {

    private HtmlText() {}

    /** Escapes text for content, and for attributes in double or single quotes; control characters except line breaks become U+FFFD. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(c, escaped));
        return escaped.toString();
    }

    private static void append(int c, StringBuilder out) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(Character.isISOControl(c) && c != '\n' ? 0xFFFD : c);
        }
    }
}
