package io.github.flux4j.table;

import io.github.flux4j.internal.arrays.Shuffle;
import io.github.flux4j.internal.csv.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which fold each row is tested in, by {@link Folds}' rules; of a share held out, those are in fold 0 and the others in 1. */
final class Assignment {

    private final Folds rules;
    private final Column labels;
    private final List<int[]> groups;
    private final int rows;

    /** Groups by a column; null for none. */
    Assignment(Folds rules, Column labels, Column groups) {
        this.rules = rules;
        this.labels = labels;
        this.rows = labels.size();
        this.groups = groups == null ? null : groups(groups);
        int units = groups == null ? rows : this.groups.size();
        if (units < Math.max(2, rules.k())) {
            throw new IllegalArgumentException(Math.max(2, rules.k()) + (groups == null ? " rows" : " groups")
                    + " or more are needed for this many parts, but there are " + units + "; use fewer parts");
        }
    }

    private static List<int[]> groups(Column column) {
        return alike(IntStream.range(0, column.size()), row -> group(column, row));
    }

    /** Rows with the same key, in order, by their first ones. */
    private static List<int[]> alike(IntStream rows, IntFunction<Object> key) {
        Map<Object, List<Integer>> byKey =
                rows.boxed().collect(Collectors.groupingBy(key::apply, LinkedHashMap::new, Collectors.toList()));
        return byKey.values().stream()
                .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** The group of a row, which each must have. */
    static String group(Column column, int row) {
        if (column.isMissing(row)) {
            throw new IllegalArgumentException("every row needs a group, but that of row " + row
                    + " is missing in column " + Names.shown(column.name()));
        }
        return column.text(row);
    }

    /** How many folds there are. */
    int folds() {
        int units = groups == null ? rows : groups.size();
        return rules.k() > 0 ? rules.k() : units;
    }

    /** One for each repeat. */
    List<int[]> all() {
        SplittableRandom random = new SplittableRandom(rules.seed());
        List<int[]> all = new ArrayList<>();
        for (int repeat = 0; repeat < rules.repeats(); repeat++) {
            all.add(one(random.split()));
        }
        return all;
    }

    private int[] one(SplittableRandom random) {
        if (groups != null) {
            List<int[]> taken = IntStream.of(order(groups.size(), random))
                    .mapToObj(groups::get)
                    .toList();
            return rules.share() > 0 ? heldOutGroups(taken) : dealtGroups(taken);
        }
        int[] order = order(rows, random);
        int[] taken = rules.strata() ? byLabel(order) : order;
        return rules.share() > 0 ? heldOut(taken) : dealt(taken);
    }

    private int[] order(int count, SplittableRandom random) {
        return rules.order() == Folds.Order.RANDOM
                ? Shuffle.permutation(count, random)
                : IntStream.range(0, count).toArray();
    }

    /** The same rows, those of a label after each other. */
    private int[] byLabel(int... order) {
        return alike(IntStream.of(order), this::label).stream()
                .flatMapToInt(IntStream::of)
                .toArray();
    }

    private Object label(int row) {
        return labels instanceof Texts texts ? (Object) texts.code(row) : (Object) ((Numbers) labels).value(row);
    }

    private boolean areBlocks() {
        return rules.order() != Folds.Order.RANDOM && !rules.strata();
    }

    /** Dealt like cards, so that folds, and their parts of a label, differ by one row at most; or one block after the other. */
    private int[] dealt(int... taken) {
        int folds = folds();
        int[] fold = new int[rows];
        for (int i = 0; i < rows; i++) {
            fold[taken[i]] = areBlocks() ? block(i, folds) : i % folds;
        }
        return fold;
    }

    /** The first blocks have one row more, if they don't divide. */
    private int block(int i, int folds) {
        int size = rows / folds;
        int longer = rows % folds;
        return i < longer * (size + 1) ? i / (size + 1) : longer + (i - longer * (size + 1)) / size;
    }

    /** Evenly spread over the rows taken, so that each label gives its share; or the last. */
    private int[] heldOut(int... taken) {
        long all = upTo(rows);
        requireBoth(all);
        int[] fold = new int[rows];
        for (int i = 0; i < rows; i++) {
            boolean out = areBlocks() ? i >= rows - all : upTo(i + 1) > upTo(i);
            fold[taken[i]] = out ? 0 : 1;
        }
        return fold;
    }

    /** How many of the first rows are held out. */
    private long upTo(int count) {
        return Math.round(count * rules.share());
    }

    private void requireBoth(long heldOut) {
        if (heldOut == 0 || heldOut == rows) {
            throw new IllegalArgumentException("a share of " + rules.share() + " leaves " + heldOut + " of " + rows
                    + " rows to test on; choose a share that leaves rows for both parts");
        }
    }

    /** Large groups first, each into the fold that has the fewest rows. */
    private int[] dealtGroups(List<int[]> taken) {
        int folds = folds();
        int[] sizes = new int[folds];
        int[] fold = new int[rows];
        List<int[]> largestFirst = taken.stream()
                .sorted(Comparator.comparingInt(group -> -group.length))
                .toList();
        for (int[] group : largestFirst) {
            int least = IntStream.range(0, folds)
                    .boxed()
                    .min(Comparator.comparingInt(i -> sizes[i]))
                    .orElseThrow();
            sizes[least] += group.length;
            for (int row : group) {
                fold[row] = least;
            }
        }
        return fold;
    }

    /** Group after group that brings the share nearer; one at least, and not all. */
    private int[] heldOutGroups(List<int[]> taken) {
        int[] fold = IntStream.range(0, rows).map(row -> 1).toArray();
        double wanted = rows * rules.share();
        int heldOut = 0;
        for (int[] group : taken.subList(0, taken.size() - 1)) {
            if (heldOut == 0 || Math.abs(heldOut + group.length - wanted) < Math.abs(heldOut - wanted)) {
                heldOut += group.length;
                IntStream.of(group).forEach(row -> fold[row] = 0);
            }
        }
        return fold;
    }
}
