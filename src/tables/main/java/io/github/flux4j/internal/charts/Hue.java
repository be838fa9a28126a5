package io.github.flux4j.internal.charts;

import java.util.Locale;

/** Colours of marks: told apart by colour-blind readers, and 4.5 times as light or dark as the page, light or dark. */
public enum Hue {
    /** What matters. */
    BLUE,
    /** What it is compared with. */
    ORANGE,
    /** A third. */
    GREEN,
    /** A fourth. */
    PURPLE,
    /** What is there to find one's way. */
    GREY,
    /** A fifth: the text's own. */
    INK;

    /** Its class in the style sheet. */
    String css() {
        return name().toLowerCase(Locale.ROOT);
    }
}
