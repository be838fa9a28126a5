package io.github.flux4j.table;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.values.Distance;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows of examples in named columns of {@link Numbers} and {@link Texts}; models are fitted to it. Immutable and safe for any thread; changes return a copy that
 * shares unchanged columns.
 *
 * <pre>{@code
 * Table cars = Table.read(Path.of("auto-mpg.csv"));
 * System.out.println(cars.summary("Miles_per_Gallon"));
 * Table few = cars.drop("Name").rows(0, 1, 2);
 * }</pre>
 */
public final class Table {

    private final Map<String, Integer> places;
    private final List<Column> columns;
    private final TableOrigin origin;

    private Table(List<? extends Column> columns, TableOrigin origin) {
        this.places = Names.places(columns.stream().map(Column::name).toList());
        this.columns = List.copyOf(columns);
        this.origin = origin;
    }

    /**
     * Reads a CSV file with the defaults of {@link Csv}, which says what it finds out and what you can set. Also reads Parquet, if DuckDB's driver
     * {@code org.duckdb:duckdb_jdbc} is on the class path.
     *
     * @throws IOException if the file can't be read, or isn't such a table; with the line and what to do
     */
    public static Table read(Path csv) throws IOException {
        return Csv.csv().read(csv);
    }

    /**
     * A table of these columns.
     *
     * @throws IllegalArgumentException if there are none, they differ in size, or two have the same name
     */
    public static Table of(Column... columns) {
        return of(List.of(columns), TableOrigin.NONE);
    }

