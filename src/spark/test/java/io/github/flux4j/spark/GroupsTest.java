package io.github.flux4j.spark;

import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.learn.Regressor;
import io.github.flux4j.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model a group; the oracle is a fit of the group's rows without Spark. */
class GroupsTest {

    private static final StructType SALES = new StructType()
            .add("shop", DataTypes.StringType)
            .add("price", DataTypes.DoubleType)
            .add("season", DataTypes.StringType)
            .add("sold", DataTypes.DoubleType)
            .add("much", DataTypes.StringType);

    private static final Regressor REGRESSOR = regressor().epochs(4).networks(2).seed(3);

    @TempDir
    private Path folder;

    /** Shops of 40 rows each, one after another in turn, and one that has a single row. */
    private static List<Row> sales() {
        Random random = new Random(1);
        List<Row> sales = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            double price = random.nextDouble(1, 9);
            boolean winter = random.nextBoolean();
            double sold = 30 - 3 * price + (i % 3) * 5 + (winter ? 4 : 0);
            sales.add(RowFactory.create(
                    "abc".substring(i % 3, i % 3 + 1), price, winter ? "w" : "s", sold, sold > 20 ? "y" : "n"));
        }
        sales.add(RowFactory.create("new", 2.0, "w", 20.0, "n"));
        return sales;
    }

    private static Dataset<Row> frame(int partitions) {
        Dataset<Row> frame = LocalSpark.session().createDataFrame(sales(), SALES);
        return partitions == 1 ? frame.coalesce(1) : frame;
    }

    private static Map<String, Object> features(Row row) {
        return Map.of("price", row.getAs("price"), "season", row.getAs("season"));
    }

    private static FittedRegressor alone(String shop) {
        List<Map<String, Object>> rows = sales().stream()
                .filter(row -> row.getString(0).equals(shop))
                .map(row -> {
                    Map<String, Object> map = new java.util.LinkedHashMap<>();
                    map.put("price", row.get(1));
                    map.put("season", row.get(2));
                    map.put("sold", row.get(3));
                    return map;
                })
                .toList();
        return REGRESSOR.fit(Table.ofMaps(rows), "sold");
    }

    @Test
    void eachGroupHasTheModelThatItsRowsGiveAlone() {
        Groups shops = Groups.fit(frame(2).drop("much"), "shop", REGRESSOR, "sold");

        assertThat(shops.models().orderBy("shop").select("shop", "rows").collectAsList())
                .extracting(row -> row.getString(0) + row.getLong(1))
                .containsExactly("a40", "b40", "c40", "new1");
        for (String shop : List.of("a", "b", "c")) {
            assertThat(shops.model(shop).predictor().predict(Map.of("price", 4, "season", "w")))
                    .isCloseTo(alone(shop).predict(Map.of("price", 4, "season", "w")), within(1e-4)); // Float32, of 20
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shops.model("new"))
                .withMessageStartingWith("there is no model of shop new: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shops.model("nowhere"))
                .withMessageContaining("no row had this key");
    }

    @Test
    void rowsAreScoredByTheirOwnGroupsModelAlsoAfterWritingAndReading() {
        Groups fitted = Groups.fit(frame(1).drop("much"), "shop", REGRESSOR, "sold");
        fitted.models().write().parquet(folder.resolve("shops").toString());
        Groups shops = Groups.of(
                LocalSpark.session().read().parquet(folder.resolve("shops").toString()));

        List<Row> scored = shops.transform(frame(2)).collectAsList();

        assertThat(scored).hasSize(121).allSatisfy(row -> {
            String shop = row.getAs("shop");
            if (shop.equals("new")) {
                assertThat(row.isNullAt(5)).isTrue();
            } else {
                assertThat(row.getDouble(5)).isCloseTo(alone(shop).predict(features(row)), within(1e-4));
            }
        });
    }

    @Test
    void classifiersGiveProbabilitiesAndNames() {
        Groups shops = Groups.fit(
                frame(2).drop("sold"), "shop", classifier().epochs(60).networks(2), "much");

        Dataset<Row> scored = shops.transform(frame(2));

        assertThat(scored.columns()).endsWith("probability", "predictedLabel");
        assertThat(scored.filter("much = predictedLabel").count()).isGreaterThan(90);
    }

    @Test
    void whatIsMissingIsSaidAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Groups.fit(frame(2), "store", REGRESSOR, "sold"))
                .withMessageContaining("a column store was expected as the key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Groups.fit(frame(2), "shop", REGRESSOR.network((inputs, outputs) -> null), "sold"));
        Table held = Table.ofMaps(List.of(Map.of("price", 1.0, "season", "w", "sold", 30.0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Groups.fit(frame(2), "shop", REGRESSOR.validation(held), "sold"))
                .withMessageContaining("an estimator with a validation table can't be sent");
    }
}
