package io.github.flux4j.table;

import io.github.flux4j.format.ColumnFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What the cells of a column turn out to be.
 *
 * @param fitting formats that read all cells, each with other values; none for text; several where only the user knows
 * @param best the format that reads most; null if none reads half of them
 * @param read how many it reads
 * @param known how many cells there are but gaps
 * @param odd the first cell that it can't read, one with another unit before others; null if there is none
 * @param differentOdd how many different texts it can't read, up to 5
 */
record Finding(
        List<ColumnFormat> fitting, ColumnFormat best, long read, long known, CellShapes.Shape odd, long differentOdd) {

    private static final Map<String, ColumnFormat> FORMATS = new ConcurrentHashMap<>();
    private static final String[] MARKS = {"1234", "1,234", "1.234", "1 234", "1'234"};
    private static final double NEARLY_ALL = 0.9;
    private static final double ALL_BUT_SLIPS = 0.95;
    private static final int FEW_TEXTS = 3;
    private static final int MOST_UNITS = 3;
    private static final int FEWEST_DRESSED = 3; // 1f and (12) alone may mean anything

    /**
     * Of these cells: numbers and dates, of which every cell must be one; else numbers with units, multiples or in brackets, times, quarters and weeks, of
     * which 95 % must be.
     *
     * @param comma whether numbers have a decimal comma; null if that isn't told
     * @param hasCommas whether another column has decimal commas, or it is told
     */
    static Finding of(CellShapes shapes, Boolean comma, boolean hasCommas) {
        if (shapes.isPlain() && !hasCommas) { // most columns
            return of(shapes, List.of(ColumnFormat.NUMBER), false, 1);
        }
        List<ColumnFormat> candidates = new ArrayList<>(numbers(units(shapes), "", comma, hasCommas));
        candidates.addAll(CellShapes.DATES);
        Finding found = of(shapes, candidates, hasCommas, 1);
        for (List<ColumnFormat> others : List.of(dressed(shapes, comma, hasCommas), CellShapes.TIMES)) {
            boolean isTried = found.isText() && found.known >= FEWEST_DRESSED && !others.isEmpty();
            found = isTried ? found.or(of(shapes, others, hasCommas, ALL_BUT_SLIPS)) : found;
        }
        return found;
    }

    /** The other if it isn't text, or reads more. */
    private Finding or(Finding other) {
        return !other.isText() || other.read > read ? other : this;
    }

    /** Of these cells, at least this share of which are written in one of these ways. */
    static Finding of(CellShapes shapes, List<ColumnFormat> candidates, boolean hasCommas, double share) {
        Collection<CellShapes.Shape> all = shapes.all();
        long known = all.stream().mapToLong(CellShapes.Shape::cells).sum();
        if (known == 0) {
            return new Finding(candidates.subList(0, 1), candidates.get(0), 0, 0, null, 0);
        }
        ToLongFunction<ColumnFormat> reading = format -> all.stream()
                .filter(reader(format, share))
                .mapToLong(CellShapes.Shape::cells)
                .sum();
        long read = candidates.stream().mapToLong(reading).max().orElseThrow();
        List<ColumnFormat> fitting = candidates.stream()
                .filter(format -> reading.applyAsLong(format) == read)
                .toList();
        ColumnFormat best = fitting.get(0);
        List<CellShapes.Shape> odd = all.stream()
                .filter(reader(best, share).negate())
                .sorted(Comparator.<CellShapes.Shape>comparingInt(shape -> hasUnit(shape) ? 0 : 1)
                        .thenComparingLong(CellShapes.Shape::line))
                .toList();
        boolean isText = read < share * known || !odd.isEmpty() && hasUnit(odd.get(0)) && read < known;
        return new Finding(
                isText ? List.of() : new Readings(shapes, fitting, hasCommas).possible(),
                2 * read >= known ? best : null,
                read,
                known,
                odd.isEmpty() ? null : odd.get(0),
                odd.stream()
                        .mapToLong(shape -> hasUnit(shape) ? shape.cells() : 1)
                        .sum());
    }

    /** Which cells are written like this, with the unit unless all must be. */
    private static Predicate<CellShapes.Shape> reader(ColumnFormat format, double share) {
        String unit = Readings.unit(format);
        return shape -> !Double.isNaN(format.value(shape.example()))
                && (share == 1 || isUsual(unit) || shape.unit().equals(unit));
    }

    /** Whether they are numbers with a unit, and not one of money. */
    private static boolean hasUnit(CellShapes.Shape shape) {
        return !isUsual(shape.unit());
    }

    private static boolean isUsual(String unit) {
        return unit.isEmpty() || unit.equals("%") || ColumnFormat.currencies().contains(unit);
    }

    /** All ways to write numbers with these units and these marks around them; first what is usual. */
    private static List<ColumnFormat> numbers(List<String> units, String around, Boolean comma, boolean hasCommas) {
        List<ColumnFormat> numbers = new ArrayList<>();
        for (String unit : units) {
            for (char decimal : hasCommas ? new char[] {',', '.'} : new char[] {'.', ','}) {
                for (String mark : MARKS) {
                    if (mark.indexOf(decimal) < 0 && (comma == null || comma == (decimal == ','))) {
                        String text = text(unit, mark + decimal + 5 + around.replaceAll("[()]", ""));
                        String whole = around.contains("(") ? "(" + text + ")" : text;
                        numbers.add(
                                isUsual(unit)
                                        ? FORMATS.computeIfAbsent(whole, ColumnFormat::of)
                                        : ColumnFormat.of(whole)); // there is no end of units
                    }
                }
            }
        }
        return numbers;
    }

    private static String text(String unit, String number) {
        return isUsual(unit) && !unit.equals("%") ? unit + number : number + (isUsual(unit) ? "" : " ") + unit;
    }

    /** Numbers with the most frequent units, if most cells have one; with multiples and in brackets if there are some. */
    private static List<ColumnFormat> dressed(CellShapes shapes, Boolean comma, boolean hasCommas) {
        List<CellShapes.Shape> numbers =
                shapes.all().stream().filter(CellShapes.Shape::isNumber).toList();
        Map<String, Long> units = new HashMap<>();
        numbers.stream().filter(Finding::hasUnit).forEach(shape -> units.merge(shape.unit(), shape.cells(), Long::sum));
        List<String> frequent = units.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_UNITS)
                .map(Map.Entry::getKey)
                .toList();
        String multiples = numbers.stream().anyMatch(shape -> ColumnFormat.hasMultiple(shape.example())) ? "k" : "";
        String brackets = numbers.stream().anyMatch(shape -> shape.example().startsWith("(")) ? "()" : "";
        String around = multiples + brackets;
        return frequent.isEmpty() && around.isEmpty()
                ? List.of()
                : numbers(frequent.isEmpty() ? units(shapes) : frequent, around, comma, hasCommas);
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

    /** Whether a text was to be numbers or dates, but for a slip: nearly all cells are, or the others are few different ones, or have another unit. */
    boolean isDoubtful() {
        return isText() && best != null && (read >= NEARLY_ALL * known || differentOdd <= FEW_TEXTS || hasTwoUnits());
    }

    /** Whether it is written unlike numbers, money and dates. */
    static boolean isDressed(ColumnFormat format) {
        return CellShapes.TIMES.contains(format)
                || format.text().matches(".*(\\(|5k).*")
                || !isUsual(Readings.unit(format));
    }

    private boolean hasTwoUnits() {
        return !isUsual(Readings.unit(best)) && odd != null && hasUnit(odd);
    }

    /** Such as {@code 98 % of these are numbers}. */
    String share() {
        if (hasTwoUnits()) {
            return "it has two units, " + Readings.unit(best) + " and " + odd.unit();
        }
        long percent = 100 * read / known;
        String unit = Readings.unit(best);
        return (percent == 0 ? "some" : percent + " %") + " of these are " + (best.isDate() ? "dates" : "numbers")
                + (isUsual(unit) ? "" : " with the unit " + unit);
    }
}
