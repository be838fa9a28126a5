package io.github.flux4j.spark;

import static io.github.flux4j.Flux4j.TANH;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.f64;
import static io.github.flux4j.Flux4j.seed;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.layers.Chain;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.table.Table;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as transformers; the oracle is what they predict without Spark. */
class FluxModelTest {

    /** Float32 in another order of terms than BLAS's, for predictions around 1. */
    private static final double FLOAT = 1e-5;

    private static final StructType CARS = new StructType()
            .add("power", DataTypes.IntegerType)
            .add("origin", DataTypes.StringType)
            .add("built", DataTypes.DateType)
            .add("mpg", DataTypes.DoubleType)
            .add("thirsty", DataTypes.StringType);

    @TempDir
    private Path folder;

    private static List<Row> cars(int rows) {
        Random random = new Random(1);
        List<Row> cars = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int power = 50 + random.nextInt(150);
            String origin = random.nextBoolean() ? "Japan" : "Europe";
            int year = 1970 + random.nextInt(12);
            double mpg = 50 - power * 0.2 + (year - 1970) + (origin.equals("Japan") ? 3 : 0);
            cars.add(RowFactory.create(
                    i % 10 == 3 ? null : power, origin, Date.valueOf(year + "-06-01"), mpg, mpg < 30 ? "yes" : "no"));
        }
        return cars;
    }

    private static Table table(List<Row> rows, String... columns) {
        return Table.ofMaps(rows.stream().map(row -> map(row, columns)).toList());
    }

    private static Map<String, ?> map(Row row, String... columns) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String column : columns) {
            Object cell = row.get(CARS.fieldIndex(column));
            map.put(column, cell instanceof Date date ? date.toLocalDate() : cell);
        }
        return map;
    }

    private static Dataset<Row> frame(List<Row> rows) {
        return LocalSpark.session().createDataFrame(rows, CARS).repartition(3);
    }

    @Test
    void aFittedRegressorTakesColumnsByNameWithItsOwnPreparation() throws Exception {
        List<Row> cars = cars(100);
        FittedRegressor fitted =
                regressor().epochs(3).networks(2).fit(table(cars, "power", "origin", "built", "mpg"), "mpg");
        fitted.save(folder.resolve("mpg.flux4j"));

        Dataset<Row> scored = FluxModel.ofFile(folder.resolve("mpg.flux4j")).transform(frame(cars));

        assertThat(scored.columns()).containsExactly("power", "origin", "built", "mpg", "thirsty", "prediction");
        assertThat(scored.collectAsList())
                .hasSize(100)
                .allSatisfy(row -> assertThat(row.getDouble(5))
                        .isCloseTo(
                                fitted.predict(map(row, "power", "origin", "built")),
                                within(1e-4))); // of numbers around 30
    }

    @Test
    void aFittedClassifierGivesProbabilitiesPlaceAndName() throws Exception {
        List<Row> cars = cars(100);
        FittedClassifier fitted =
                classifier().epochs(3).networks(2).fit(table(cars, "power", "origin", "built", "thirsty"), "thirsty");
        fitted.save(folder.resolve("thirsty.flux4j"));

        Dataset<Row> scored = FluxModel.ofFile(folder.resolve("thirsty.flux4j")).transform(frame(cars));

        assertThat(scored.collectAsList()).hasSize(100).allSatisfy(row -> {
            Map<String, ?> car = map(row, "power", "origin", "built");
            assertThat(Cells.numbers(row, row.fieldIndex("probability"))[1])
                    .isCloseTo(fitted.probabilities(car).get("yes"), within(FLOAT));
            assertThat(row.<String>getAs("predictedLabel")).isEqualTo(fitted.predict(car));
            assertThat(row.<Double>getAs("prediction"))
                    .isEqualTo(fitted.classes().indexOf(fitted.predict(car)));
        });
    }

    /** A tenth of the rows have a number that is none. */
    @Test
    void rowsThatCantBePredictedEndTheJobAreDroppedOrKeptAsMlLibsStagesDo() throws Exception {
        double[][] rows = rows(3000, 3);
        for (int i = 0; i < rows.length; i += 10) {
            rows[i][1] = Double.NaN;
        }
        Dataset<Row> frame = LocalSpark.labelled(rows, new double[3000]);
        FluxModel model = new FluxModel(chain(dense(3, 1)));

        assertThatThrownBy(() -> model.transform(frame).collectAsList()).hasMessageContaining("NaN");

        model.setHandleInvalid("skip");
        assertThat(model.transform(frame).collectAsList())
                .hasSize(2700)
                .allMatch(row -> Double.isFinite(row.<Double>getAs("prediction")));

        double[][] none = rows(2000, 3); // more than a block
        for (double[] row : none) {
            row[0] = Double.NaN;
        }
        assertThat(model.transform(LocalSpark.labelled(none, new double[2000])).collectAsList())
                .isEmpty();

        String saved = folder.resolve("keeping").toString();
        model.setHandleInvalid("keep").write().save(saved);
        List<Row> kept = FluxModel.load(saved).transform(frame).collectAsList();
        assertThat(kept)
                .hasSize(3000)
                .allMatch(row -> row.isNullAt(row.fieldIndex("prediction"))
                        == Double.isNaN(Cells.numbers(row, row.fieldIndex("features"))[1]));

        assertThatThrownBy(() -> model.setHandleInvalid("drop")).hasMessageContaining("error, skip or keep");
    }

    private static double[][] rows(int count, int columns) {
        Random random = new Random(2);
        return IntStream.range(0, count)
                .mapToObj(i -> random.doubles(columns, -1, 1).toArray())
                .toArray(double[][]::new);
    }

    @Test
    void aNetworkTakesAColumnOfVectorsInBlocksOfRows() {
        seed(1);
        Chain model = chain(dense(3, 8, TANH), dense(8, 1));
        double[][] rows = rows(3000, 3); // more than a block
        Dataset<Row> scored = new FluxModel(model).transform(LocalSpark.labelled(rows, new double[3000]));

        double[] predictions = LocalSpark.numbers(scored, "prediction");
        for (int i = 0; i < rows.length; i++) {
            assertThat(predictions[i]).isCloseTo(model.predict(rows[i])[0], within(FLOAT));
        }
    }

    @Test
    void severalOutputsAreAVectorAndFloat64StaysFloat64() {
        seed(1);
        Chain model = f64(chain(dense(3, 8, TANH), dense(8, 2)));
        double[][] rows = rows(10, 3);

        Dataset<Row> scored = new FluxModel(model)
                .setFeaturesCol("features")
                .setPredictionCol("both")
                .transform(LocalSpark.labelled(rows, new double[10]));

        double[][] predictions = LocalSpark.vectors(scored, "both");
        for (int i = 0; i < rows.length; i++) {
            assertThat(predictions[i]).containsExactly(model.predict(rows[i]), within(1e-14));
        }
    }

    @Test
    void standsInAPipelineBesideSparksStagesThatIsSavedAndLoaded() {
        seed(1);
        Dataset<Row> cars = frame(cars(50)).na().drop();
        PipelineModel fitted = new Pipeline()
                .setStages(new PipelineStage[] {
                    new VectorAssembler()
                            .setInputCols(new String[] {"power", "mpg"})
                            .setOutputCol("raw"),
                    new StandardScaler().setInputCol("raw").setOutputCol("scaled"),
                    new FluxModel(dense(2, 1)).setFeaturesCol("scaled").setPredictionCol("score")
                })
                .fit(cars);
        String saved = folder.resolve("pipeline").toUri().toString();

        assertThatNoIOException(() -> fitted.write().save(saved));
        PipelineModel loaded = PipelineModel.load(saved);

        assertThat(LocalSpark.numbers(loaded.transform(cars), "score"))
                .hasSize(45)
                .containsExactly(LocalSpark.numbers(fitted.transform(cars), "score"));
        assertThat(loaded.stages()[2].uid()).isEqualTo(fitted.stages()[2].uid());
    }

    private static void assertThatNoIOException(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        org.assertj.core.api.Assertions.assertThatCode(call).doesNotThrowAnyException();
    }

    @Test
    void aFolderOfSparksAndAModelFileHoldTheSame() throws Exception {
        seed(1);
        FluxModel model = new FluxModel(dense(2, 1)).setPredictionCol("p");
        model.write().save(folder.resolve("stage").toString());
        model.toFile(folder.resolve("line.flux4j"));

        FluxModel loaded = FluxModel.load(folder.resolve("stage").toString());

        assertThat(loaded.getOrDefault(loaded.predictionCol())).isEqualTo("p");
        assertThat(loaded.predictor().predict(1, 2)).isEqualTo(model.predictor().predict(1, 2));
        assertThat(FluxModel.ofFile(folder.resolve("line.flux4j")).model().predict(1, 2))
                .isEqualTo(model.model().predict(1, 2));
        assertThat(Files.exists(folder.resolve("stage/model.flux4j"))).isTrue();
    }

    @Test
    void whatCannotBePredictedIsShown() {
        seed(1);
        FluxModel model = new FluxModel(dense(2, 1));
        double[][] rows = rows(20, 2);
        rows[17] = new double[] {1, Double.NaN};
        rows[3] = new double[] {1, 2, 3};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.setFeaturesCol("x").transform(LocalSpark.labelled(rows, new double[20])))
                .withMessageContaining(
                        "a column x was expected as the features, but the data frame has [label, features]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.setFeaturesCol("features")
                        .setPredictionCol("label")
                        .transform(LocalSpark.labelled(rows, new double[20])))
                .withMessageContaining("a column label is to be added");
        model.setPredictionCol("prediction");
        assertThatThrownBy(() -> model.transform(
                                LocalSpark.labelled(rows, new double[20]).coalesce(1))
                        .collect())
                .hasStackTraceContaining(
                        "the model expects 2 features per row, but row 0 has 3, in [0.0,[1.0,2.0,3.0]]");
        rows[3] = rows[4];
        assertThatThrownBy(() -> model.transform(LocalSpark.labelled(rows, new double[20]))
                        .collect())
                .hasStackTraceContaining("column 1 is NaN")
                .hasStackTraceContaining("in [0.0,[1.0,NaN]]");
    }

    @Test
    void noModelFileIsRefusedAtOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("text.flux4j"), "no model");
        assertThatThrownBy(() -> FluxModel.ofFile(file)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aCommaAsDecimalPointChangesNothing() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            seed(1);
            FluxModel model = new FluxModel(dense(2, 1));
            String saved = folder.resolve("german").toString();
            assertThatNoIOException(() -> model.write().save(saved));
            assertThat(FluxModel.load(saved).predictor().predict(1, 2))
                    .isEqualTo(model.predictor().predict(1, 2));
        } finally {
            Locale.setDefault(before);
        }
    }
}
