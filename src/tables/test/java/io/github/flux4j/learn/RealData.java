package io.github.flux4j.learn;

import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The tables of {@code src/site/data}, whose sources are named there. */
public final class RealData {

    public static final Table CARS = read("auto-mpg");
    public static final Table IRIS = read("iris");
    public static final Table DIABETES = read("diabetes");

    public static final String MPG = "Miles_per_Gallon";

    private RealData() {}

    public static Table read(String name) {
        try {
            return Table.read(Path.of("src/site/data", name + ".csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows that have this column. */
    public static Table with(String column, Table table) {
        return table.rows(IntStream.range(0, table.rows())
                .filter(row -> !table.column(column).isMissing(row))
                .toArray());
    }
}
