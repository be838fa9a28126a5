package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of what a program has already. */
class TableSourcesTest {

    @TempDir
    private Path folder;

    private enum Colour {
        RED,
        GREEN
    }

    private record Car(String name, int cylinders, Double power, boolean old, Colour colour, LocalDate built) {}

    private record Nested(Car car) {}

    private static final List<Car> CARS = List.of(
            new Car("a", 4, 60.5, true, Colour.RED, LocalDate.of(1970, 1, 1)),
            new Car(null, 6, null, false, Colour.GREEN, null));

    private static List<String> texts(Table table, String name) {
        Column column = table.column(name);
        return IntStream.range(0, column.size()).mapToObj(column::text).toList();
    }

    @Test
    void ofNumbers() {
        Table table = Table.of(new double[][] {{1, 2}, {3, Double.NaN}});

        assertThat(table.names()).containsExactly("x1", "x2");
        assertThat(texts(table, "x2")).containsExactly("2", null);
        assertThatThrownBy(() -> Table.of(new double[][] {{1, 2}, {3}}))
                .hasMessageContaining("row 0 has 2 and row 1 has 1");
        assertThatThrownBy(() -> Table.of(new double[][] {{1, 2}}, "x"))
                .hasMessageContaining("2 numbers and there are 1 names");
        assertThatThrownBy(() -> Table.of(new double[0][])).hasMessageContaining("a table needs a row");
        assertThatThrownBy(() -> Table.of(new double[][] {{1}, null})).hasMessageContaining("row 1 is null");
    }

    @Test
    void ofRecords() {
        Table table = Table.of(CARS);

        assertThat(table.names()).containsExactly("name", "cylinders", "power", "old", "colour", "built");
        assertThat(texts(table, "name")).containsExactly("a", null);
        assertThat(texts(table, "power")).containsExactly("60.5", null);
        assertThat(texts(table, "old")).containsExactly("true", "false");
        assertThat(table.column("old").type()).isEqualTo("flag");
        assertThat(texts(table, "colour")).containsExactly("RED", "GREEN");
        assertThat(texts(table, "built")).containsExactly("1970-01-01", null);
        assertThat(table.column("built").type()).isEqualTo("date");
    }

