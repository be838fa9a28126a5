package io.github.flux4j.internal.charts;

import io.github.flux4j.internal.figures.Markup;
import io.github.flux4j.report.Page.Part;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line for each of several things, with its name, a bar or a dot on an axis that all share, and what there is to say of it.
 *
 * @param title above it; empty for none
 * @param axis which all lines share
 * @param bars from the axis' zero, or its beginning, rather than dots
 * @param rows from top to bottom
 * @param caption below it; empty for none
 */
public record RowChart(String title, Axis axis, boolean bars, List<Row> rows, String caption) implements Part {

    private static final int MOST = 60;
    private static final double WIDE = 120; // pixels that bars have at least
    private static final double NARROW = 340; // where the name stands above

    public RowChart {
        rows = List.copyOf(rows);
    }

    /**
     * One of them.
     *
     * @param low where its range begins, high where it ends; NaN for none
     * @param at where its bar ends, or its dot lies
     * @param texts to its right
     * @param hue blue, and in strong type, for the one that this is about
     */
    public record Row(String name, double low, double at, double high, List<String> texts, Hue hue) {

        public Row {
            texts = List.copyOf(texts);
        }

        /** Blue or grey. */
        public Row(String name, double low, double at, double high, List<String> texts, boolean strong) {
            this(name, low, at, high, texts, strong ? Hue.BLUE : Hue.GREY);
        }
    }

    @Override
    public String html() {
        String more = rows.size() > MOST ? "the first " + MOST + " of " + rows.size() + ". " : "";
        return "<figure class=\"rows"
                + (rows.stream().anyMatch(row -> row.texts().size() > 1) ? " two" : "") + "\">"
                + (title.isEmpty() ? "" : "<h3>" + Markup.text(title) + "</h3>\n")
                + rows.stream().limit(MOST).map(this::row).collect(Collectors.joining())
                + "<div class=\"row foot\"><span></span>" + foot() + "</div><p class=\"axis right\">"
                + Markup.text(axis.title()) + "</p>\n"
                + (more + caption)
                        .transform(said -> said.isEmpty() ? "" : "<figcaption>" + Markup.text(said) + "</figcaption>")
                + "</figure>\n";
    }

    private String foot() {
        return "<svg height=\"16\" aria-hidden=\"true\">" + axis.footing(WIDE, NARROW, "y=\"12\"") + "</svg>";
    }

    private String at(double value) {
        return Markup.percent(axis.scale().share(value));
    }

    private String row(Row row) {
        String texts = row.texts().stream()
                .map(text -> "<span class=\"value\">" + Markup.text(text) + "</span>")
                .collect(Collectors.joining());
        return "<div class=\"row " + (row.hue() == Hue.BLUE ? "strong " : "")
                + row.hue().css() + "\"><span class=\"name\">"
                + Markup.text(Markup.shortened(row.name(), 60)) + "</span><svg height=\"22\" role=\"img\" aria-label=\""
                + Markup.text(row.name() + " " + Digits.of(row.at())) + "\">" + grid() + mark(row) + "</svg>" + texts
                + "</div>\n";
    }

    private String grid() {
        return axis.scale().ticks().stream()
                .map(tick ->
                        "<line class=\"grid\" x1=\"" + at(tick) + "\" x2=\"" + at(tick) + "\" y1=\"0\" y2=\"22\"/>")
                .collect(Collectors.joining());
    }

    private String mark(Row row) {
        AxisScale scale = axis.scale();
        String range = scale.share(row.low()) >= 0 && scale.share(row.high()) >= 0
                ? "<line class=\"range\" x1=\"" + at(row.low()) + "\" x2=\"" + at(row.high())
                        + "\" y1=\"11\" y2=\"11\"/>"
                : "";
        if (!(scale.share(row.at()) >= 0)) {
            return range;
        }
        return bars ? bar(row) + range : range + "<circle cx=\"" + at(row.at()) + "\" cy=\"11\" r=\"5\"/>";
    }

    private String bar(Row row) {
        double zero = Math.max(axis.scale().low(), Math.min(axis.scale().high(), 0));
        double from =
                axis.scale() instanceof AxisScale.Logarithmic ? 0 : axis.scale().share(zero);
        double to = axis.scale().share(row.at());
        return "<rect x=\"" + Markup.percent(Math.min(from, to)) + "\" y=\"5\" width=\""
                + Markup.percent(Math.abs(to - from)) + "\" height=\"12\" rx=\"2\"/>";
    }
}
