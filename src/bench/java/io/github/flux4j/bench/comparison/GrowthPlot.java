package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Units;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How flux4j's time grows with one quantity while another stays: both axes logarithmic, so linear growth is a slope of one. */
final class GrowthPlot {

    private static final int HEIGHT = 260;
    private static final int LABEL_HEIGHT = 13;

    private GrowthPlot() {}

    static String withBatch(Grid grid) {
        return plot(
                grid.lines(Grid.Spot::width),
                spot -> (double) spot.batch(),
                spot -> "width " + spot.width(),
                "batch size to the right, time of a step upwards, a line for each width; dotted: doubles with the batch");
    }

    static String withParameters(Grid grid) {
        return plot(
                grid.lines(Grid.Spot::batch),
                Grid.Spot::parameters,
                spot -> "batch " + spot.batch(),
                "parameters to the right, time of a step upwards, a line for each batch size; dotted: doubles with the parameters");
    }

    private static String plot(
            List<List<Grid.Spot>> lines,
            Function<Grid.Spot, Double> abscissa,
            Function<Grid.Spot, String> name,
            String caption) {
        List<Grid.Spot> all = lines.stream().flatMap(List::stream).toList();
        LogScale x = LogScale.around(all.stream().map(abscissa).toList(), 10, false);
        LogScale y = LogScale.around(
                all.stream().map(spot -> spot.ours().medianNanos()).toList(), 10, true);
        StringBuilder svg = new StringBuilder(
                "<div style=\"padding:0 4.5rem 1.2rem 3.5rem\"><svg height=\"" + HEIGHT + "\" role=\"img\">\n");
        for (double decade : x.decades()) {
            svg.append(line("grid", x.at(decade), "0%", x.at(decade), "100%"));
            svg.append(String.format(
                    "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x.at(decade), HEIGHT + 16, Units.tick(Units.count(decade))));
        }
        for (double decade : y.decades()) {
            svg.append(line("grid", "0%", y.at(decade), "100%", y.at(decade)));
            svg.append(String.format(
                    "<text x=\"-6\" y=\"%s\" dy=\"4\" text-anchor=\"end\">%s</text>",
                    y.at(decade), Units.tick(Units.time(decade))));
        }
        for (List<Grid.Spot> spots : lines) {
            svg.append(series(spots, abscissa, x, y));
        }
        svg.append(labels(lines, abscissa, name, x, y));
        return "<figure>" + svg + "</svg></div><figcaption>" + caption + "</figcaption></figure>\n";
    }

    private static String series(List<Grid.Spot> spots, Function<Grid.Spot, Double> abscissa, LogScale x, LogScale y) {
        StringBuilder svg = new StringBuilder();
        Grid.Spot last = spots.get(spots.size() - 1);
        svg.append(guide(spots.get(0), last, abscissa, x, y));
        for (int i = 0; i < spots.size(); i++) {
            String px = x.at(abscissa.apply(spots.get(i)));
            String py = y.at(spots.get(i).ours().medianNanos());
            if (i > 0) {
                Grid.Spot before = spots.get(i - 1);
                svg.append(line(
                        "series",
                        x.at(abscissa.apply(before)),
                        y.at(before.ours().medianNanos()),
                        px,
                        py));
            }
            svg.append(String.format("<circle class=\"point\" cx=\"%s\" cy=\"%s\" r=\"3.5\"/>", px, py));
        }
        return svg.toString();
    }

    /** A name at each line's end, from top to bottom, moved down where it would cover the one before. */
    private static String labels(
            List<List<Grid.Spot>> lines,
            Function<Grid.Spot, Double> abscissa,
            Function<Grid.Spot, String> name,
            LogScale x,
            LogScale y) {
        List<Grid.Spot> ends = lines.stream()
                .map(spots -> spots.get(spots.size() - 1))
                .sorted(Comparator.comparingDouble(spot -> -spot.ours().medianNanos()))
                .toList();
        StringBuilder svg = new StringBuilder();
        double free = 0;
        for (Grid.Spot end : ends) {
            double at = Math.max(free, HEIGHT * y.share(end.ours().medianNanos()));
            free = at + LABEL_HEIGHT;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%s\" y=\"%.0f\" dx=\"8\" dy=\"4\">%s</text>%n",
                    x.at(abscissa.apply(end)),
                    at,
                    name.apply(end)));
        }
        return svg.toString();
    }

    /** Proportional growth that ends in the last point, as far down as the axis goes. */
    private static String guide(
            Grid.Spot first, Grid.Spot last, Function<Grid.Spot, Double> abscissa, LogScale x, LogScale y) {
        double perUnit = last.ours().medianNanos() / abscissa.apply(last);
        double from = Math.max(abscissa.apply(first), y.low() / perUnit);
        return line(
                "guide",
                x.at(from),
                y.at(from * perUnit),
                x.at(abscissa.apply(last)),
                y.at(last.ours().medianNanos()));
    }

    private static String line(String kind, String x1, String y1, String x2, String y2) {
        return String.format("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>%n", kind, x1, y1, x2, y2);
    }
}
