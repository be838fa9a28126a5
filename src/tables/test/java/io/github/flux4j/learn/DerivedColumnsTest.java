package io.github.flux4j.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Features;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.internal.files.JsonText;
import io.github.flux4j.internal.format.Json;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.model.FittedReader;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerivedColumnsTest {

    private static final Table SALES = sales(1);
    private static final FittedRegressor FITTED = few().fit(SALES, "sales");

    @TempDir
    private Path folder;

    private static Regressor few() {
        return Learn.regressor().networks(3).epochs(30).yardstick(false);
    }

    /** What weekends and one of many shops add, if anything, and noise of deviation 1. */
    private static Table sales(double effect) {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder csv = new StringBuilder("date,shop,price,sales\n");
        for (int i = 0; i < 500; i++) {
            LocalDate date = LocalDate.of(2019, 1, 1).plusDays(random.nextInt(900));
            int shop = (int) (80 * random.nextDouble() * random.nextDouble());
            double price = random.nextDouble();
            double weekend = date.getDayOfWeek().getValue() > 5 ? 6 : 0;
            double sales = price + effect * (weekend + 2 * (shop % 4)) + random.nextGaussian();
            csv.append(date).append(",shop ").append(shop).append(',').append(price);
            csv.append(',').append(sales).append('\n');
        }
        return read(csv.toString());
    }

    private static Map<String, Object> row(String date, String shop) {
        Map<String, Object> row = new HashMap<>();
        row.put("date", date);
        row.put("shop", shop);
        row.put("price", 0.5);
        return row;
    }

    /** The weekends' 6 are a variance of 7.3 beside the noise's 1 and the shops' 5. */
    @Test
    void aCalendarAndFrequentTextsAreLearntFromWhereTheyLowerTheError() {
        assertThat(FITTED.report().data().columns().get("date"))
                .matches("as a number of years, season and weekday, which lower a linear model's error by \\d+ %");
        assertThat(FITTED.report().data().columns().get("shop"))
                .matches(
                        "as \\d+ columns: its most frequent texts and others, which lower a linear model's error by \\d+ %");
        double with = FITTED.report().leftOut().get("r2");
        double without = few().deriveColumns(false)
                .fit(SALES, "sales")
                .report()
                .leftOut()
                .get("r2");
        assertThat(without).isLessThan(0.1);
        assertThat(with).isGreaterThan(0.6);
    }

    @Test
    void nothingChangesWhereTheyDoNotAndTheReportSaysWhatDroppingCosts() {
        Table noise = sales(0);
        FittedRegressor fitted = few().fit(noise, "sales");
        assertThat(fitted.predict(noise))
                .isEqualTo(few().deriveColumns(false).fit(noise, "sales").predict(noise));
        assertThat(fitted.report().data().columns().get("shop"))
                .matches("dropped: \\d+ different texts; its most frequent \\d+ would not lower the error");
        assertThat(fitted.report().data().columns()).containsEntry("date", "as a number of years");
    }

    @Test
    void textsOfFewRowsEachAreNotTried() {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder csv = new StringBuilder("id,x,y\n");
        for (int i = 0; i < 100; i++) {
            csv.append('a')
                    .append(i)
                    .append(',')
                    .append(random.nextDouble())
                    .append(',')
                    .append(i % 7)
                    .append('\n');
        }
        assertThat(few().fit(read(csv.toString()), "y").report().data().columns())
                .containsEntry(
                        "id", "dropped: 100 different texts, too few of them in at least five rows to learn from");
    }

    private static Table read(String csv) {
        try {
            return Csv.csv().read(new StringReader(csv), "made.csv");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theSmallJarComputesThemFromTheFile() throws IOException {
        Path file = folder.resolve("sales.flux4j");
        FITTED.save(file);
        assertThat(FittedRegressor.load(file).predict(SALES)).isEqualTo(FITTED.predict(SALES));
        Predictor predictor = Predictor.load(file);
        for (String shop : new String[] {"shop 1", "shop 99", null}) {
            Map<String, Object> row = row("2020-02-29", shop);
            assertThat(predictor.predict(row)).isCloseTo(FITTED.predict(row), within(1e-5)); // roundings of Float32
        }
        assertThat(predictor.predict(row("2030-06-15", "new shop")))
                .isEqualTo(predictor.predict(row("2030-06-15", "other")));
    }

    /** The oracle is {@code java.time}; a missing date has no season and no weekday. */
    @Test
    void aDateHasItsSeasonAndWeekday() {
        NumberFeature date = new NumberFeature("d", true, 2000, 0, 1, 1 / 0.0, List.of(), List.of()).calendar(true);
        double[] row = new double[date.width()];
        for (LocalDate day = LocalDate.of(1899, 12, 30); day.getYear() < 2101; day = day.plusDays(1)) {
            date.write(day, row, 0);
            double part = 2 * Math.PI * (day.getDayOfYear() - 1) / day.lengthOfYear();
            assertThat(row[1]).isCloseTo(Math.cos(part), within(1e-9));
            assertThat(row[4]).isCloseTo(Math.sin(2 * part), within(1e-9));
            for (int weekday = 0; weekday < 7; weekday++) {
                assertThat(row[5 + weekday])
                        .isEqualTo(weekday == day.getDayOfWeek().ordinal() ? 1 : 0);
            }
        }
        date.write(null, row, 0);
        assertThat(row).containsExactly(2000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        date.write(1e300, row, 0);
        assertThat(row).endsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void noTextOfTheColumnIsTakenForTheOthers() {
        TextFeature feature = new TextFeature("t", List.of("a", "other"), null, false, "a", true);
        assertThat(List.of(feature.place("a"), feature.place("zzz"), feature.place("")))
                .containsExactly(0, 1, -1);
        assertThat(feature.place(null)).isEqualTo(-1);
        assertThatThrownBy(() -> new TextFeature("t", List.of("a", "other"), null, true, "a", true))
                .hasMessageContaining("can't refuse texts");
    }

    @Test
    void aFileWithAnotherCalendarIsRefused() throws IOException {
        NumberFeature date = new NumberFeature("d", true, 2000, 0, 1, 1 / 0.0, List.of(), List.of()).calendar(true);
        Map<String, Object> json =
                new LinkedHashMap<>(FeaturesJson.of(Features.of(List.of(date))).get(0));
        json.put("calendar", "season weekday moon");
        String text = JsonText.write(Map.of("features", List.of(json)));
        assertThatThrownBy(() -> FittedReader.features(new JsonObject("the model", Json.readObject(text))))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("season weekday");
    }
}
