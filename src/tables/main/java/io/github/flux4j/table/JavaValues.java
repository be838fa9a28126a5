package io.github.flux4j.table;

import io.github.flux4j.internal.csv.Names;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Rows of Java's values (records, maps, a query's result, arrays of numbers) as columns. */
final class JavaValues {

    private JavaValues() {}

    static List<Column> ofRecords(List<? extends Record> rows) {
        requireSome(rows);
        Class<?> type = Objects.requireNonNull(rows.get(0), "row 0 is null").getClass();
        RecordComponent[] components = type.getRecordComponents();
        requireSome(List.of(components), "component");
        List<TypedColumn> columns = Arrays.stream(components)
                .map(component -> new TypedColumn(component.getName()))
                .toList();
        for (int row = 0; row < rows.size(); row++) {
            requireClass(rows.get(row), type, row);
            for (int k = 0; k < components.length; k++) {
                columns.get(k).add(get(components[k], rows.get(row)));
            }
        }
        return finished(columns);
    }

    private static void requireClass(Record row, Class<?> type, int number) {
        if (Objects.requireNonNull(row, "row " + number + " is null").getClass() != type) {
            throw new IllegalArgumentException(
                    "the rows of a table must be of one class, but row 0 is a " + type.getSimpleName() + " and row "
                            + number + " a " + row.getClass().getSimpleName());
        }
    }

    private static Object get(RecordComponent component, Record row) {
        try {
            component.getAccessor().setAccessible(true); // of a record that is private to whoever calls
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("can't read " + component.getName() + " of " + row, e);
        }
    }

    static List<Column> ofMaps(List<? extends Map<String, ?>> rows) {
        requireSome(rows);
        Map<String, TypedColumn> columns = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            add(Objects.requireNonNull(rows.get(row), "row " + row + " is null"), columns, row);
        }
        requireSome(columns.values(), "key");
        columns.values().forEach(column -> column.fill(rows.size()));
        return finished(columns.values());
    }

    private static void add(Map<String, ?> values, Map<String, TypedColumn> columns, int row) {
        values.forEach((name, value) -> {
            Names.require(name);
            TypedColumn column = columns.computeIfAbsent(name, TypedColumn::new);
            column.fill(row);
            column.add(value);
        });
    }

    static List<Column> ofResult(ResultSet rows) throws SQLException {
        ResultSetMetaData data = Objects.requireNonNull(rows, "rows is null").getMetaData();
        TypedColumn[] columns = new TypedColumn[data.getColumnCount()];
        for (int k = 0; k < columns.length; k++) {
            columns[k] = new TypedColumn(data.getColumnLabel(k + 1));
        }
        while (rows.next()) {
            for (int k = 0; k < columns.length; k++) {
                columns[k].add(rows.getObject(k + 1));
            }
        }
        return finished(List.of(columns));
    }

    private static List<Column> finished(Collection<TypedColumn> columns) {
        return columns.stream().map(TypedColumn::column).toList();
    }

    private static void requireSome(List<?> rows) {
        requireSome(Objects.requireNonNull(rows, "rows is null"), "row");
    }

    private static void requireSome(Collection<?> parts, String what) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a table needs a " + what + ", but there is none");
        }
    }

    /** Rows of numbers. */
    static List<Numbers> ofNumbers(double[][] rows, String... names) {
        requireSome(Arrays.asList(Objects.requireNonNull(rows, "rows is null")));
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
                throw new IllegalArgumentException("the rows of a table must be equally long, but row 0 has "
                        + rows[0].length + " and row " + i + " has " + rows[i].length);
            }
        }
    }

    private static double[] column(double[][] rows, int k) {
        return IntStream.range(0, rows.length).mapToDouble(i -> rows[i][k]).toArray();
    }
}
