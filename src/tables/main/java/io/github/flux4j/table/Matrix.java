package io.github.flux4j.table;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Rows of numbers as columns. */
final class Matrix {

    private Matrix() {}

    static List<Numbers> columns(double[][] rows, String... names) {
        if (Objects.requireNonNull(rows, "rows is null").length == 0) {
            throw new IllegalArgumentException("a table needs a row, but there is none");
        }
        int columns = Objects.requireNonNull(rows[0], "row 0 is null").length;
        if (columns == 0 || names.length > 0 && names.length != columns) {
            throw new IllegalArgumentException("a table needs a number for each name, but row 0 has " + columns
                    + " numbers and there are " + names.length + " names");
        }
        requireSameLength(rows);
        return IntStream.range(0, columns)
                .mapToObj(k -> Numbers.of(names.length == 0 ? "x" + (k + 1) : names[k], column(rows, k)))
                .toList();
    }

    private static void requireSameLength(double[][] rows) {
        for (int i = 1; i < rows.length; i++) {
            if (Objects.requireNonNull(rows[i], "row " + i + " is null").length != rows[0].length) {
                throw new IllegalArgumentException("the rows of a table need as many numbers each, but row 0 has "
                        + rows[0].length + " and row " + i + " has " + rows[i].length);
            }
        }
    }

    private static double[] column(double[][] rows, int k) {
        return IntStream.range(0, rows.length).mapToDouble(i -> rows[i][k]).toArray();
    }
}
