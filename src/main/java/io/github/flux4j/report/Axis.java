package io.github.flux4j.report;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One direction of a chart.
 *
 * @param title what it shows, and in which unit
 * @param scale where numbers lie
 * @param label a tick as text
 */
public record Axis(String title, Scale scale, DoubleFunction<String> label) {

    /** With the scale's own labels. */
    public static Axis of(String title, Scale scale) {
        return new Axis(title, scale, scale::label);
    }

    /** Its ticks' labels, in order. */
    List<String> labels() {
        return scale.ticks().stream().map(label::apply).toList();
    }
}
