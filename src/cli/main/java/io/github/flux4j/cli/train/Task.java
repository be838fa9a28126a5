package io.github.flux4j.cli.train;

import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import io.github.flux4j.table.Use;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Whether classes or numbers are predicted.
 *
 * @param why in words, for people, and which flag decides otherwise if one can
 */
record Task(boolean ofClasses, String why) {

    private static final int MOST_CLASSES = 20;

    /** A class needs a row to learn from and a row that judges it; whole numbers with fewer on average are counts or measurements. */
    private static final int FEWEST_ROWS = 2;

    /** Numbers that are more, and more than a tenth of the rows, are no classes though one says so. */
    private static final int MOST_TOLD = 50;

    /**
     * Of the target, as it is asked for or else as it looks.
     *
     * @throws IllegalArgumentException if there is no such column, or it can't be predicted like that; with a remedy
     */
    static Task of(Table table, TrainOptions options) {
        Column target = table.column(options.target);
        requireDifferent(target);
        Task task = target instanceof Texts texts
                ? of(texts, table.warnings().get(options.target), options.kind)
                : of((Numbers) target, options.kind);
        if (task.ofClasses && options.folds != null) {
            requireEnoughForFolds(target);
        }
        return task;
    }

    private static void requireDifferent(Column target) {
        int different = target.different();
        if (different < 2) {
            throw new IllegalArgumentException("the target has "
                    + (different == 0 ? "no value" : "one value only") + " in " + target.size()
                    + (target.size() == 1 ? " row, so" : " rows, so")
                    + " there is nothing to learn; name another column as --target");
        }
    }

    /** Else a fold takes all rows but those of one class, and nothing is left to tell apart. */
    private static void requireEnoughForFolds(Column target) {
        Map<String, Long> counts = IntStream.range(0, target.size())
                .filter(row -> !target.isMissing(row))
                .mapToObj(target::text)
                .collect(Collectors.groupingBy(text -> text, Collectors.counting()));
        if (counts.values().stream().filter(count -> count > 1).count() < 2) {
            throw new IllegalArgumentException(
                    "--folds needs at least two rows of each of two classes, but the target's " + counts.size()
                            + " classes don't have them; collect more rows, or omit --folds");
        }
    }

    private static Task of(Texts target, String warning, TrainOptions.Kind asked) {
        requireNoNumbers(target, warning, asked);
        if (asked.regress) {
            throw new IllegalArgumentException("--regress needs a target of numbers, but this one is text of "
                    + target.different() + " different values; omit --regress, or name another --target");
        }
        if (!asked.classify && Use.of(target) == Use.TOO_MANY_LEVELS) {
            throw new IllegalArgumentException("the target has " + target.different() + " different texts in "
                    + target.size() + " rows, too many for classes; name another --target, or add --classify");
        }
        return new Task(true, "the target has " + target.different() + " different texts");
    }

    /** One slip of the pen makes a text of a column of numbers, and as many classes as it has rows. */
    private static void requireNoNumbers(Texts target, String warning, TrainOptions.Kind asked) {
        if (!asked.classify && warning != null && target.different() > MOST_CLASSES) {
            throw new IllegalArgumentException(
                    "the target has " + target.different() + " different texts; " + warning + ", or add --classify");
        }
    }

    private static Task of(Numbers target, TrainOptions.Kind asked) {
        int different = target.different();
        if (asked.classify && different > MOST_TOLD && different > target.size() / 10) {
            throw new IllegalArgumentException("the target has " + different + " different numbers in " + target.size()
                    + " rows, too many for classes; omit --classify, or name another --target");
        }
        if (asked.classify || asked.regress) {
            return new Task(asked.classify, "as told, though the target has " + different + " different numbers");
        }
        return target.kind() == Numbers.Kind.NUMBER && different <= MOST_CLASSES && isWhole(target)
                ? ofFewWhole(different, target.size() - target.missing())
                : new Task(false, "the target has " + different + " different numbers");
    }

    private static Task ofFewWhole(int different, int rows) {
        boolean repeat = rows >= FEWEST_ROWS * different;
        return new Task(
                repeat,
                "the target has " + different + " different whole numbers in " + rows + " rows"
                        + (repeat
                                ? "; --regress predicts them as numbers"
                                : ", on average fewer than " + FEWEST_ROWS
                                        + " rows each; --classify predicts them as classes"));
    }

    private static boolean isWhole(Numbers target) {
        return DoubleStream.of(target.values()).allMatch(value -> Double.isNaN(value) || value == Math.rint(value));
    }

    String name() {
        return ofClasses ? "classification" : "regression";
    }

    @Override
    public String toString() {
        return name() + ": " + why;
    }
}
