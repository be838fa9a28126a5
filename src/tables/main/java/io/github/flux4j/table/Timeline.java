package io.github.flux4j.table;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Order;
import io.github.flux4j.table.Folds.RowSplit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows in the order of time, and where it may be cut: between two times, never within one. A group has the time of its latest row. */
final class Timeline {

    private final int[] order;
    /** Where another time begins, but for the first. */
    private final int[] starts;

    private Timeline(double... times) {
        this.order = Order.by(times.length, row -> times[row]);
        this.starts = IntStream.range(1, order.length)
                .filter(i -> times[order[i]] > times[order[i - 1]])
                .toArray();
    }

    /** By a column of numbers or dates; by none, rows are in order as they stand. */
    static Timeline of(Table table, String time, String groups) {
        double[] times = time.isEmpty()
                ? IntStream.range(0, table.rows()).asDoubleStream().toArray()
                : known(table.column(time));
        return new Timeline(groups.isEmpty() ? times : latest(times, table.column(groups)));
    }

    private static double[] known(Column column) {
        if (!(column instanceof Numbers numbers)) {
            throw new IllegalArgumentException("the order of time needs a column of numbers or dates, but "
                    + Names.shown(column.name()) + " is text; write dates as 2024-12-31, or name another column");
        }
        if (numbers.missing() > 0) {
            throw new IllegalArgumentException(
                    "every row needs a time, but " + numbers.missing() + " have none in " + Names.shown(column.name()));
        }
        return numbers.values();
    }

    private static double[] latest(double[] times, Column groups) {
        Map<String, Double> latest = new HashMap<>();
        for (int row = 0; row < times.length; row++) {
            latest.merge(Assignment.group(groups, row), times[row], Math::max);
        }
        return IntStream.range(0, times.length)
                .mapToDouble(row -> latest.get(groups.text(row)))
                .toArray();
    }

    /** The last rows in k folds, each a (k + 1)-th of all rows as nearly as times allow, with all rows before it. */
    List<RowSplit> folds(int k) {
        if (starts.length < k) {
            throw new IllegalArgumentException((k + 1) + " different times or more are needed for " + k
                    + " folds in the order of time, but there are " + (starts.length + 1)
                    + ", counting each group's latest row; use fewer folds, or no order of time");
        }
        int length = order.length / (k + 1);
        int[] cuts = new int[k + 1];
        int place = -1;
        for (int i = 0; i < k; i++) {
            place = nearest(order.length - (k - i) * length, place + 1, starts.length - k + i);
            cuts[i] = starts[place];
        }
        cuts[k] = order.length;
        return RowSplits.of(k, i -> split(cuts[i], cuts[i + 1]));
    }

    /** The last rows, about this share of them. */
    List<RowSplit> heldOut(double share) {
        if (starts.length == 0) {
            throw new IllegalArgumentException(
                    "all rows have the same time, counting each group's latest row, so none can be held out; drop the order of time");
        }
        int cut = starts[nearest((int) Math.round(order.length * (1 - share)), 0, starts.length - 1)];
        return List.of(split(cut, order.length));
    }

    private int nearest(int wanted, int from, int to) {
        int found = Arrays.binarySearch(starts, from, to + 1, wanted);
        int above = found >= 0 ? found : -found - 1;
        boolean isBelow = above > to || above > from && wanted - starts[above - 1] <= starts[above] - wanted;
        return found < 0 && isBelow ? above - 1 : above;
    }

    private RowSplit split(int from, int to) {
        return new RowSplit(
                IntStream.of(order).limit(from).sorted().toArray(),
                IntStream.of(order).skip(from).limit(to - from).sorted().toArray());
    }
}
