package io.github.flux4j.internal.line;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Preparation;
import io.github.flux4j.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * Rows as linear models see them, in double: numbers without clipping, a 1 for a gap of a column that has some, a date's calendar, and for each text a 1
 * in the place of its level, which is stored as that place.
 *
 * @param places where the terms are in a prepared row: those of numbers first, then the levels
 * @param dense how many of them are numbers
 * @param numbers row after row
 * @param texts how many of a row's terms are levels
 * @param levels the term of each text's level, row after row; −1 for none
 */
public record LinearRows(int count, int[] places, int dense, double[] numbers, int texts, int[] levels) {

    /** A deviation of less than that of the mean can't be told from rounding in sums of squares. */
    private static final double CONSTANT = 1e-7;

    /**
     * The rows of a table by a preparation with straight numbers.
     *
     * @param gaps the table that says which columns have gaps
     */
    public static LinearRows of(Preparation straight, Table gaps, Table table) {
        return of(straight, gaps, table, (feature, place) -> true);
    }

    /** The same of some terms, by feature and place within it. */
    public static LinearRows of(Preparation straight, Table gaps, Table table, BiPredicate<Feature, Integer> wanted) {
        List<Integer> numbers = new ArrayList<>();
        List<Integer> levels = new ArrayList<>();
        List<int[]> texts = new ArrayList<>(); // where each begins, in a row and among the terms, and its width
        int at = 0;
        for (Feature feature : straight.features().list()) {
            if (feature instanceof NumberFeature number) {
                boolean hasGaps = gaps.column(feature.name()).missing() > 0;
                for (int place : terms(number, hasGaps)) {
                    if (wanted.test(feature, place)) {
                        numbers.add(at + place);
                    }
                }
            } else if (wanted.test(feature, 0)) {
                texts.add(new int[] {at, levels.size(), feature.width()});
                IntStream.range(at, at + feature.width()).forEach(levels::add);
            }
            at += feature.width();
        }
        int dense = numbers.size();
        numbers.addAll(levels);
        int[] places = numbers.stream().mapToInt(Integer::intValue).toArray();
        LinearRows rows = new LinearRows(
                table.rows(),
                places,
                dense,
                new double[Examples.numbers(table.rows(), dense)],
                texts.size(),
                new int[Examples.numbers(table.rows(), texts.size())]);
        straight.each(table, (row, i) -> rows.put(row, i, texts));
        return rows;
    }

    /** The calendar, the number and its gap, as they stand in a prepared row. */
    private static List<Integer> terms(NumberFeature number, boolean hasGaps) {
        List<Integer> terms = new ArrayList<>();
        if (number.calendar()) {
            IntStream.range(number.curve() == null ? 1 : 2, number.plainWidth()).forEach(terms::add);
        }
        if (number.straight()) {
            terms.add(number.curvedWidth());
        }
        if (number.straight() && hasGaps) {
            terms.add(number.curvedWidth() + 1);
        }
        return terms;
    }

    private void put(double[] row, int i, List<int[]> blocks) {
        for (int j = 0; j < dense; j++) {
            numbers[i * dense + j] = row[places[j]];
        }
        for (int t = 0; t < texts; t++) {
            int[] block = blocks.get(t);
            int level = 0;
            while (level < block[2] && row[block[0] + level] == 0) {
                level++;
            }
            levels[i * texts + t] = level == block[2] ? -1 : dense + block[1] + level;
        }
    }

    /** How many terms a line has. */
    int size() {
        return places.length;
    }

    /** {@code Σ weight·term}. */
    double product(int row, double[] weights) {
        int from = row * dense;
        double sum = 0;
        double other = 0; // two sums, since each addition waits for the one before it
        int j = 0;
        for (; j + 1 < dense; j += 2) {
            sum += weights[j] * numbers[from + j];
            other += weights[j + 1] * numbers[from + j + 1];
        }
        sum += j < dense ? weights[j] * numbers[from + j] : 0;
        for (int t = 0; t < texts; t++) {
            int term = levels[row * texts + t];
            sum += term < 0 ? 0 : weights[term];
        }
        return sum + other;
    }

    /** Adds so many times a row. */
    void add(int row, double times, double[] into) {
        int from = row * dense;
        for (int j = 0; j < dense; j++) {
            into[j] += times * numbers[from + j];
        }
        for (int t = 0; t < texts; t++) {
            int term = levels[row * texts + t];
            if (term >= 0) {
                into[term] += times;
            }
        }
    }

    /** The deviation of each number over all rows, by which a penalty counts it; 0 for a constant, 1 for a level. */
    public double[] units(double[] weights) {
        double[] units = new double[size()];
        Arrays.fill(units, 1);
        double all = weights == null ? count : Arrays.stream(weights).sum();
        for (int j = 0; j < dense; j++) {
            double mean = 0;
            for (int i = 0; i < count; i++) {
                mean += (weights == null ? 1 : weights[i]) * numbers[i * dense + j] / all;
            }
            double squares = 0;
            for (int i = 0; i < count; i++) {
                double off = numbers[i * dense + j] - mean;
                squares += (weights == null ? 1 : weights[i]) * off * off / all;
            }
            double unit = Math.sqrt(squares);
            units[j] = unit > CONSTANT * Math.abs(mean) ? unit : 0;
        }
        return units;
    }
}
