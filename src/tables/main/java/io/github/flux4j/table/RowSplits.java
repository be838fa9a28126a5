package io.github.flux4j.table;

import io.github.flux4j.table.Folds.RowSplit;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Lists of splits that are made when they are asked for: n of n rows at once would be n² numbers. */
final class RowSplits extends AbstractList<RowSplit> {

    private final int size;
    private final IntFunction<RowSplit> split;

    private RowSplits(int size, IntFunction<RowSplit> split) {
        this.size = size;
        this.split = split;
    }

    /**
     * Each fold in turn as the test.
     *
     * @param assignments the fold of each row, repeat by repeat
     * @param folds how many of them are tested
     */
    static List<RowSplit> of(List<int[]> assignments, int folds) {
        return new RowSplits(
                Math.multiplyExact(assignments.size(), folds), i -> split(assignments.get(i / folds), i % folds));
    }

    private static RowSplit split(int[] fold, int tested) {
        return new RowSplit(
                rows(fold.length, row -> fold[row] != tested), rows(fold.length, row -> fold[row] == tested));
    }

    private static int[] rows(int count, IntPredicate chosen) {
        return IntStream.range(0, count).filter(chosen).toArray();
    }

    /** So many, each by its number. */
    static List<RowSplit> of(int size, IntFunction<RowSplit> split) {
        return new RowSplits(size, split);
    }

    @Override
    public RowSplit get(int i) {
        return split.apply(Objects.checkIndex(i, size));
    }

    @Override
    public int size() {
        return size;
    }
}
