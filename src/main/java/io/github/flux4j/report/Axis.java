package io.github.flux4j.report;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One direction of a chart.
 *
 * @param title what it shows, and in which unit
 * @param scale where numbers lie
 * @param label a tick as text
 */
public record Axis(String title, Scale scale, DoubleFunction<String> label) {

    static final double LETTER = 7; // pixels of a digit
    static final double GAP = 12;

    /** With the scale's own labels. */
    public static Axis of(String title, Scale scale) {
        return new Axis(title, scale, scale::label);
    }

    /** Its ticks' labels, in order. */
    List<String> labels() {
        return scale.ticks().stream().map(label::apply).toList();
    }

    /**
     * The ticks' labels as SVG below a plot: where not all fit, every second one, or even fewer; on a narrow screen those marked as spare go, too.
     *
     * @param wide how many pixels the plot has on a wide screen
     * @param narrow how many it has on a narrow one
     * @param below how far down they stand
     */
    String footing(double wide, double narrow, String below) {
        List<String> labels = labels();
        double needed = labels.stream()
                .mapToDouble(label -> label.length() * LETTER + GAP)
                .sum();
        int every = (int) Math.max(1, Math.ceil(needed / wide));
        int everyNarrow = (int) Math.max(1, Math.ceil(needed / narrow / every)) * every;
        return IntStream.range(0, labels.size())
                .filter(i -> i % every == 0)
                .mapToObj(i -> label(i, i % everyNarrow == 0 ? "x" : "x spare", below))
                .collect(Collectors.joining());
    }

    private String label(int i, String css, String below) {
        double share = scale.share(scale.ticks().get(i));
        return "<text class=\"" + css + (share > 0.98 ? " last" : share < 0.02 ? " first" : "") + "\" x=\""
                + Markup.percent(share) + "\" " + below + ">" + Markup.text(labels().get(i)) + "</text>\n";
    }
}
