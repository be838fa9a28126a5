package io.github.flux4j.spark;

import io.github.flux4j.learn.Classifier;
import io.github.flux4j.learn.Estimator;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.spark.Scorer.Added;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains many models, one for each group of rows, each in one task as on one machine:
 *
 * <pre>{@code
 * Groups shops = Groups.fit(df, "shop", regressor().epochs(50), "sold");
 * Dataset<Row> scored = shops.transform(next);      // with a column "prediction" more
 * shops.models().write().parquet("shops");          // Groups.of(spark.read().parquet("shops")) reads them
 * }</pre>
 *
 * <p>A group's rows keep their order in the data frame, so the same data and seed give the same models on any machine. A group has to fit into a task's memory.
 * Immutable.
 */
public final class Groups {

    private static final String ORDER = "flux4j_order";
    private static final String REGRESSOR = "regressor";
    private static final String CLASSIFIER = "classifier";

    private final Dataset<Row> models;

    private Groups(Dataset<Row> models) {
        this.models = models;
    }

    /**
     * Fits a model to each group's rows, with all columns but the key. The estimator travels as text. The models stay in Spark's memory or on its disks.
     *
     * @param key the column whose values name the groups
     * @throws IllegalArgumentException if there is no such column, or the estimator has no text or uses layers, activations or losses of your own
     */
    public static Groups fit(Dataset<Row> rows, String key, Estimator<?, ?> estimator, String target) {
        Cells.place(rows.schema(), key, "the key");
        Cells.place(rows.schema(), target, "the target");
        if (estimator.validation() != null) {
            throw new IllegalArgumentException("an estimator with a validation table can't be sent to other machines as"
                    + " text; take one without");
        }
        String text = Sent.text("the estimator", estimator::text, Estimator::parse);
        String kind = estimator instanceof Classifier ? CLASSIFIER : REGRESSOR;
        Dataset<Row> models = byKey(rows.withColumn(ORDER, functions.monotonically_increasing_id()), key)
                .flatMapSortedGroups(
                        new Column[] {functions.col(ORDER)},
                        (FlatMapGroupsFunction<Row, Row, Row>)
                                (group, members) -> List.of(fitted(group.get(0), members, key, kind, text, target))
                                        .iterator(),
                        Encoders.row(schema(rows.schema().apply(key))))
                .persist(StorageLevel.MEMORY_AND_DISK());
        models.count();
        return new Groups(models);
    }

    private static StructType schema(StructField key) {
        return new StructType(new StructField[] {key})
                .add("kind", DataTypes.StringType)
                .add("rows", DataTypes.LongType)
                .add("model", DataTypes.BinaryType)
                .add("error", DataTypes.StringType);
    }

    private static KeyValueGroupedDataset<Row, Row> byKey(Dataset<Row> rows, String key) {
        int place = rows.schema().fieldIndex(key);
        return rows.groupByKey(
                (MapFunction<Row, Row>) row -> RowFactory.create(row.get(place)),
                Encoders.row(new StructType(new StructField[] {rows.schema().apply(key)})));
    }

    private static Row fitted(
            Object group, Iterator<Row> members, String key, String kind, String text, String target) {
        List<Map<String, Object>> rows = new ArrayList<>();
        while (members.hasNext()) {
            Row row = members.next();
            rows.add(Cells.named(row, namesBut(row.schema(), key, ORDER)));
        }
        try {
            byte[] model = Processors.within(() -> model(Estimator.parse(text), Table.ofMaps(rows), target));
            return RowFactory.create(group, kind, (long) rows.size(), model, null);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return RowFactory.create(group, kind, (long) rows.size(), null, e.getMessage());
        }
    }

    private static String[] namesBut(StructType schema, String... others) {
        return Arrays.stream(schema.fieldNames())
                .filter(name -> !List.of(others).contains(name))
                .toArray(String[]::new);
    }

    private static byte[] model(Estimator<?, ?> estimator, Table table, String target) {
        Fitted fitted = estimator.fit(table, target);
        try {
            Path file = Files.createTempFile("group", ".flux4j");
            try {
                fitted.save(file);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Groups from the models that {@link #models} gave, perhaps written and read meanwhile. */
    public static Groups of(Dataset<Row> models) {
        Cells.place(models.schema(), "model", "the models");
        return new Groups(Objects.requireNonNull(models, "models is null"));
    }

    /** One row per group: the key, {@code kind}, the number of {@code rows}, {@code model} (a model file), and {@code error}, which says why there is no model. */
    public Dataset<Row> models() {
        return models;
    }

    /**
     * The model of one group.
     *
     * @throws IllegalArgumentException if there is none; with the reason
     */
    public FluxModel model(Object group) {
        List<Row> found = models.filter(functions.col(key()).equalTo(group)).collectAsList();
        if (found.isEmpty() || found.get(0).isNullAt(3)) {
            throw new IllegalArgumentException("there is no model of " + key() + " " + group + ": "
                    + (found.isEmpty() ? "no row had this key" : found.get(0).getString(4)));
        }
        return new FluxModel(
                Identifiable.randomUID("FluxModel"), new ModelBytes(found.get(0).getAs(3)));
    }

    private String key() {
        return models.schema().fieldNames()[0];
    }

    /**
     * Adds each group's prediction to its rows: {@code prediction}, or {@code probability} and {@code predictedLabel} for classifiers; null if the group has no
     * model. Rows come in another order.
     */
    public Dataset<Row> transform(Dataset<Row> rows) {
        Cells.place(rows.schema(), key(), "the key");
        boolean areClassifiers = models.filter(functions.col("kind").equalTo(CLASSIFIER))
                        .limit(1)
                        .count()
                > 0;
        StructType schema = areClassifiers
                ? rows.schema().add("probability", Added.NUMBERS.type()).add("predictedLabel", Added.LABEL.type())
                : rows.schema().add("prediction", Added.NUMBER.type());
        List<Added> added = areClassifiers ? List.of(Added.NUMBERS, Added.LABEL) : List.of(Added.NUMBER);
        return byKey(rows, key())
                .cogroup(
                        byKey(models, key()),
                        (CoGroupFunction<Row, Row, Row, Row>) (group, members, model) -> scored(members, model, added),
                        Encoders.row(schema));
    }

    private static Iterator<Row> scored(Iterator<Row> members, Iterator<Row> models, List<Added> added) {
        byte[] model = models.hasNext() ? models.next().getAs(3) : null;
        return new Scorer(null, -1, added, Scorer.Invalid.ERROR)
                .scored(members, model == null ? null : new ModelBytes(model).predictor());
    }
}
