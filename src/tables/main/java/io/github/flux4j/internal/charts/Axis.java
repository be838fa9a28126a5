package io.github.flux4j.internal.charts;

import io.github.flux4j.internal.figures.Markup;
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
public record Axis(String title, AxisScale scale, DoubleFunction<String> label) {

    static final double LETTER = 7; // pixels of a digit
    static final double GAP = 12;

    private static final double FIRST = 0.02; // a label there may begin, and one there end, where its tick is
    private static final double LAST = 0.98;

    /** With the scale's own labels. */
    public static Axis of(String title, AxisScale scale) {
        return new Axis(title, scale, scale::label);
    }

    /** Its ticks' labels, in order. */
    List<String> labels() {
        return scale.ticks().stream().map(label::apply).toList();
    }

    /**
     * The ticks' labels as SVG below a plot: every one, or every second one or so, as they fit; on a narrow screen those marked as spare go, too.
     *
     * @param wide how many pixels the plot has on a wide screen
     * @param narrow how many it has on a narrow one
     * @param below how far down they stand
     */
    String footing(double wide, double narrow, String below) {
        int every = every(1, wide);
        int everyNarrow = every(every, narrow);
        return IntStream.range(0, scale.ticks().size())
                .filter(i -> i % every == 0)
                .mapToObj(i -> label(i, i % everyNarrow == 0 ? "x" : "x spare", below))
                .collect(Collectors.joining());
    }

    /** The least multiple so that no label where so many ticks make one step covers another. */
    private int every(int multiple, double room) {
        int every = multiple;
        while (!fit(every, room)) {
            every += multiple;
        }
        return every;
    }

    private boolean fit(int every, double room) {
        double end = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < scale.ticks().size(); i += every) {
            double width = labels().get(i).length() * LETTER;
            double at = scale.share(scale.ticks().get(i));
            double begin = at * room - (at > LAST ? width : width / 2);
            if (begin < end + GAP / 2) {
                return false;
            }
            end = begin + width + (at < FIRST ? width / 2 : 0);
        }
        return true;
    }

    private String label(int i, String css, String below) {
        double share = scale.share(scale.ticks().get(i));
        return "<text class=\"" + css + (share > LAST ? " last" : share < FIRST ? " first" : "") + "\" x=\""
                + Markup.percent(share) + "\" " + below + ">" + Markup.text(labels().get(i)) + "</text>\n";
    }
}
