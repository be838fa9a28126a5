package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Units;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Who is fastest where: batch size to the right, width upwards; in each cell flux4j's time over the best other's. */
final class CrossoverPlot {

    private static final int CELL_HEIGHT = 46;
    private static final double LEFT = 9;

    /** Light enough for dark text on them, in either colour scheme. */
    private static final Map<String, String> COLOURS = Map.of(
            "FLUX4J", "#8ec5ff",
            "HAND_ROLLED", "#ffd479",
            "HAND_ROLLED_TUNED", "#ffb35c",
            "RAW_ND4J", "#d7c3f5",
            "RAW_DL4J", "#f5a9b8",
            "RAW_DL4J_TUNED", "#ef8fa3",
            "DJL_PYTORCH", "#a4dba0",
            "TENSORFLOW", "#e3d9a8");

    private CrossoverPlot() {}

    static String of(Grid grid) {
        List<Integer> batches = grid.batches();
        List<Integer> widths = grid.widths();
        int height = widths.size() * CELL_HEIGHT;
        StringBuilder svg = new StringBuilder(String.format(
                "<svg height=\"%d\" role=\"img\" aria-label=\"who is fastest for which batch size and width\">%n",
                height + 24));
        for (int row = 0; row < widths.size(); row++) {
            int y = height - row * CELL_HEIGHT - CELL_HEIGHT / 2 + 4;
            svg.append(text("0", y, "start", String.valueOf(widths.get(row))));
        }
        double step = (100 - LEFT) / batches.size();
        for (int column = 0; column < batches.size(); column++) {
            svg.append(text(percent(LEFT + (column + 0.5) * step), height + 18, "middle", "" + batches.get(column)));
        }
        for (Grid.Spot spot : grid.spots()) {
            int y = height - (grid.row(spot) + 1) * CELL_HEIGHT;
            svg.append(cell(spot, LEFT + grid.column(spot) * step, y, step));
        }
        return "<figure>\n" + svg
                + "</svg>\n<figcaption>batch size to the right, width upwards (width => width => width => 1, "
                + "relu, mse, descent); the colour says who is fastest, the number is flux4j's time over the best other's, "
                + "below it flux4j's time</figcaption>\n" + legend(grid) + "</figure>\n";
    }

    private static String cell(Grid.Spot spot, double x, int y, double width) {
        String middle = percent(x + width / 2);
        String tooltip = spot.all().stream()
                .map(row -> row.contender() + " " + Units.time(row.medianNanos()))
                .collect(Collectors.joining("\n"));
        return String.format(
                Locale.ROOT,
                "<g class=\"cell\"><title>batch %d, width %d\n%s</title><rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"3\" fill=\"%s\"/>%s%s</g>%n",
                spot.batch(),
                spot.width(),
                tooltip,
                percent(x),
                y,
                percent(width - 0.5),
                CELL_HEIGHT - 3,
                COLOURS.getOrDefault(spot.winner(), "#cccccc"),
                text(middle, y + 20, "middle", Units.digits(spot.ratio())),
                text(middle, y + 36, "middle", Units.time(spot.ours().medianNanos()))
                        .replace("<text", "<text class=\"time\""));
    }

    private static String text(String x, int y, String anchor, String content) {
        return String.format("<text x=\"%s\" y=\"%d\" text-anchor=\"%s\">%s</text>", x, y, anchor, content);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    private static String legend(Grid grid) {
        return grid.winners().stream()
                .map(name -> "<span><i style=\"background:" + COLOURS.getOrDefault(name, "#cccccc") + "\"></i>" + name
                        + "</span>")
                .collect(Collectors.joining("", "<p class=\"legend\">", "</p>\n"));
    }
}
