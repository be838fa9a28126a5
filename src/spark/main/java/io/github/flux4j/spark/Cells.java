package io.github.flux4j.spark;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Values of Spark's rows as flux4j's. */
final class Cells {

    private Cells() {}

    /**
     * The place of a column.
     *
     * @param role what it is wanted as, for the message
     * @throws IllegalArgumentException if there is none
     */
    static int place(StructType schema, String column, String role) {
        List<String> names = List.of(schema.fieldNames());
        if (!names.contains(column)) {
            throw new IllegalArgumentException("a column " + column + " was expected as " + role
                    + ", but the data frame has " + names + "; rename one, or set the name that it has");
        }
        return names.indexOf(column);
    }

    /** A vector, an array of numbers or one number. */
    static double[] numbers(Row row, int place) {
        Object cell = row.get(place);
        if (cell instanceof Vector vector) {
            return vector.toArray();
        }
        if (cell instanceof Number number) {
            return new double[] {number.doubleValue()};
        }
        if (cell instanceof Boolean flag) {
            return new double[] {flag ? 1 : 0};
        }
        if (cell instanceof scala.collection.Seq<?>) {
            return row.<Number>getList(place).stream()
                    .mapToDouble(Number::doubleValue)
                    .toArray();
        }
        throw new IllegalArgumentException("a vector, an array of numbers or a number was expected in column " + place
                + ", but there is " + cell + ", in " + shown(row) + ". Fill or drop such rows before");
    }

    /** A row by its columns' names. */
    static Map<String, Object> named(Row row, String... names) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (String name : names) {
            named.put(name, plain(row.get(row.fieldIndex(name))));
        }
        return named;
    }

    /** Days as {@code java.time} has them, whatever the session is set to. */
    private static Object plain(Object cell) {
        if (cell instanceof Timestamp time) {
            return time.toLocalDateTime().toLocalDate();
        }
        return cell instanceof Date date ? date.toLocalDate() : cell;
    }

    /** The beginning of a row, for messages. */
    static String shown(Row row) {
        String text = row.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
