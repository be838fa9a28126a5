package io.github.flux4j.internal.charts;

import java.util.function.IntFunction;

/** Something drawn into a chart. Points that an axis can't show are left out. */
public sealed interface Mark {

    /** As the legend has it; empty for nothing there. */
    String name();

    /** Its colour. */
    Hue hue();

    /**
     * Points joined by lines, from left to right; a gap where one can't be shown. Of more than two thousand, the least and the greatest of each stretch.
     *
     * @param dashed rather than solid
     */
    record Line(String name, Hue hue, boolean dashed, double[] x, double[] y) implements Mark {}

    /**
     * Points; of more than 900, some drawn at random.
     *
     * @param tooltip of each point; null for none
     */
    record Dots(String name, Hue hue, double[] x, double[] y, IntFunction<String> tooltip) implements Mark {}

    /** Columns that stand on the axis, from one place to another. */
    record Columns(String name, Hue hue, double[] from, double[] to, double[] height, IntFunction<String> tooltip)
            implements Mark {}

    /** Upright lines from a low to a high value. */
    record Ranges(String name, Hue hue, double[] x, double[] low, double[] high) implements Mark {}
}
