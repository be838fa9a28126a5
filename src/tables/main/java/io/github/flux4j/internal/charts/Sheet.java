package io.github.flux4j.internal.charts;

import io.github.flux4j.internal.figures.Markup;
import io.github.flux4j.report.Page.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table, whose cells may be tinted. The first column is what its rows are called; of more than 1000 rows the first are shown.
 *
 * @param title above it; empty for none
 * @param header names of all columns
 * @param rows from top to bottom
 * @param caption below it; empty for none
 */
public record Sheet(String title, List<String> header, List<List<Cell>> rows, String caption) implements Part {

    private static final int MOST = 1000;
    private static final int WIDE = 6; // columns that half a page has room for
    private static final int[] PAGES = {380, 500, 700, 900, 1150}; // pixels, of which page.css knows all but the first
    private static final int GAP = 16; // pixels beside a column
    private static final int SHORTEST = 8; // letters
    private static final int WRAPPED = 20; // letters, about, of a text that wraps
    private static final double STRONGEST = 0.5; // beyond that the text loses its contrast

    public Sheet {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * One place.
     *
     * @param tint from −1, orange, over 0, none, to 1, blue
     * @param tooltip empty for none
     */
    public record Cell(String text, double tint, String tooltip) {

        /** Text alone. */
        public static Cell of(String text) {
            return new Cell(text, 0, "");
        }
    }

    /** Cells of text alone. */
    public static List<Cell> row(String... texts) {
        return Arrays.stream(texts).map(Cell::of).toList();
    }

    /** Two columns, of names and what belongs to them. */
    public static Sheet of(String title, String name, String value, Map<String, String> pairs) {
        return new Sheet(
                title,
                List.of(name, value),
                pairs.entrySet().stream()
                        .map(pair -> row(pair.getKey(), pair.getValue()))
                        .toList(),
                "");
    }

    private boolean isTinted() {
        return rows.stream().flatMap(List::stream).anyMatch(cell -> cell.tint() != 0);
    }

    @Override
    public String html() {
        String more = rows.size() > MOST ? "The first " + MOST + " of " + rows.size() + ". " : "";
        String said = more + caption;
        return "<figure" + (header.size() > WIDE ? " class=\"wide\"" : "") + ">"
                + (title.isEmpty() ? "" : "<h3>" + Markup.text(title) + "</h3>\n") + hint()
                + "<div class=\"scroll\" tabindex=\"0\"><table" + (isTinted() ? " class=\"heat\"" : "") + ">\n<tr>"
                + header.stream()
                        .map(name -> "<th scope=\"col\">" + name(name) + "</th>")
                        .collect(Collectors.joining())
                + "</tr>\n" + rows.stream().limit(MOST).map(Sheet::row).collect(Collectors.joining())
                + "</table></div>\n"
                + (said.isEmpty() ? "" : "<figcaption>" + Markup.text(said) + "</figcaption>\n") + "</figure>\n";
    }

    /** That the table scrolls, shown where the page is narrower than the table is, about. */
    private String hint() {
        int width =
                (int) IntStream.range(0, header.size()).mapToDouble(this::width).sum();
        int least = IntStream.of(PAGES).filter(page -> page > width).findFirst().orElse(0);
        return least == PAGES[0]
                ? ""
                : "<p class=\"hint" + (least == 0 ? "" : " below" + least)
                        + "\">This table is wider than the page: it scrolls sideways.</p>\n";
    }

    /** In pixels; long texts wrap. */
    private double width(int column) {
        int longest = rows.stream()
                .limit(MOST)
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).text().length())
                .max()
                .orElse(0);
        return GAP + Axis.LETTER * Math.min(WRAPPED, Math.max(SHORTEST, longest));
    }

    private static String name(String name) {
        return Markup.text(Markup.shortened(name, 80));
    }

    private static String row(List<Cell> cells) {
        return cells.stream()
                .skip(1)
                .map(Sheet::cell)
                .collect(Collectors.joining(
                        "", "<tr><th scope=\"row\">" + name(cells.get(0).text()) + "</th>", "</tr>\n"));
    }

    private static String cell(Cell cell) {
        return "<td" + colour(cell.tint())
                + (cell.tooltip().isEmpty() ? "" : " title=\"" + Markup.text(cell.tooltip()) + "\"") + ">"
                + (cell.text().isEmpty() ? "–" : Markup.text(cell.text())) + "</td>";
    }

    /** Transparent, so that it suits a light page and a dark one. */
    private static String colour(double tint) {
        double strength = Math.min(1, Math.abs(tint)) * STRONGEST;
        return strength > 0
                ? String.format(
                        Locale.ROOT,
                        " style=\"background:rgba(%s,%.2f)\"",
                        tint > 0 ? "20,110,220" : "225,100,30",
                        strength)
                : "";
    }
}
