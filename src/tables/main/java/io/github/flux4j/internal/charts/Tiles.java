package io.github.flux4j.internal.charts;

import io.github.flux4j.internal.figures.Markup;
import io.github.flux4j.report.Page.Part;
import java.util.List;
import java.util.stream.Collectors;

/** The few figures that matter most, large. */
public record Tiles(List<Tile> tiles) implements Part {

    public Tiles {
        tiles = List.copyOf(tiles);
    }

    /**
     * One figure.
     *
     * @param name above it
     * @param value large
     * @param note below it; empty for none
     */
    public record Tile(String name, String value, String note) {}

    @Override
    public String html() {
        return tiles.stream()
                .map(tile -> "<div class=\"tile\"><span>" + Markup.text(tile.name()) + "</span><b>"
                        + Markup.text(Markup.shortened(tile.value(), 24)) + "</b><span>" + Markup.text(tile.note())
                        + "</span></div>\n")
                .collect(Collectors.joining("", "<div class=\"tiles wide\">\n", "</div>\n"));
    }
}
