package io.github.flux4j.internal.figures;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Words that reports and messages have in common. */
public final class Words {

    private Words() {}

    /** {@code 1 row}, {@code 2 rows}. */
    public static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** Lines whose cells stand below each other, two blanks apart; the last cell of a line with fewer cells may be longer than its column. */
    public static List<String> aligned(List<List<String>> lines) {
        int columns = lines.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, columns)
                .map(i -> lines.stream()
                        .filter(line -> line.size() == columns || i < line.size() - 1)
                        .mapToInt(line -> line.get(i).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream()
                .map(line -> IntStream.range(0, line.size())
                        .mapToObj(i -> line.get(i)
                                + " ".repeat(Math.max(0, widths[i] - line.get(i).length())))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    /** With a capital and a full stop. */
    public static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
