package io.github.flux4j.table;

import io.github.flux4j.format.ColumnFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats that all read a column: those which mean the same by its cells are one, and of others the column decides, or the user must.
 *
 * @param fitting in the order in which they are preferred
 * @param hasCommas whether the file has decimal commas elsewhere
 */
record Readings(CellShapes shapes, List<ColumnFormat> fitting, boolean hasCommas) {

    private static final List<String> BEHIND = List.of("€", "EUR");

    /** The one that is meant, or the two that may be. */
    List<ColumnFormat> possible() {
        List<ColumnFormat> different = different();
        if (different.size() < 2 || different.get(0).isDate()) {
            return different;
        }
        ColumnFormat decided = decided(different);
        return decided == null ? different.subList(0, 2) : List.of(decided);
    }

    /** The first of those with the same values. */
    private List<ColumnFormat> different() {
        List<ColumnFormat> different = new ArrayList<>();
        for (ColumnFormat format : fitting) {
            if (different.stream().allMatch(other -> differ(format, other))) {
                different.add(format);
            }
        }
        return different;
    }

    /** Days and months may be exchanged though some cells have the same for both. */
    private boolean differ(ColumnFormat one, ColumnFormat other) {
        return one.isDate() && !one.text().startsWith("year") && !other.text().startsWith("year")
                || shapes.all().stream()
                        .anyMatch(
                                shape -> Double.compare(one.value(shape.example()), other.value(shape.example())) != 0);
    }

    /**
     * A point is the decimal one unless the file has decimal commas; a mark before three digits is that of thousands if there is a currency whose countries write
     * it like that.
     */
    private ColumnFormat decided(List<ColumnFormat> different) {
        boolean commas = has(',');
        boolean points = has('.');
        if (commas && points) {
            return null;
        }
        String unit = unit(fitting.get(0));
        if (!ColumnFormat.currencies().contains(unit)) {
            return commas == hasCommas ? first(different, commas ? ',' : '.') : null;
        }
        boolean isBehind = shapes.all().stream()
                .allMatch(shape ->
                        !shape.example().endsWith(unit) || !shape.example().contains(","));
        boolean custom = BEHIND.contains(unit) ? points || isBehind : commas;
        return custom ? first(different, commas ? '.' : ',') : null;
    }

    private boolean has(char mark) {
        return shapes.all().stream().anyMatch(shape -> shape.example().indexOf(mark) >= 0);
    }

    /** The unit of numbers that are written like this; empty for none. */
    static String unit(ColumnFormat format) {
        String text = format.text();
        return text.contains("234") ? text.replaceAll("1.?234.5k?|[()]", "").strip() : "";
    }

    /** With this decimal mark. */
    private static ColumnFormat first(List<ColumnFormat> formats, char decimal) {
        return formats.stream()
                .filter(format -> format.text().indexOf(decimal + "5") > 0)
                .findFirst()
                .orElse(null);
    }
}
