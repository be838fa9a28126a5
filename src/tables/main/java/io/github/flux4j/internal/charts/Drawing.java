package io.github.flux4j.internal.charts;

import io.github.flux4j.internal.figures.Markup;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Marks as SVG between two scales, in percent of the plot, so that it is as wide as its page while dots and text keep their size. */
record Drawing(AxisScale x, AxisScale y) {

    private static final int DOTS = 900;
    private static final int TOOLTIP = 120;
    private static final int WITH_TOOLTIPS = 600;
    private static final int UNITS = 1000; // of a plot's width and height, for paths, which know no percent

    String of(Mark mark) {
        String inside = mark instanceof Mark.Line line
                ? line(line)
                : mark instanceof Mark.Dots dots
                        ? dots(dots)
                        : mark instanceof Mark.Columns columns ? columns(columns) : ranges((Mark.Ranges) mark);
        return "<g class=\"" + mark.hue().css() + "\">" + inside + "</g>\n";
    }

    private String line(Mark.Line line) {
        StringBuilder path = new StringBuilder();
        boolean joined = false;
        for (int i : Thinning.ofLine(line.y())) {
            double right = x.share(line.x()[i]);
            double up = y.share(line.y()[i]);
            boolean shown = right >= 0 && up >= 0;
            if (shown) {
                path.append(joined ? "L" : "M")
                        .append(Markup.coordinate(UNITS * right))
                        .append(' ')
                        .append(Markup.coordinate(UNITS * (1 - up)));
            }
            joined = shown;
        }
        return "<svg viewBox=\"0 0 " + UNITS + " " + UNITS + "\" preserveAspectRatio=\"none\"><path"
                + (line.dashed() ? " class=\"dashed\"" : "") + " d=\"" + path + "\"/></svg>";
    }

    private String dots(Mark.Dots dots) {
        double[] right = Arrays.stream(dots.x()).map(x::share).toArray();
        double[] up = Arrays.stream(dots.y()).map(y::share).toArray();
        int[] shown = Thinning.ofDots(DOTS, right, up);
        IntFunction<String> tooltip = shown.length <= WITH_TOOLTIPS ? dots.tooltip() : null;
        return Arrays.stream(shown)
                .mapToObj(i -> "<circle cx=\"" + Markup.percent(right[i]) + "\" cy=\"" + Markup.percent(1 - up[i])
                        + "\" r=\"" + (shown.length > 60 ? "2.6" : "3.6") + "\"" + closed("circle", tooltip, i))
                .collect(Collectors.joining("\n"));
    }

    private String columns(Mark.Columns columns) {
        double floor = Math.max(0, y.share(Math.max(0, y.low())));
        return IntStream.range(0, columns.height().length)
                .filter(i -> x.share(columns.from()[i]) >= 0
                        && x.share(columns.to()[i]) >= 0
                        && y.share(columns.height()[i]) >= 0)
                .mapToObj(i -> column(columns, i, floor))
                .collect(Collectors.joining("\n"));
    }

    private String column(Mark.Columns columns, int i, double floor) {
        double from = x.share(columns.from()[i]);
        double up = y.share(columns.height()[i]);
        return "<rect x=\"" + Markup.percent(from) + "\" y=\"" + Markup.percent(1 - Math.max(floor, up)) + "\" width=\""
                + Markup.percent(x.share(columns.to()[i]) - from) + "\" height=\""
                + Markup.percent(Math.abs(up - floor))
                + "\"" + closed("rect", columns.tooltip(), i);
    }

    private static String closed(String element, IntFunction<String> tooltip, int i) {
        return tooltip == null
                ? "/>"
                : "><title>" + Markup.text(Markup.shortened(tooltip.apply(i), TOOLTIP)) + "</title></" + element + ">";
    }

    private String ranges(Mark.Ranges ranges) {
        return IntStream.range(0, ranges.x().length)
                .filter(i ->
                        x.share(ranges.x()[i]) >= 0 && y.share(ranges.low()[i]) >= 0 && y.share(ranges.high()[i]) >= 0)
                .mapToObj(i -> {
                    String at = Markup.percent(x.share(ranges.x()[i]));
                    return "<line x1=\"" + at + "\" x2=\"" + at + "\" y1=\""
                            + Markup.percent(1 - y.share(ranges.low()[i])) + "\" y2=\""
                            + Markup.percent(1 - y.share(ranges.high()[i])) + "\"/>";
                })
                .collect(Collectors.joining("\n"));
    }
}
