package io.github.flux4j.internal.judge;

import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A first look at which rows resemble each other, without training: how much further a row's target is from its nearest neighbour's once the
 * neighbours of its group, or those of its block of time and later ones, aren't asked. For one thread.
 */
final class Neighbours {

    private static final double MOST_WORK = 3e8;
    private static final int MOST_ROWS = 500;
    private static final int FEWEST_ROWS = 50;
    private static final int BLOCKS = 10;

    /** In standard errors over groups, and over blocks of time, which are few; what passes is tried by networks. */
    private static final double SURE = 3;

    private static final double SURE_IN_TIME = 1;

    private static final double WORSE = 1.1;

    private final Examples examples;
    private final int[] asked;

    /**
     * Of rows without cosines.
     *
     * @param candidates how many columns will be tried
     */
    Neighbours(Examples examples, int candidates) {
        this.examples = examples;
        int rows = examples.count();
        int count = (int) Math.min(Math.min(MOST_ROWS, rows), MOST_WORK / rows / (examples.inputs() + candidates));
        this.asked = Examples.spread(rows, count < FEWEST_ROWS ? 0 : count);
    }

    /** Which neighbours a row may ask, and to which group it belongs; that is −1 of a row that isn't asked. */
    private record Parts(int[] ofRows, boolean areInTime) {

        boolean allow(int row, int neighbour) {
            return areInTime
                    ? ofRows[neighbour] >= 0 && ofRows[neighbour] < ofRows[row]
                    : ofRows[neighbour] != ofRows[row];
        }

        boolean asks(int row) {
            return ofRows[row] >= (areInTime ? BLOCKS / 2 : 0);
        }
    }

    /** The first of these columns by which the error grows most; null if it grows by none. */
    Column worst(List<Column> columns, boolean inTime) {
        List<Parts> parts = columns.stream()
                .map(column -> inTime ? blocks((Numbers) column) : groups(column))
                .toList();
        double[][] errors = errors(parts);
        Column worst = null;
        double most = 0;
        for (int c = 0; c < columns.size(); c++) {
            double grown = grown(parts.get(c), errors[c], errors[columns.size()]);
            if (grown > most) {
                most = grown;
                worst = columns.get(c);
            }
        }
        return worst;
    }

    private static Parts groups(Column column) {
        Map<String, Integer> known = new HashMap<>();
        return new Parts(
                IntStream.range(0, column.size())
                        .map(row -> column.isMissing(row)
                                ? -1
                                : known.computeIfAbsent(column.text(row), text -> known.size()))
                        .toArray(),
                false);
    }

    private static Parts blocks(Numbers time) {
        double[] sorted = Examples.sorted(time);
        return new Parts(
                IntStream.range(0, time.size())
                        .map(row -> time.isMissing(row) ? -1 : BLOCKS * first(sorted, time.value(row)) / sorted.length)
                        .toArray(),
                true);
    }

    /** How many are smaller. */
    static int first(double[] sorted, double value) {
        int at = Arrays.binarySearch(sorted, value);
        while (at > 0 && sorted[at - 1] == value) {
            at--;
        }
        return at;
    }

    /** Of each row that is asked: by each of these parts, and by all other rows; NaN where there is no neighbour. */
    private double[][] errors(List<Parts> parts) {
        double[][] errors = new double[parts.size() + 1][asked.length];
        for (int i = 0; i < asked.length; i++) {
            int[] nearest = nearest(parts, asked[i]);
            for (int p = 0; p < nearest.length; p++) {
                errors[p][i] = nearest[p] < 0 ? Double.NaN : difference(asked[i], nearest[p]);
            }
        }
        return errors;
    }

    private int[] nearest(List<Parts> parts, int row) {
        int[] nearest = new int[parts.size() + 1];
        double[] least = new double[nearest.length];
        Arrays.fill(nearest, -1);
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int other = 0; other < examples.count(); other++) {
            double distance = other == row ? Double.POSITIVE_INFINITY : distance(row, other);
            for (int p = 0; p < nearest.length; p++) {
                if (distance < least[p] && (p == parts.size() || parts.get(p).allow(row, other))) {
                    least[p] = distance;
                    nearest[p] = other;
                }
            }
        }
        return nearest;
    }

    private double distance(int row, int other) {
        double sum = 0;
        for (int i = 0; i < examples.inputs(); i++) {
            float off = examples.features()[row * examples.inputs() + i]
                    - examples.features()[other * examples.inputs() + i];
            sum += off * off;
        }
        return sum;
    }

    private double difference(int row, int other) {
        double sum = 0;
        for (int k = 0; k < examples.outputs(); k++) {
            sum += Math.abs(examples.targets()[row * examples.outputs() + k]
                    - examples.targets()[other * examples.outputs() + k]);
        }
        return sum;
    }

    /** By how much, if that is sure; else 0. */
    private double grown(Parts parts, double[] without, double... with) {
        Map<Integer, List<Double>> byGroup = new HashMap<>();
        double before = 0;
        double after = 0;
        for (int i = 0; i < asked.length; i++) {
            if (parts.asks(asked[i]) && !Double.isNaN(without[i])) {
                byGroup.computeIfAbsent(parts.ofRows()[asked[i]], group -> new ArrayList<>())
                        .add(without[i] - with[i]);
                before += with[i];
                after += without[i];
            }
        }
        double[] means = byGroup.values().stream()
                .mapToDouble(each ->
                        each.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                .toArray();
        double mean = DoubleStream.of(means).average().orElse(0);
        double error = Math.sqrt(
                DoubleStream.of(means).map(x -> (x - mean) * (x - mean)).sum()
                        / means.length
                        / Math.max(1, means.length - 1));
        return mean > (parts.areInTime() ? SURE_IN_TIME : SURE) * error && after > WORSE * before ? mean : 0;
    }
}
