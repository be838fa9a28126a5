package io.github.flux4j.table;

import io.github.flux4j.internal.csv.Names;
import java.util.List;
import java.util.Objects;

/**
 * How evaluation divides a table's rows: into k folds, a held-out share, or each row by itself. By default the order is random with seed 0, the same on every
 * machine.
 *
 * <pre>{@code
 * kfold(5).repeats(3).stratified().of(iris, "species")
 * kfold(5).groupedBy("patient").of(visits, "pressure")
 * kfold(5).orderedBy("date").of(prices, "price")          // trains on what came before
 * kfold(5).inOrder().of(prices, "price")                  // the same for rows that stand in that order
 * holdout(0.2).of(cars, "Miles_per_Gallon")
 * }</pre>
 *
 * @param k the number of folds; 0 for a held-out share, or for each row (or group) as a fold
 * @param share of the rows to hold out; 0 for folds
 * @param repeats how many times, each in another random order
 * @param order in which rows are taken
 * @param strata whether each fold gets an equal share of each value of the target, such as a class
 * @param groups the column whose equal values keep rows together; empty for none
 * @param time the column that orders the rows; empty for the table's order, or for none
 * @param seed of the random order
 */
public record Folds(
        int k, double share, int repeats, Order order, boolean strata, String groups, String time, long seed) {

    /** The order in which rows are taken. */
    public enum Order {
        /** Random. */
        RANDOM,
        /** The table's order. */
        ROWS,
        /** The table's order, or a column's; models train only on the rows before a fold. */
        TIME
    }

    /**
     * Checks the combination.
     *
     * @throws IllegalArgumentException if a number is out of range, repeats are not random, or the order of time comes with strata or with each row as a fold
     */
    public Folds {
        Objects.requireNonNull(order, "order is null");
        Objects.requireNonNull(groups, "groups is null");
        Objects.requireNonNull(time, "time is null");
        require(
                k >= 0 && k != 1 && share >= 0 && share < 1 && (k == 0 || share == 0),
                "expected 2 folds or more, or a share above 0 and below 1, but got " + k + " and " + share);
        require(repeats >= 1, "repeats must be at least 1, but was " + repeats);
        require(
                repeats == 1 || order == Order.RANDOM,
                "repeats need a random order; otherwise all of them are the same");
        require(
                order != Order.TIME || !strata && k + share > 0,
                "the order of time needs folds or a share, and can't be stratified");
        require(order == Order.TIME || time.isEmpty(), "a time column needs the order of time");
        require(
                !strata || groups.isEmpty(),
                "folds can't be both stratified and grouped, because whole groups rarely have the same share of each class");
    }

    private static void require(boolean good, String message) {
        if (!good) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * k folds in random order; a model trained on the others tests each.
     *
     * @throws IllegalArgumentException if k is below 2
     */
    public static Folds kfold(int k) {
        require(k >= 2, "kfold(k) needs a k of 2 or more, but k was " + k);
        return new Folds(k, 0, 1, Order.RANDOM, false, "", "", 0);
    }

    /**
     * One fold: this share of the rows, drawn at random.
     *
     * @throws IllegalArgumentException if the share isn't above 0 and below 1
     */
    public static Folds holdout(double share) {
        require(share > 0 && share < 1, "holdout(share) needs a share above 0 and below 1, but it was " + share);
        return new Folds(0, share, 1, Order.RANDOM, false, "", "", 0);
    }

    /** As many folds as rows, or as groups. */
    public static Folds leaveOneOut() {
        return new Folds(0, 0, 1, Order.ROWS, false, "", "", 0);
    }

    /** A copy that repeats the division, each time in another order; default 1. */
    public Folds repeats(int times) {
        return new Folds(k, share, times, order, strata, groups, time, seed);
    }

    /** A copy in which each fold has the same share of each value of the target, to within a row. */
    public Folds stratified() {
        return new Folds(k, share, repeats, order, true, groups, time, seed);
    }

    /**
     * A copy that keeps rows with the same value of this column in one fold. Folds are as equal in size as groups allow. In the order of time, a group lies in the
     * fold of its latest row.
     */
    public Folds groupedBy(String column) {
        Names.require(column);
        return new Folds(k, share, repeats, order, strata, column, time, seed);
    }

    /**
     * A copy for rows that stand in the order of time. Each of k folds is a (k + 1)-th of the rows, and models train on all rows before it, so the first rows are
     * never tested. A held-out share is the last rows.
     */
    public Folds inOrder() {
        return new Folds(k, share, repeats, Order.TIME, strata, groups, "", seed);
    }

    /** {@link #inOrder} by this column of dates or numbers, without gaps; rows of the same time stay together. */
    public Folds orderedBy(String column) {
        Names.require(column);
        return new Folds(k, share, repeats, Order.TIME, strata, groups, column, seed);
    }

    /** A copy that takes rows as they stand: folds are blocks of rows. */
    public Folds unshuffled() {
        return new Folds(k, share, repeats, Order.ROWS, strata, groups, "", seed);
    }

    /** A copy with another random order; default seed 0. */
    public Folds seed(long other) {
        return new Folds(k, share, repeats, order, strata, groups, time, other);
    }

    /**
     * The row numbers to train and test on, fold by fold, repeat by repeat; each is computed when it is taken from the list.
     *
     * @param target column that strata refer to
     * @throws IllegalArgumentException if a column is missing, there are fewer rows (or groups) than folds, a part would be empty, or a row has no group or time
     */
    public List<RowSplit> of(Table table, String target) {
        Column labels = Objects.requireNonNull(table, "table is null").column(target);
        if (order == Order.TIME) {
            Timeline timeline = Timeline.of(table, time, groups);
            return share > 0 ? timeline.heldOut(share) : timeline.folds(k);
        }
        Assignment assignment = new Assignment(this, labels, groups.isEmpty() ? null : table.column(groups));
        return RowSplits.of(assignment.all(), share > 0 ? 1 : assignment.folds());
    }

    /** Row numbers to train and to test on, ascending. The caller owns the arrays. */
    public record RowSplit(int[] train, int[] test) {}
}
