package io.github.flux4j.table;

import io.github.flux4j.internal.csv.Names;
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
 * Rows of examples with named columns of {@link Numbers} and {@link Texts}: what models are fitted to. Immutable, so any thread may use it;
 * what changes it gives another table, which shares what is the same.
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
     * Reads a file of comma-separated values, or of others; {@link Csv} says what is found out about it and what can be told. A Parquet file is read if DuckDB's
     * driver, {@code org.duckdb:duckdb_jdbc}, is on the class path.
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
            throw new IllegalArgumentException("the columns of a table need as many rows each, but "
                    + Names.shown(columns.get(0).name()) + " has " + rows + " and " + Names.shown(other.name()) + " "
                    + other.size());
        });
        return new Table(columns, origin);
    }

    /**
     * A table of numbers, copied.
     *
     * @param rows one for each example; NaN is a missing number
     * @param names of the columns; x1, x2, … if there are none
     * @throws IllegalArgumentException if there is no row, the rows differ in length or from the names, or a number is infinite
     */
    public static Table of(double[][] rows, String... names) {
        return new Table(JavaValues.ofNumbers(rows, names), TableOrigin.NONE);
    }

    /**
     * A table with a column for each component: numbers; booleans, enums and strings as text; dates. Null is a missing value.
     *
     * @throws IllegalArgumentException if there is no row, the rows are of several classes, or a component is something else
     */
    public static Table of(List<? extends Record> rows) {
        return new Table(JavaValues.ofRecords(rows), TableOrigin.NONE);
    }

    /**
     * A table with a column for each key, in the order in which they come; values as in {@link #of(List)}. A map without the key misses the value.
     * Text stays text, even if it reads as a number; {@link #asNumbers} changes that.
     *
     * @throws IllegalArgumentException if there is no row or no key, or the values of a key are of several kinds
     */
    public static Table ofMaps(List<? extends Map<String, ?>> rows) {
        return new Table(JavaValues.ofMaps(rows), TableOrigin.NONE);
    }

    /**
     * A table of a query's result from its current row on, as of any database, or of DuckDB, which reads Parquet: {@code SELECT * FROM 'cars.parquet'}.
     * Columns have the labels of the query; values as in {@link #of(List)}. The result is left open, at its end.
     *
     * @throws SQLException if the database says so
     * @throws IllegalArgumentException if two columns have the same label, or values are of several kinds, or of none that a table has
     */
    public static Table of(ResultSet rows) throws SQLException {
        return new Table(JavaValues.ofResult(rows), TableOrigin.NONE);
    }

    /** How many rows it has. */
    public int rows() {
        return columns.get(0).size();
    }

    /** The columns' names, in order. */
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
     * @throws IllegalArgumentException if there is none; names the three nearest
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
        return new IllegalArgumentException("there is no column named " + Names.shown(name) + "; near are " + near);
    }

    /**
     * The table without these columns.
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
     * The rows with these numbers, from 0, in this order; a row may be taken several times. Texts keep all their levels.
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
     * The table with these columns as texts, such as numbers that are names of classes. As they were written only if they were read with
     * {@link Csv#text}; a zip code that was read as a number has lost its zero.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public Table asText(String... names) {
        return changed(Conversion::toTexts, names);
    }

    /**
     * The table with these columns as numbers, if all their texts are numbers, or all are dates.
     *
     * @throws IllegalArgumentException if there is no such column, or a text is neither; names the first such row
     */
    public Table asNumbers(String... names) {
        return changed(Conversion::toNumbers, names);
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
     * What was found, and what models make of each column, a line each: type, range or levels, gaps, use.
     *
     * @param targets columns that are to be predicted
     * @throws IllegalArgumentException if there is no such column
     */
    public String summary(String... targets) {
        return summary(List.of(targets), List.of(), null);
    }

    /**
     * The same.
     *
     * @param kept texts that are learnt from however many levels they have, by an estimator's {@code keep}
     * @param groups a column whose rows are held out together, by an estimator's {@code groupedBy}; null for none
     * @throws IllegalArgumentException if there is no such column
     */
    public String summary(List<String> targets, List<String> kept, @Nullable String groups) {
        return new TableSummary(
                        this, origin, known(targets.toArray(String[]::new)), known(kept.toArray(String[]::new)), groups)
                .text();
    }

    /**
     * What should be corrected before a model learns from the table, a sentence by the column's name: it is text, though most of its cells are numbers or
     * dates.
     */
    public Map<String, String> warnings() {
        return Map.copyOf(origin.warnings());
    }

    /**
     * Writes it as comma-separated values in UTF-8, which {@link #read} reads. Missing values are empty.
     *
     * @throws IOException if it can't be written
     */
    public void write(Path csv) throws IOException {
        CsvOutput.write(this, csv);
    }

    /**
     * The SHA-256, in hexadecimal, of the table's canonical form, by which a model says what it was fitted to. A number is big-endian; a text is its length in
     * bytes of UTF-8, of 4 bytes, and these. The form: the text {@code flux4j table 1}; the numbers of columns and of rows, of 4 bytes each; then for each column
     * the texts of its name and of {@code number}, {@code date} or {@code text}, and its cells: IEEE 754 doubles, NaN for a gap, or texts, the length −1 for a gap.
     */
    public String sha256() {
        return TableHash.of(this);
    }

    /** The SHA-256, in hexadecimal, of the bytes of the file that it was read from; null if there was none, or it has changed since. */
    public @Nullable String fileSha256() {
        return origin.file() == null ? null : origin.file().sha256();
    }

    Table readFrom(TableHash.OfFile file) {
        return new Table(columns, origin.from(file));
    }

    @Override
    public String toString() {
        return "Table(" + rows() + (rows() == 1 ? " row, " : " rows, ") + columns.size()
                + (columns.size() == 1 ? " column)" : " columns)");
    }
}
