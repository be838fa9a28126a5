package io.github.flux4j.internal.charts;

import io.github.flux4j.internal.figures.Markup;
import io.github.flux4j.report.Page.Part;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Marks between two axes, as wide as the page leaves room; the text keeps its size.
 *
 * @param title above it
 * @param x to the right
 * @param y upwards
 * @param marks what comes later lies above
 * @param caption below it; empty for none
 */
public record Chart(String title, Axis x, Axis y, List<Mark> marks, String caption) implements Part {

    private static final int HEIGHT = 260;
    private static final double WIDE = 400; // pixels that a plot has where two stand side by side
    private static final double NARROW = 270; // pixels that a plot has on a telephone

    public Chart {
        marks = List.copyOf(marks);
    }

    @Override
    public String html() {
        return "<figure class=\"chart\"><h3>" + Markup.text(title) + "</h3>\n" + legend()
                + "<p class=\"axis\">" + Markup.text(y.title()) + "</p>\n<div class=\"plot\" style=\"padding-left:"
                + left()
                + "px\">" + svg() + "</div>\n<p class=\"axis right\">" + Markup.text(x.title()) + "</p>\n"
                + (caption.isEmpty() ? "" : "<figcaption>" + Markup.text(caption) + "</figcaption>\n") + "</figure>\n";
    }

    private int left() {
        int longest = y.labels().stream().mapToInt(String::length).max().orElse(0);
        return (int) (longest * Axis.LETTER + Axis.GAP);
    }

    private String legend() {
        List<Mark> named = marks.stream().filter(mark -> !mark.name().isEmpty()).toList();
        return named.isEmpty()
                ? ""
                : named.stream().map(Chart::key).collect(Collectors.joining("", "<p class=\"legend\">", "</p>\n"));
    }

    private static String key(Mark mark) {
        String shape = mark instanceof Mark.Line line
                ? "<line x1=\"0\" y1=\"6\" x2=\"18\" y2=\"6\"" + (line.dashed() ? " class=\"dashed\"" : "") + "/>"
                : mark instanceof Mark.Columns
                        ? "<rect x=\"3\" y=\"1\" width=\"11\" height=\"11\"/>"
                        : "<circle cx=\"9\" cy=\"6\" r=\"4\"/>";
        return "<span><svg class=\"key " + mark.hue().css() + "\" width=\"18\" height=\"12\" aria-hidden=\"true\">"
                + shape + "</svg>" + Markup.text(mark.name()) + "</span>";
    }

    private String svg() {
        return "<svg class=\"frame\" height=\"" + HEIGHT + "\" role=\"img\" aria-label=\""
                + Markup.text(title + ": " + y.title() + " by " + x.title()) + "\">\n" + grid()
                + marks.stream()
                        .map(mark -> new Drawing(x.scale(), y.scale()).of(mark))
                        .collect(Collectors.joining())
                + "</svg>";
    }

    private String grid() {
        StringBuilder svg = new StringBuilder();
        for (double tick : x.scale().ticks()) {
            String at = Markup.percent(x.scale().share(tick));
            svg.append("<line class=\"grid\" x1=\"" + at + "\" x2=\"" + at + "\" y1=\"0\" y2=\"100%\"/>");
        }
        svg.append(x.footing(WIDE, NARROW, "y=\"100%\" dy=\"18\""));
        for (double tick : y.scale().ticks()) {
            String at = Markup.percent(1 - y.scale().share(tick));
            svg.append("<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"" + at + "\" y2=\"" + at
                    + "\"/><text class=\"y\" x=\"-6\" y=\"" + at + "\" dy=\"4\">"
                    + Markup.text(y.label().apply(tick))
                    + "</text>\n");
        }
        return svg.toString();
    }
}