    @Test
    void recordsInRecordsAreRefused() {
        assertThatThrownBy(() -> Table.of(List.of(new Nested(CARS.get(0)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 0 of column car is 'Car[")
                .hasMessageContaining("convert it, or drop it");
        assertThatThrownBy(() -> Table.of(List.of(CARS.get(0), new Nested(null))))
                .hasMessageContaining("row 1 a Nested");
        assertThatThrownBy(() -> Table.of(List.<Car>of())).hasMessageContaining("a table needs a row");
    }

    @Test
    void ofMaps() {
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("id", "007");
        first.put("x", null);
        Map<String, Object> second = new HashMap<>();
        second.put("x", new BigDecimal("1.5"));
        second.put("when", Instant.parse("2000-01-01T00:00:00Z"));
        Table table = Table.ofMaps(List.of(first, second, Map.of()));

        assertThat(table.names()).containsExactly("id", "x", "when");
        assertThat(texts(table, "id")).containsExactly("007", null, null);
        assertThat(texts(table, "x")).containsExactly(null, "1.5", null);
        assertThat(texts(table, "when")).containsExactly(null, "2000-01-01", null);
    }

    @Test
    void valuesOfSeveralKindsAreRefused() {
        assertThatThrownBy(() -> Table.ofMaps(List.of(Map.of("x", 1), Map.of("x", "two"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the values of column x are numbers in earlier rows, but that of row 1 is 'two', a String;"
                        + " give all values the same type");
        assertThatThrownBy(() -> Table.ofMaps(List.of(Map.of("x", Float.POSITIVE_INFINITY))))
                .hasMessageContaining("must be finite");
        assertThatThrownBy(() -> Table.ofMaps(List.of(Map.of()))).hasMessageContaining("a table needs a key");
        assertThatThrownBy(() -> Table.ofMaps(Arrays.asList(Map.of("x", 1), null)))
                .hasMessageContaining("row 1 is null");
    }

    private Table query(String... statements) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (int i = 0; i < statements.length - 1; i++) {
                statement.execute(statements[i]);
            }
            return Table.of(statement.executeQuery(statements[statements.length - 1]));
        }
    }

    @Test
    void ofADatabase() throws SQLException {
        Table table = query(
                "SELECT i AS n, i / 4 AS x, CAST(i AS DECIMAL(9, 2)) AS d, CAST(i AS HUGEINT) AS h, 'town ' || i AS t, i > 1 AS flag,"
                        + " DATE '1970-01-01' AS day, TIMESTAMP '2000-07-02 00:00:00' AS time, NULL AS none,"
                        + " CASE WHEN i = 2 THEN 'x' END AS gap FROM range(3) r(i)");

        assertThat(table.rows()).isEqualTo(3);
        assertThat(texts(table, "n")).containsExactly("0", "1", "2");
        assertThat(texts(table, "x")).containsExactly("0", "0.25", "0.5");
        assertThat(texts(table, "d")).isEqualTo(texts(table, "h")).containsExactly("0", "1", "2");
        assertThat(texts(table, "t")).containsExactly("town 0", "town 1", "town 2");
        assertThat(texts(table, "flag")).containsExactly("false", "false", "true");
        assertThat(texts(table, "day")).containsOnly("1970-01-01");
        assertThat(((Numbers) table.column("time")).value(0)).isEqualTo(2000.5);
        assertThat(table.column("none").missing()).isEqualTo(3);
        assertThat(texts(table, "gap")).containsExactly(null, null, "x");
    }

    @Test
    void ofParquetByDuckDb() throws SQLException {
        String file = folder.resolve("cars.parquet").toString().replace("'", "''");
        Table table = query(
                "COPY (SELECT * FROM read_csv('src/site/data/auto-mpg.csv')) TO '" + file + "' (FORMAT parquet)",
                "SELECT * FROM '" + file + "'");

        assertThat(table.rows()).isEqualTo(406);
        assertThat(table.column("Horsepower").missing()).isEqualTo(6);
        assertThat(table.column("Year").type()).isEqualTo("date");
        assertThat(texts(table, "Origin")).contains("Europe", "Japan", "USA");
    }

    @Test
    void whatNoTableHasIsRefused() {
        assertThatThrownBy(() -> query("SELECT [1, 2] AS list"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 0 of column list is");
        assertThatThrownBy(() -> query("SELECT 1 AS x, 2 AS x"))
                .hasMessageContaining("columns 1 and 2 are both named x");
    }

    @Test
    void timesOfAnyClassAreDates() {
        LocalDateTime time = LocalDateTime.of(2000, 7, 2, 0, 0);
        for (Object value : List.of(
                time,
                time.toLocalDate(),
                time.atOffset(ZoneOffset.UTC),
                time.atZone(ZoneOffset.UTC),
                time.toInstant(ZoneOffset.UTC),
                java.sql.Timestamp.valueOf(time),
                java.sql.Date.valueOf(time.toLocalDate()),
                java.util.Date.from(time.toInstant(ZoneOffset.UTC)))) {
            Table table = Table.ofMaps(List.of(Map.of("t", value)));

            assertThat(((Numbers) table.column("t")).value(0))
                    .as(value.getClass().getName())
                    .isEqualTo(2000.5);
        }
    }

    @Test
    void temporaryFilesAreGone() throws Exception {
        Csv.csv().read(new StringReader("x,y\n1,2\n"), "test.csv");

        for (Path file : temporaryFiles()) { // those of tests beside this one are gone soon
            for (int wait = 0; wait < 2000 && Files.exists(file); wait++) {
                Thread.sleep(10);
            }
            assertThat(file).doesNotExist();
        }
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("flux4j-table"))
                    .toList();
        }
    }
}
