package io.github.flux4j.evaluate;

import io.github.flux4j.internal.records.Key;
import io.github.flux4j.report.Histogram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was said of rows by models that never saw them, in as much detail as pictures show: a few hundred numbers however many rows there are.
 *
 * @param parts by the metric's name, its value for the rows that each network, or each fold, left out; empty if there are no two
 * @param numbers for each target of numbers
 * @param labels for a target of classes
 * @param importance of each column, by shuffling its values among some of these rows; without columns for several targets, of more than 200 columns, or of
 *     folds
 */
public record Unseen(
        Map<String, List<Double>> parts,
        List<Numbers> numbers,
        @Key(inline = true) Labels labels,
        @Key(optional = true) Importance importance) {

    /** The levels of intervals whose coverage is known. */
    public static final List<Double> LEVELS = List.of(0.5, 0.6, 0.7, 0.8, 0.9, 0.95);

    public static final Unseen NONE = new Unseen(Map.of(), List.of(), Labels.NONE, Importance.NONE);

    /** Without importance there is {@link Importance#NONE}. */
    public Unseen {
        importance = importance == null ? Importance.NONE : importance;
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        numbers = List.copyOf(numbers);
    }

    /**
     * Numbers, predicted.
     *
     * @param rows how many
     * @param actual of some of them, outliers included
     * @param predicted for the same
     * @param residuals of all, actual less predicted
     * @param coverage the share of rows in the interval of each of {@link #LEVELS}; empty if there are no intervals
     */
    public record Numbers(
            String target,
            int rows,
            List<Double> actual,
            List<Double> predicted,
            @Key(inline = true) Histogram residuals,
            List<Double> coverage) {

        public Numbers {
            actual = List.copyOf(actual);
            predicted = List.copyOf(predicted);
            coverage = List.copyOf(coverage);
            require(actual.size() == predicted.size());
            require(coverage.isEmpty() || coverage.size() == LEVELS.size());
        }
    }

    /**
     * Classes, predicted.
     *
     * @param classes the most frequent ones, and others as the last if there are more than 24
     * @param confusion for each true class, how many rows were taken for each
     * @param calibration by the probability of the class that was taken, from low to high
     */
    public record Labels(List<String> classes, List<List<Integer>> confusion, List<Bin> calibration) {

        public static final Labels NONE = new Labels(List.of(), List.of(), List.of());

        public Labels {
            classes = List.copyOf(classes);
            confusion = new ArrayList<>(confusion).stream().map(List::copyOf).toList();
            calibration = List.copyOf(calibration);
            int count = classes.size();
            require(confusion.size() == count && confusion.stream().allMatch(row -> row.size() == count));
        }
    }

    /**
     * Rows that a model was about equally sure of.
     *
     * @param probability their mean
     * @param right the share of them that were right
     */
    public record Bin(double probability, double right, int rows) {}

    private static void require(boolean fit) {
        if (!fit) {
            throw new IllegalArgumentException(
                    "numbers that fit together were expected of the held-out rows, but they don't");
        }
    }
}
