package io.github.flux4j.table;

import io.github.flux4j.format.ColumnFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cells of a column by their shapes, so that few cells stand for all: what formats can read one of a shape can read the others. A shape has x for one to
 * three digits that begin a number, X for more, z for a zero and Z for those that begin with one; 3 for three later ones and n for others. The unit that ends a
 * number belongs to its shape.
 */
final class CellShapes {

    /** Dates that are told apart. */
    static final List<ColumnFormat> DATES = Stream.of(
                    ("year-month-day,day/month/year,month/day/year,year/month/day,day.month.year,year.month.day,day-month-year,month-day-year"
                                    + ",day month year,month day year,year-month,year/month,month/year,month-year,month year")
                            .split(","))
            .map(ColumnFormat::of)
            .toList();

    /** Other times. */
    static final List<ColumnFormat> TIMES = Stream.of("hour:minute", "duration", "year-quarter", "year-week")
            .map(ColumnFormat::of)
            .toList();

    /** Between their parts: most texts lack it. */
    private static final String SEPARATORS = DATES.stream()
            .map(date -> date.text().replaceAll("[a-z]", "").substring(0, 1))
            .collect(Collectors.joining());

    private static final int LONGEST = 48; // characters of a number or a date; a plain number may have more
    private static final int LONGEST_TIME = 20;
    private static final int LONGEST_UNIT = 15; // with a multiple before it
    private static final int LONGEST_PLAIN = 300; // digits, so that none is infinite
    private static final int MOST_KEPT = 50; // texts
    private static final int MOST_SHAPES = 1000; // those with units, which a text may seem to have
    private static final String MARKS = ".,'()% $€£¥-+";

    /** Cells of one shape. */
    static final class Shape {

        private final String example;
        private final long line;
        private final boolean isNumber;
        private final String unit;
        private long cells;

        Shape(String example, long line, boolean isNumber) {
            this.example = example;
            this.line = line;
            this.isNumber = isNumber;
            this.unit = isNumber ? ColumnFormat.unit(example) : "";
        }

        /** The first of them. */
        String example() {
            return example;
        }

        /** Where it stands. */
        long line() {
            return line;
        }

        /** Whether it looks like a number, and not like a date. */
        boolean isNumber() {
            return isNumber;
        }

        /** The unit after the number; empty if there is none. */
        String unit() {
            return unit;
        }

        long cells() {
            return cells;
        }
    }

    private final Shape[] plain = new Shape[PlainShape.COUNT];
    private Map<String, Shape> others = Map.of(); // most columns have none
    private Map<String, Shape> texts = Map.of();
    private Set<String> gaps = Set.of();
    private Map<String, Boolean> endings = Map.of();
    private Shape iso;
    private Shape laterTexts;

    /** The next cell that isn't blank. */
    void add(String cell, long line) {
        int shape = cell.length() <= LONGEST_PLAIN ? PlainShape.of(cell) : -1;
        if (shape >= 0) {
            plain[shape] = counted(plain[shape], cell, line, true);
        } else if (texts.containsKey(cell)) {
            texts.get(cell).cells++;
        } else if (isIso(cell)) {
            iso = counted(iso, cell, line, false);
        } else if (ColumnFormat.isGap(cell)) {
            addGap(cell);
        } else {
            addOther(cell, line);
        }
    }

    private static Shape counted(Shape shape, String cell, long line, boolean isNumber) {
        Shape counted = shape == null ? new Shape(cell, line, isNumber) : shape;
        counted.cells++;
        return counted;
    }

    private void addGap(String cell) {
        gaps = gaps.isEmpty() ? new LinkedHashSet<>() : gaps;
        gaps.add(cell.strip());
    }

    private static boolean isIso(String cell) {
        return cell.length() >= 10
                && cell.length() <= LONGEST
                && cell.charAt(4) == '-'
                && cell.charAt(7) == '-'
                && !Double.isNaN(ColumnFormat.DATE.value(cell));
    }

    private void addOther(String cell, long line) {
        String key = cell.length() > LONGEST ? null : dates(cell);
        boolean isNumber = key == null;
        key = isNumber ? numberKey(cell) : key;
        if (key != null && (others.size() < MOST_SHAPES || others.containsKey(key))) {
            others = others.isEmpty() ? new HashMap<>() : others;
            others.put(key, counted(others.get(key), cell, line, isNumber));
        } else if (texts.size() < MOST_KEPT) {
            texts = texts.isEmpty() ? new HashMap<>() : texts;
            texts.put(cell, counted(null, cell, line, false));
        } else {
            laterTexts = counted(laterTexts, cell, line, false);
        }
    }