    static Table of(List<? extends Column> columns, TableOrigin origin) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a table needs a column, but there is none");
        }
        int rows = columns.get(0).size();
        columns.stream().filter(column -> column.size() != rows).findFirst().ifPresent(other -> {
            throw new IllegalArgumentException("the columns of a table must have equally many rows, but "
                    + Names.shown(columns.get(0).name()) + " has " + rows + " and " + Names.shown(other.name()) + " "
                    + other.size());
        });
        return new Table(columns, origin);
    }

    /**
     * A table of numbers, copied.
     *
     * @param rows one per example; NaN is a missing number
     * @param names of the columns; default x1, x2, …
     * @throws IllegalArgumentException if there is no row, the lengths of rows or names differ, or a number is infinite
     */
    public static Table of(double[][] rows, String... names) {
        return new Table(JavaValues.ofNumbers(rows, names), TableOrigin.NONE);
    }

    /**
     * A table with a column for each record component: numbers; booleans, enums and strings as text; dates. Null is a missing value.
     *
     * @throws IllegalArgumentException if there is no row, the rows are of several classes, or a component is of another type
     */
    public static Table of(List<? extends Record> rows) {
        return new Table(JavaValues.ofRecords(rows), TableOrigin.NONE);
    }

    /**
     * A table with a column for each key, in order of appearance; values as in {@link #of(List)}. A map without the key has a gap. Text stays text, even if it reads
     * as a number; {@link #asNumbers} changes that.
     *
     * @throws IllegalArgumentException if there is no row or no key, or a key's values are of several kinds
     */
    public static Table ofMaps(List<? extends Map<String, ?>> rows) {
        return new Table(JavaValues.ofMaps(rows), TableOrigin.NONE);
    }

    /**
     * A table of a query's rows from the current one on, from any database, or from DuckDB, which reads Parquet: {@code SELECT * FROM 'cars.parquet'}. Column labels
     * become names; values as in {@link #of(List)}. The result stays open, at its end.
     *
     * @throws SQLException if the database fails
     * @throws IllegalArgumentException if two columns have the same label, or values are of several or unknown kinds
     */
    public static Table of(ResultSet rows) throws SQLException {
        return new Table(JavaValues.ofResult(rows), TableOrigin.NONE);
    }

    /** The number of rows. */
    public int rows() {
        return columns.get(0).size();
    }

    /** The column names, in order. */
    public List<String> names() {
        return List.copyOf(places.keySet());
    }

    /** The columns, in order. */
    public List<Column> columns() {
        return columns;
    }

    /**
     * The column of this name.
     *
     * @throws IllegalArgumentException if there is none; suggests the three nearest
     */
    public Column column(String name) {
        return columns.get(place(name));
    }

    private int place(String name) {
        Integer place = places.get(Objects.requireNonNull(name, "the name of a column is null"));
        if (place == null) {
            throw unknown(name, places.keySet());
        }
        return place;
    }

    /** For a name that isn't there: tells the three nearest. */
    static IllegalArgumentException unknown(String name, Collection<String> names) {
        String near = Distance.nearest(name, names).stream().map(Names::shown).collect(Collectors.joining(", "));
        return new IllegalArgumentException(
                "there is no column named " + Names.shown(name) + "; the nearest are " + near);
    }

    /**
     * A copy without these columns.
     *
     * @throws IllegalArgumentException if there is no such column, or none would be left
     */
    public Table drop(String... names) {
        Set<String> dropped = known(names);
        return of(
                columns.stream()
                        .filter(column -> !dropped.contains(column.name()))
                        .toList(),
                origin.without(names));
    }

    /**
     * A copy with these rows, from 0, in this order; a row may be repeated. Texts keep all their levels.
     *
     * @throws IllegalArgumentException if there is no such row
     */
    public Table rows(int... rows) {
        for (int row : rows) {
            if (row < 0 || row >= rows()) {
                throw new IllegalArgumentException(
                        "rows are numbered from 0 to " + (rows() - 1) + ", but row " + row + " was asked for");
            }
        }
        return new Table(columns.stream().map(column -> column.rows(rows)).toList(), origin);
    }

    /**
     * A copy with these columns as texts, such as numbers that name classes. A zip code read as a number has already lost its zero; {@link Csv#text} keeps it.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public Table asText(String... names) {
        return changed(Texts::of, names);
    }

    /**
     * A copy with these columns as numbers, if all their texts are numbers, or all are dates.
     *
     * @throws IllegalArgumentException if there is no such column, or a text is neither; names the first such row
     */
    public Table asNumbers(String... names) {
        return changed(Numbers::of, names);
    }

    private Table changed(UnaryOperator<Column> change, String... names) {
        List<Column> changed = new ArrayList<>(columns);
        known(names).forEach(name -> changed.set(place(name), change.apply(column(name))));
        return new Table(changed, origin.without(names));
    }

    /** The names, each of which is a column's. */
    private Set<String> known(String... names) {
        Arrays.stream(names).forEach(this::place);
        return Set.copyOf(Arrays.asList(names));
    }

    /**
     * A line for each column: type, range or levels, gaps, use.
     *
     * @param targets columns to predict
     * @throws IllegalArgumentException if there is no such column
     */
    public String summary(String... targets) {
        return summary(List.of(targets), List.of(), null);
    }

    /**
     * A line for each column, as an estimator with these settings sees it.
     *
     * @param kept texts that {@code keep} names
     * @param groups the column that {@code groupedBy} names; null for none
     * @throws IllegalArgumentException if there is no such column
     */
    public String summary(List<String> targets, List<String> kept, @Nullable String groups) {
        return new TableSummary(
                        this, origin, known(targets.toArray(String[]::new)), known(kept.toArray(String[]::new)), groups)
                .text();
    }

    /** What to correct before training, a sentence by the column's name: the column is text, though most of its cells are numbers or dates. */
    public Map<String, String> warnings() {
        return Map.copyOf(origin.warnings());
    }

    /**
     * Writes the table as CSV in UTF-8, which {@link #read} reads. Missing values are empty.
     *
     * @throws IOException if it can't be written
     */
    public void write(Path csv) throws IOException {
        CsvOutput.write(this, csv);
    }

    /**
     * The SHA-256, in hexadecimal, of the table's canonical form; a model records it. The form is the text {@code flux4j table 1}, then the numbers of columns and
     * rows, of 4 bytes each. For each column follow the text of its name, the text {@code number}, {@code date} or {@code text}, and its cells. A number is a
     * big-endian IEEE 754 double, NaN for a gap. A text is its length in bytes of UTF-8, of 4 bytes, and these; a gap has length −1.
     */
    public String sha256() {
        return TableHash.of(this);
    }

    /** The SHA-256, in hexadecimal, of the file that the table was read from; null if there was none, or it changed since. */
    public @Nullable String fileSha256() {
        return origin.file() == null ? null : origin.file().sha256();
    }

    Table readFrom(TableHash.OfFile file) {
        return new Table(columns, origin.from(file));
    }

    @Override
    public String toString() {
        return "Table(" + Words.count(rows(), "row") + ", " + Words.count(columns.size(), "column") + ")";
    }
}
