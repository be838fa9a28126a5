package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Rows that are the same in all that is learnt from and in the target. They are held out together, unless so many are alike by chance: a table of a
 * few levels has the same rows again and again, and so will new rows be.
 *
 * @param first of each row, the first one that is the same
 * @param different how many rows differ
 */
record Copies(int[] first, int different) {

    /** Of a smaller share, it makes no difference whether they are alike by chance. */
    private static final double FEW = 0.05;

    /** Of pairs of rows that are the same in the column with the most values, more are the same in all others, where chance would make fewer of them so. */
    private static final double COPIED = 0.5;

    private static final double BY_CHANCE = 0.1;

    /** Numbers that are equal for equal values. */
    private record Codes(int[] ofRows, int different) {

        static Codes of(int rows, IntToLongFunction value) {
            return of(IntStream.range(0, rows).mapToObj(value::applyAsLong).toList());
        }

        private static Codes of(List<?> keys) {
            Map<Object, Integer> known = new HashMap<>();
            int[] codes = keys.stream()
                    .mapToInt(key -> known.computeIfAbsent(key, next -> known.size()))
                    .toArray();
            return new Codes(codes, known.size());
        }

        Codes and(Codes other) {
            return different == ofRows.length
                    ? this
                    : of(ofRows.length, row -> (long) ofRows[row] << Integer.SIZE | other.ofRows[row]);
        }

        /** How many pairs of rows are the same. */
        double pairs() {
            long[] counts = new long[different];
            IntStream.of(ofRows).forEach(code -> counts[code]++);
            return LongStream.of(counts).mapToDouble(n -> n * (n - 1) / 2.0).sum();
        }

        double shareOfPairs() {
            return pairs() / (ofRows.length * (ofRows.length - 1.0) / 2);
        }
    }

    static Copies of(Prepared data) {
        int rows = data.learnt().count();
        List<IntToLongFunction> columns = values(data);
        Codes all = Codes.of(rows, row -> 0);
        for (IntToLongFunction column : columns) {
            all = all.different() == rows ? all : all.and(Codes.of(rows, column));
        }
        boolean few = rows - all.different() < FEW * rows;
        return few || areCopied(all, columns)
                ? new Copies(first(all), all.different())
                : new Copies(IntStream.range(0, rows).toArray(), rows);
    }

    private static List<IntToLongFunction> values(Prepared data) {
        List<IntToLongFunction> values = new ArrayList<>();
        data.intake().features().forEach(column -> values.add(value(column)));
        int[] classes = data.goal().strata(data.intake().table());
        Examples examples = data.judged();
        for (int k = 0; k < examples.outputs() && classes == null; k++) {
            int target = k;
            values.add(row -> Float.floatToIntBits(examples.targets()[row * examples.outputs() + target]));
        }
        if (classes != null) {
            values.add(row -> classes[row]);
        }
        return values;
    }

    private static IntToLongFunction value(Column column) {
        return column instanceof Numbers numbers
                ? row -> Double.doubleToLongBits(numbers.value(row))
                : row -> ((Texts) column).code(row);
    }

    private static boolean areCopied(Codes all, List<IntToLongFunction> columns) {
        List<Codes> codes = columns.stream()
                .map(column -> Codes.of(all.ofRows().length, column))
                .sorted(Comparator.comparingInt(Codes::different).reversed())
                .toList();
        double byChance =
                codes.stream().skip(1).mapToDouble(Codes::shareOfPairs).reduce(1, (product, share) -> product * share);
        return all.pairs() > COPIED * codes.get(0).pairs() && byChance < BY_CHANCE;
    }

    private static int[] first(Codes all) {
        int[] firsts = new int[all.different()];
        for (int row = all.ofRows().length - 1; row >= 0; row--) {
            firsts[all.ofRows()[row]] = row;
        }
        return IntStream.of(all.ofRows()).map(code -> firsts[code]).toArray();
    }

    /** For people; empty if there are none. */
    String words() {
        int copies = first.length - different;
        return copies == 0
                ? ""
                : Words.count(copies, "row")
                        + (copies == 1
                                ? " is a copy of another and is held out with it"
                                : " are copies of others and are held out with them");
    }
}
