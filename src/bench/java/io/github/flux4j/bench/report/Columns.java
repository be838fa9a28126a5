package io.github.flux4j.bench.report;

import java.util.List;

/** Lines of text in columns. */
public final class Columns {

    private Columns() {}

    /** The first column to the left, all others to the right. */
    public static String aligned(List<List<String>> lines) {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                int at = column;
                int width = lines.stream()
                        .mapToInt(other -> other.get(at).length())
                        .max()
                        .orElse(0);
                String padding = " ".repeat(width - line.get(column).length());
                text.append(column == 0 ? line.get(0) + padding : "  " + padding + line.get(column));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** All columns to the left. */
    public static String leftAligned(List<List<String>> lines) {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                int at = column;
                int width = lines.stream()
                        .mapToInt(other -> other.get(at).length())
                        .max()
                        .orElse(0);
                boolean last = column == line.size() - 1;
                text.append(line.get(column))
                        .append(last ? "" : " ".repeat(width - line.get(column).length() + 2));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
