package io.github.flux4j.internal.prepare;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Rows that stand for those of training: centres by k-means (Lloyd 1982) of prepared rows without cosines. A centre has the mean of its rows' numbers and the most frequent of their texts, and stands for at least five rows where there are so many, so
 * that it is none of them. The same each time. For one thread.
 */
public final class Centres {

    public static final int MOST_COLUMNS = 500;

    private static final int MOST = 50;
    private static final int MOST_VALUES = 10_000; // in a model's file
    private static final int MOST_ROWS = 2000;
    private static final int FEW_ROWS = 50;
    private static final int MOST_NUMBERS = 400_000;
    private static final int FEWEST = 5;
    private static final int ROUNDS = 10;

    private final float[][] points;
    private final List<float[]> centres = new ArrayList<>();
    private int[] nearest;

    private Centres(float[]... points) {
        this.points = points;
    }

    /**
     * Of these rows, as {@link Features#over} takes them; none of more than {@link #MOST_COLUMNS} columns.
     *
     * @param keepRows whether a centre gives way to the row that is nearest to it
     */
    public static List<List<Object>> of(Prepared data, boolean keepRows) {
        int columns = data.preparation().names().size();
        if (columns > MOST_COLUMNS) {
            return List.of();
        }
        int[] plain = data.preparation().plain();
        int[] rows = taken(data.learnt().count(), plain.length);
        Centres centres = new Centres(IntStream.of(rows)
                .mapToObj(row -> point(data.learnt(), row, plain))
                .toArray(float[][]::new));
        centres.find(Math.max(1, Math.min(Math.min(MOST, MOST_VALUES / columns), rows.length / (2 * FEWEST))));
        return centres.background(data.preparation(), data.intake().table().rows(rows), keepRows);
    }

    private static int[] taken(int rows, int width) {
        int count = Math.min(rows, Math.max(FEW_ROWS, Math.min(MOST_ROWS, MOST_NUMBERS / width)));
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * rows / count))
                .toArray();
    }

    private static float[] point(Examples examples, int row, int... columns) {
        float[] point = new float[columns.length];
        for (int j = 0; j < columns.length; j++) {
            point[j] = examples.features()[row * examples.inputs() + columns[j]];
        }
        return point;
    }

    /** From rows as far apart as they can be. */
    private void find(int count) {
        for (int c = 0; c < count; c++) {
            centres.add(points[(int) ((long) c * points.length / count)]);
        }
        nearest = nearest();
        for (int round = 0; round < ROUNDS; round++) {
            centres.replaceAll(centre -> mean(centre, members(centres.indexOf(centre))));
            nearest = nearest();
        }
        while (centres.size() > 1 && members(smallest()).length < FEWEST) {
            centres.remove(smallest());
            nearest = nearest();
        }
    }

    private static double squares(float[] one, float... other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum += (one[j] - other[j]) * (one[j] - other[j]);
        }
        return sum;
    }

    private int[] nearest() {
        return Arrays.stream(points)
                .mapToInt(point -> IntStream.range(0, centres.size())
                        .boxed()
                        .min(Comparator.comparingDouble(c -> squares(point, centres.get(c))))
                        .orElseThrow())
                .toArray();
    }

    private int[] members(int centre) {
        return IntStream.range(0, points.length)
                .filter(i -> nearest[i] == centre)
                .toArray();
    }

    private float[] mean(float[] centre, int... members) {
        float[] mean = members.length == 0 ? centre : new float[centre.length];
        for (int i : members) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += points[i][j] / members.length;
            }
        }
        return mean;
    }

    private int smallest() {
        return IntStream.range(0, centres.size())
                .boxed()
                .min(Comparator.comparingInt(c -> members(c).length))
                .orElseThrow();
    }

    private List<List<Object>> background(Preparation preparation, Table rows, boolean keepRows) {
        List<List<Object>> background = new ArrayList<>();
        for (int c = 0; c < centres.size(); c++) {
            int[] members = members(c);
            int[] shown = keepRows ? new int[] {middle(c)} : members;
            List<Object> values = new ArrayList<>(List.of(members.length / (double) points.length));
            for (Feature feature : preparation.features().list()) {
                values.add(value(feature, rows.column(feature.name()), shown));
            }
            background.add(values);
        }
        return background;
    }

    /** The row that is nearest to a centre. */
    private int middle(int centre) {
        return IntStream.of(members(centre))
                .boxed()
                .min(Comparator.comparingDouble(i -> squares(points[i], centres.get(centre))))
                .orElseThrow();
    }

    private static Object value(Feature feature, Column column, int... rows) {
        return feature instanceof TextFeature text ? frequent(text, column, rows) : mean((Numbers) column, rows);
    }

    /** The most frequent level; an empty text where most have none. */
    private static String frequent(TextFeature feature, Column column, int... rows) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int row : rows) {
            counts.merge(feature.place(column.text(row)), 1, Integer::sum);
        }
        int place = counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        return place >= 0 ? feature.levels().get(place) : feature.missing() == null ? "" : feature.typical();
    }

    /** An empty text where most are missing. */
    private static Object mean(Numbers column, int... rows) {
        double[] known = IntStream.of(rows)
                .mapToDouble(column::value)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        if (2 * known.length < rows.length) {
            return "";
        }
        return Arrays.stream(known).map(value -> value / known.length).sum();
    }
}
