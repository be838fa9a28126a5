package io.github.flux4j.learn;

import io.github.flux4j.data.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The tables of {@code src/test/resources/data}, whose sources are named there. */
final class RealData {

    static final Table CARS = read("auto-mpg");
    static final Table IRIS = read("iris");
    static final Table DIABETES = read("diabetes");

    static final String MPG = "Miles_per_Gallon";

    private RealData() {}

    static Table read(String name) {
        try {
            return Table.read(Path.of("src/test/resources/data", name + ".csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows that have this column. */
    static Table with(String column, Table table) {
        return table.rows(IntStream.range(0, table.rows())
                .filter(row -> !table.column(column).isMissing(row))
                .toArray());
    }
}
