package io.github.flux4j.bench.report;

import java.util.List;

/** Lines of text in columns. */
public final class Columns {

    private Columns() {}

    /** The first column to the left, all others to the right. */
    public static String aligned(List<List<String>> lines) {
        return text(lines, 1);
    }

    /** All columns to the left. */
    public static String leftAligned(List<List<String>> lines) {
        return text(lines, Integer.MAX_VALUE);
    }

    private static String text(List<List<String>> lines, int toTheLeft) {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String padding = padding(lines, line, column);
                padded.append(column == 0 ? "" : "  ")
                        .append(column < toTheLeft ? line.get(column) + padding : padding + line.get(column));
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String padding(List<List<String>> lines, List<String> line, int column) {
        int width = lines.stream()
                .mapToInt(other -> other.get(column).length())
                .max()
                .orElse(0);
        return " ".repeat(width - line.get(column).length());
    }
}
