package io.github.flux4j.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Spark in this process, with two threads; one session for all test classes. */
final class LocalSpark {

    private static SparkSession session;

    private LocalSpark() {}

    static synchronized SparkSession session() {
        if (session == null) {
            session = SparkSession.builder()
                    .master("local[2]")
                    .config("spark.ui.enabled", false)
                    .config("spark.sql.shuffle.partitions", 4)
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.driver.host", "127.0.0.1")
                    .getOrCreate();
        }
        return session;
    }

    /** Takes another one, such as a cluster's. */
    static synchronized void use(SparkSession other) {
        session = other;
    }

    static synchronized void stop() {
        if (session != null) {
            session.stop();
            session = null;
        }
    }

    /** Rows of a label and features. */
    static Dataset<Row> labelled(double[][] features, double... labels) {
        StructType schema =
                new StructType().add("label", DataTypes.DoubleType).add("features", SQLDataTypes.VectorType());
        List<Row> rows = new java.util.ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            rows.add(RowFactory.create(labels[i], Vectors.dense(features[i])));
        }
        return session().createDataFrame(rows, schema);
    }

    /** A column of numbers, in the order of the rows. */
    static double[] numbers(Dataset<Row> frame, String column) {
        return Arrays.stream((Row[]) frame.select(column).collect())
                .mapToDouble(row -> row.getDouble(0))
                .toArray();
    }

    /** A column of vectors, in the order of the rows. */
    static double[][] vectors(Dataset<Row> frame, String column) {
        return Arrays.stream((Row[]) frame.select(column).collect())
                .map(row -> Cells.numbers(row, 0))
                .toArray(double[][]::new);
    }
}