    /** Which formats read a date; null if none does. */
    private static String dates(String cell) {
        if (!hasDigit(cell)) {
            return null;
        }
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < DATES.size(); i++) {
            if (cell.indexOf(SEPARATORS.charAt(i)) > 0
                    && !Double.isNaN(DATES.get(i).value(cell))) {
                key.append(" d").append(i);
            }
        }
        if (!key.isEmpty()) {
            return key.toString();
        }
        boolean canBeTime = cell.length() <= LONGEST_TIME && (isDigit(cell.charAt(0)) || cell.charAt(0) == 'Q');
        for (int i = 0; canBeTime && i < TIMES.size(); i++) {
            if (!Double.isNaN(TIMES.get(i).value(cell))) {
                key.append(" t").append(i);
            }
        }
        boolean mayBeUnit = !isDigit(cell.charAt(cell.length() - 1)); // 45m may be metres
        return key.isEmpty() || mayBeUnit && !ColumnFormat.unit(cell).isEmpty() ? null : key.toString();
    }

    private static boolean hasDigit(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (isDigit(cell.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Null if it can be no number. */
    private String numberKey(String cell) {
        if (cell.length() > LONGEST || !hasDigit(cell)) {
            return Double.isNaN(ColumnFormat.NUMBER.value(cell)) ? null : "long";
        }
        StringBuilder key = new StringBuilder();
        int at = 0;
        while (at < cell.length()) {
            int next = element(cell, at, key);
            if (next < 0) {
                return null;
            }
            at = next;
        }
        return key.toString();
    }

    /** Appends what stands there, and gives where the next begins, or −1. */
    private int element(String cell, int at, StringBuilder key) {
        char c = cell.charAt(at);
        if (isDigit(c)) {
            int end = at;
            while (end < cell.length() && isDigit(cell.charAt(end))) {
                end++;
            }
            boolean isFirst = key.chars().noneMatch(k -> "xXzZ3n".indexOf(k) >= 0);
            key.append(
                    isFirst
                            ? c == '0' ? end - at == 1 ? 'z' : 'Z' : end - at <= 3 ? 'x' : 'X'
                            : end - at == 3 ? '3' : 'n');
            return end;
        }
        if ((c | 0x20) == 'e'
                && !Double.isNaN(ColumnFormat.NUMBER.value(cell.replace(',', '.')))) { // and isn't infinite
            key.append(c);
            return at + 1;
        }
        for (String code : ColumnFormat.currencies()) {
            if (code.length() > 1 && cell.startsWith(code, at)) {
                key.append(code);
                return at + code.length();
            }
        }
        char mark = c == '’' ? '\'' : c == '−' ? '-' : Character.isSpaceChar(c) || c == '\t' ? ' ' : c;
        if (MARKS.indexOf(mark) >= 0) {
            key.append(mark);
            return at + 1;
        }
        key.append(cell, at, cell.length());
        return isEnding(cell, at) ? cell.length() : -1;
    }

    /** Whether a unit or a multiple is the rest of a number; the same few follow most numbers. */
    private boolean isEnding(String cell, int at) {
        if (at == 0 || cell.length() - at > LONGEST_UNIT) {
            return false;
        }
        String rest = cell.substring(at - 1);
        Boolean known = endings.get(rest);
        if (known == null) {
            known = ColumnFormat.hasMultiple(cell) || !ColumnFormat.unit(cell).isEmpty();
            endings = endings.isEmpty() ? new HashMap<>() : endings;
            endings.putAll(endings.size() < MOST_SHAPES ? Map.of(rest, known) : Map.of());
        }
        return known;
    }

    /** All shapes but those of gaps. */
    Collection<Shape> all() {
        List<Shape> all = new ArrayList<>();
        for (Shape shape : plain) {
            if (shape != null) {
                all.add(shape);
            }
        }
        all.addAll(others.values());
        all.addAll(texts.values());
        if (iso != null) {
            all.add(iso);
        }
        if (laterTexts != null) {
            all.add(laterTexts);
        }
        return all;
    }

    /** Whether all are digits, some with a point. */
    boolean isPlain() {
        boolean isPlain = others.isEmpty() && texts.isEmpty() && iso == null;
        for (int code = 0; isPlain && code < plain.length; code++) {
            isPlain = plain[code] == null || PlainShape.hasNoComma(code);
        }
        return isPlain;
    }

    /** The first numbers that begin with a zero before further digits, as codes do; null if there are none. */
    Shape code() {
        return all().stream()
                .filter(shape -> shape.isNumber() && shape.example().matches("\\D*0\\d.*"))
                .min(Comparator.comparingLong(Shape::line))
                .orElse(null);
    }

    /** The marks of gaps. */
    Set<String> gaps() {
        return gaps;
    }
}
