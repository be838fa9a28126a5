package io.github.flux4j.internal.figures;

/** Words that reports and messages have in common. */
public final class Words {

    private Words() {}

    /** {@code 1 row}, {@code 2 rows}. */
    public static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** With a capital and a full stop. */
    public static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
