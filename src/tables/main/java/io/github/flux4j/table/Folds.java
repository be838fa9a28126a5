package io.github.flux4j.table;

import io.github.flux4j.internal.csv.Names;
import java.util.List;
import java.util.Objects;

/**
 * How a table's rows are divided for evaluation: into k folds, some held out, or each row by itself. In random order by a seed (0 unless told
 * otherwise), the same on every machine.
 *
 * <pre>{@code
 * kfold(5).repeats(3).stratified().of(iris, "species")
 * kfold(5).groupedBy("patient").of(visits, "pressure")
 * kfold(5).orderedBy("date").of(prices, "price")          // trains on what came before
 * kfold(5).inOrder().of(prices, "price")                  // the same of rows that stand in that order
 * holdout(0.2).of(cars, "Miles_per_Gallon")
 * }</pre>
 *
 * @param k the number of folds; 0 if a share is held out, or each row (or group) is a fold
 * @param share of the rows that is held out; 0 for folds
 * @param repeats how many times all of it is done, each time in another order
 * @param order in which rows are taken
 * @param strata whether each fold gets its share of each value of the target, such as a class
 * @param groups the column whose rows with the same value stay together; empty for none
 * @param time the column in whose order rows are; empty for as they stand, or if they are in none
 * @param seed of the random order
 */
public record Folds(
        int k, double share, int repeats, Order order, boolean strata, String groups, String time, long seed) {

    /** In which order rows are taken. */
    public enum Order {
        /** By chance. */
        RANDOM,
        /** As they stand. */
        ROWS,
        /** As they stand or as a column says, and each fold is tested by those before it only. */
        TIME
    }

    /**
     * Checks what goes together.
     *
     * @throws IllegalArgumentException if a number is out of range, repeats aren't random, or the order of time is asked for with strata or
     *     for each row by itself
     */
    public Folds {
        Objects.requireNonNull(order, "order is null");
        Objects.requireNonNull(groups, "groups is null");
        Objects.requireNonNull(time, "time is null");
        require(
                k >= 0 && k != 1 && share >= 0 && share < 1 && (k == 0 || share == 0),
                "folds are 2 or more, or a share above 0 and below 1, but were " + k + " and " + share);
        require(repeats >= 1, "repeats must be at least 1, but was " + repeats);
        require(repeats == 1 || order == Order.RANDOM, "repeats need a random order, else all of them are the same");
        require(
                order != Order.TIME || !strata && k + share > 0,
                "in the order of time there are folds or a share held out, not stratified");
        require(order == Order.TIME || time.isEmpty(), "a column of time is for the order of time");
        require(
                !strata || groups.isEmpty(),
                "folds are either stratified or grouped, since whole groups rarely have the same share of each class");
    }

    private static void require(boolean good, String message) {
        if (!good) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * k folds, in random order; each is tested once, by the rows of the others.
     *
     * @throws IllegalArgumentException if k is below 2
     */
    public static Folds kfold(int k) {
        require(k >= 2, "kfold(k) needs a k of 2 or more, but k was " + k);
        return new Folds(k, 0, 1, Order.RANDOM, false, "", "", 0);
    }

    /**
     * One fold: this share of the rows, drawn at random, is tested by the others.
     *
     * @throws IllegalArgumentException if the share isn't above 0 and below 1
     */
    public static Folds holdout(double share) {
        require(share > 0 && share < 1, "holdout(share) needs a share above 0 and below 1, but it was " + share);
        return new Folds(0, share, 1, Order.RANDOM, false, "", "", 0);
    }

    /** As many folds as there are rows, or groups. */
    public static Folds leaveOneOut() {
        return new Folds(0, 0, 1, Order.ROWS, false, "", "", 0);
    }

    /** The same so many times, each in another order. */
    public Folds repeats(int times) {
        return new Folds(k, share, times, order, strata, groups, time, seed);
    }

    /** The same, each fold with its share of each value of the target; of each class, to one row. */
    public Folds stratified() {
        return new Folds(k, share, repeats, order, true, groups, time, seed);
    }

    /**
     * The same, rows with the same value of this column in the same fold; folds are as equal in rows as groups allow. In the order of time a group lies
     * wholly in the fold of its latest row.
     */
    public Folds groupedBy(String column) {
        Names.require(column);
        return new Folds(k, share, repeats, order, strata, column, time, seed);
    }

    /**
     * The same for rows that stand in the order of time. Of k folds, each as long as a (k + 1)-th of the rows, a fold is tested by all rows before it,
     * so that the first rows are never tested; of a share held out, the last rows are.
     */
    public Folds inOrder() {
        return new Folds(k, share, repeats, Order.TIME, strata, groups, "", seed);
    }

    /** {@link #inOrder} of this column of dates or numbers, which every row must have; rows of the same time stay together. */
    public Folds orderedBy(String column) {
        Names.require(column);
        return new Folds(k, share, repeats, Order.TIME, strata, groups, column, seed);
    }

    /** The same, with rows taken as they stand: folds are blocks of rows. */
    public Folds unshuffled() {
        return new Folds(k, share, repeats, Order.ROWS, strata, groups, "", seed);
    }

    /** The same with another random order. */
    public Folds seed(long other) {
        return new Folds(k, share, repeats, order, strata, groups, time, other);
    }

    /**
     * Row numbers to train and to test on, fold by fold, repeat by repeat; each is made when it is taken from the list.
     *
     * @param target what strata are made of
     * @throws IllegalArgumentException if there is no such column, there are fewer rows (or groups) than folds, a part would be empty, or a row has no
     *     group or time
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

    /** Row numbers to train on and to test on, in ascending order. The arrays are the receiver's own. */
    public record RowSplit(int[] train, int[] test) {}
}
