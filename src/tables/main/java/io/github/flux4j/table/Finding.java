package io.github.flux4j.table;

import io.github.flux4j.format.ColumnFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the cells of a column turn out to be.
 *
 * @param fitting formats that read all cells, each with other values; none for text; several where only the user knows
 * @param best the format that reads most; null if none reads half of them
 * @param read how many it reads
 * @param known how many cells there are but gaps
 * @param odd the first cell that it can't read; null if there is none
 * @param differentOdd how many different texts it can't read, up to 5
 */
record Finding(
        List<ColumnFormat> fitting, ColumnFormat best, long read, long known, CellShapes.Shape odd, int differentOdd) {

    private static final Map<String, ColumnFormat> FORMATS = new ConcurrentHashMap<>();
    private static final String[] MARKS = {"1234", "1,234", "1.234", "1 234", "1'234"};
    private static final double NEARLY_ALL = 0.9;
    private static final int FEW_TEXTS = 3;

    /**
     * Of these cells.
     *
     * @param comma whether numbers have a decimal comma; null if that isn't told
     * @param hasCommas whether another column has decimal commas, or it is told
     */
    static Finding of(CellShapes shapes, Boolean comma, boolean hasCommas) {
        if (shapes.isPlain() && !hasCommas) { // most columns
            return of(shapes, List.of(ColumnFormat.NUMBER), false);
        }
        List<ColumnFormat> candidates = new ArrayList<>(numbers(shapes, comma, hasCommas));
        candidates.addAll(CellShapes.DATES);
        return of(shapes, candidates, hasCommas);
    }

    /** Of these cells, which are written in one of these ways. */
    static Finding of(CellShapes shapes, List<ColumnFormat> candidates, boolean hasCommas) {
        long known = shapes.all().stream().mapToLong(CellShapes.Shape::cells).sum();
        if (known == 0) {
            return new Finding(candidates.subList(0, 1), candidates.get(0), 0, 0, null, 0);
        }
        List<ColumnFormat> fitting = candidates.stream()
                .filter(format -> read(shapes, format) == known)
                .toList();
        ColumnFormat best = fitting.isEmpty() ? best(shapes, candidates) : fitting.get(0);
        long read = read(shapes, best);
        List<CellShapes.Shape> odd = shapes.all().stream()
                .filter(shape -> Double.isNaN(best.value(shape.example())))
                .sorted(Comparator.comparingLong(CellShapes.Shape::line))
                .toList();
        return new Finding(
                fitting.isEmpty() ? fitting : new Readings(shapes, fitting, hasCommas).possible(),
                2 * read >= known ? best : null,
                read,
                known,
                odd.isEmpty() ? null : odd.get(0),
                odd.size());
    }

    private static ColumnFormat best(CellShapes shapes, List<ColumnFormat> candidates) {
        ColumnFormat best = candidates.get(0);
        for (ColumnFormat candidate : candidates) {
            best = read(shapes, candidate) > read(shapes, best) ? candidate : best;
        }
        return best;
    }

    private static long read(CellShapes shapes, ColumnFormat format) {
        return shapes.all().stream()
                .filter(shape -> !Double.isNaN(format.value(shape.example())))
                .mapToLong(CellShapes.Shape::cells)
                .sum();
    }

    /** All ways to write numbers with the units that are there; first what is usual. */
    private static List<ColumnFormat> numbers(CellShapes shapes, Boolean comma, boolean hasCommas) {
        List<ColumnFormat> numbers = new ArrayList<>();
        for (String unit : units(shapes)) {
            for (char decimal : hasCommas ? new char[] {',', '.'} : new char[] {'.', ','}) {
                for (String mark : MARKS) {
                    if (mark.indexOf(decimal) < 0 && (comma == null || comma == (decimal == ','))) {
                        numbers.add(FORMATS.computeIfAbsent(text(unit, mark + decimal + 5), ColumnFormat::of));
                    }
                }
            }
        }
        return numbers;
    }

    private static String text(String unit, String number) {
        return unit.equals("%") ? number + unit : unit + number;
    }

    private static List<String> units(CellShapes shapes) {
        List<String> there = Stream.concat(ColumnFormat.currencies().stream(), Stream.of("%"))
                .filter(unit -> shapes.all().stream()
                        .anyMatch(shape -> shape.isNumber() && shape.example().contains(unit)))
                .toList();
        return there.isEmpty() ? List.of("") : there;
    }

    /** Whether all numbers have a decimal comma, and some can have nothing else. */
    boolean hasDecimalCommas() {
        return !fitting.isEmpty()
                && fitting.stream()
                        .allMatch(format -> !format.isDate() && format.text().contains(",5"));
    }

    boolean isText() {
        return fitting.isEmpty();
    }

    boolean isAmbiguous() {
        return fitting.size() > 1;
    }

    /** Whether a text was to be numbers or dates, but for a slip: nearly all cells are, or the others are few different ones. */
    boolean isDoubtful() {
        return isText() && best != null && (read >= NEARLY_ALL * known || differentOdd <= FEW_TEXTS);
    }

    /** Such as {@code 98 % of these are numbers}. */
    String share() {
        long percent = 100 * read / known;
        return (percent == 0 ? "some" : percent + " %") + " of these are " + (best.isDate() ? "dates" : "numbers");
    }
}
