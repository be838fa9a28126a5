package io.github.flux4j.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.Features;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.internal.files.JsonText;
import io.github.flux4j.internal.format.Json;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.model.FittedReader;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fitted preparation: expected numbers by the formulas of its Javadoc, calculated by hand. */
class FeaturesTest {

    private static final double CLOSE = 1e-15; // one rounding or two

    private static final NumberFeature POWER =
            new NumberFeature("power", false, 100, 90, 0.05, 3, List.of(0.5, 1.0), List.of(0.0, 0.25));
    private static final NumberFeature YEAR =
            new NumberFeature("year", true, Double.NaN, 1976, 0.5, Double.POSITIVE_INFINITY, List.of(), List.of());
    private static final TextFeature ORIGIN = new TextFeature("origin", List.of("Europe", "Japan", "USA"), null, false);
    private static final Features FEATURES = Features.of(List.of(POWER, YEAR, ORIGIN));

    private static double[] row(Object power, Object year, Object origin) {
        Map<String, Object> row = new HashMap<>();
        row.put("power", power);
        row.put("year", year);
        row.put("origin", origin);
        row.put("of no interest", "x");
        return FEATURES.row(row);
    }

    @Test
    void aNumberIsScaledClippedAndHasItsCosines() {
        double v = 2 / Math.sqrt(1 + 4 / 9.0); // (130 − 90)·0.05 = 2, clipped at 3

        assertThat(row(130, 1976, "Japan"))
                .containsExactly(
                        new double[] {v, Math.cos(Math.PI * v), Math.cos(2 * Math.PI * v + 0.25), 0, 0, 1, 0},
                        within(CLOSE));
        assertThat(FEATURES.width()).isEqualTo(7);
    }

    @Test
    void clippingEndsAtTheClip() {
        for (double huge : new double[] {1e10, 1e150, 1e300, Double.MAX_VALUE}) {
            assertThat(row(huge, 1976, "USA")[0]).isCloseTo(3, within(1e-12));
            assertThat(row(-huge, 1976, "USA")[0]).isCloseTo(-3, within(1e-12));
        }
    }

    @Test
    void aDateIsANumberOfYears() {
        assertThat(NumberFeature.years(LocalDate.of(1970, 1, 1))).isEqualTo(1970);
        assertThat(NumberFeature.years(LocalDate.of(1971, 7, 2))).isCloseTo(1971 + 182 / 365.0, within(1e-12));
        assertThat(NumberFeature.years(LocalDate.of(2024, 12, 31))).isCloseTo(2024 + 365 / 366.0, within(1e-12));
        assertThat(row(90, "1980-01-01", "USA")[3]).isEqualTo(2);
        assertThat(row(90, LocalDate.of(1980, 1, 1), "USA")[3]).isEqualTo(2);
        assertThat(row(90, 1980, "USA")[3]).isEqualTo(2);
    }

    @Test
    void anUnknownTextIsZerosOrAnError() {
        assertThat(Arrays.copyOfRange(row(90, 1976, "Mars"), 4, 7)).containsExactly(0, 0, 0);
        assertThat(Arrays.copyOfRange(row(90, 1976, null), 4, 7)).containsExactly(0, 0, 0);
        TextFeature strict = new TextFeature("origin", List.of("Europe", "Japan"), "Japan", true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strict.place("Mars"))
                .withMessage("column \"origin\" expects one of its 2 texts, Europe, Japan, but was given \"Mars\"");
        assertThat(strict.place("NA")).as("missing").isEqualTo(1);
        assertThat(strict.place(null)).isEqualTo(1);
        TextFeature numbers = new TextFeature("cylinders", List.of("4", "8", "true", "SECONDS"), null, true);
        assertThat(numbers.place(8))
                .isEqualTo(numbers.place(8.0))
                .isEqualTo(numbers.place(8L))
                .isEqualTo(1);
        assertThat(numbers.place(true)).isEqualTo(2);
        assertThat(numbers.place(java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"})
    void aMissingNumberIsReplacedOrRefused(String missing) {
        double v = 0.5 / Math.sqrt(1 + 0.25 / 9); // (100 − 90)·0.05
        assertThat(row(missing, 1976, "USA")[0]).isCloseTo(v, within(CLOSE));
        assertThat(row(null, 1976, "USA")[0]).isCloseTo(v, within(CLOSE));
        assertThat(row(Double.NaN, 1976, "USA")[0]).isCloseTo(v, within(CLOSE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> row(90, missing, "USA"))
                .withMessageContainingAll("\"year\" must be finite, but is NaN", "Fill or drop");
    }

    @Test
    void whatCantBeUnderstoodIsRefusedWithTheColumn() {
        assertRefused(() -> row("many", 1976, "USA"), "\"power\" expects a number such as 0.5, but was given \"many\"");
        assertRefused(
                () -> row(90, "1.2.1976", "USA"),
                "\"year\" expects a date such as 1971-07-02, but was given \"1.2.1976\"");
        assertRefused(() -> row(List.of(), 1976, "USA"), "\"power\" expects a number");
        assertRefused(() -> row(Double.POSITIVE_INFINITY, 1976, "USA"), "\"power\" must be finite, but is Infinity");
        assertRefused(() -> FEATURES.row(Map.of("power", 90, "Year", 1976, "origin", "USA")), "must have \"year\"");
        assertRefused(() -> FEATURES.row("90", "1976-01-01"), "must have 3 values, \"power, year, origin\", but has 2");
        assertRefused(() -> FEATURES.row(90, 1976, 1), "\"origin\" is text");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }

    @Test
    void rowsOfMapsCellsNumbersAndColumnsAreTheSame() {
        double[] expected = row(130, 1980, "Japan");
        Features numbers = Features.of(List.of(POWER, YEAR));

        assertThat(FEATURES.row("130", "1980-01-01", "Japan")).isEqualTo(expected);
        assertThat(numbers.row(130, 1980)).isEqualTo(Arrays.copyOf(expected, 4));
        assertThat(FEATURES.rows(
                        List.of(new double[] {130, 90}, new double[] {1980, 1976}, new String[] {"Japan", "USA"})))
                .isDeepEqualTo(new double[][] {expected, row(90, 1976, "USA")});
        assertRefused(
                () -> numbers.rows(List.of(new double[1], new double[2])),
                "all columns must have 1 values, but \"year\" has 2");
        assertRefused(
                () -> numbers.rows(List.of(new double[1], new int[1])), "a double[] or a String[], but is a int[]");
    }

    @Test
    void numbersAreReadAlikeInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(POWER.number("1234.5")).isEqualTo(1234.5);
            assertRefused(() -> POWER.number("1234,5"), "\"1234,5\"");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void jsonGivesTheSameFeatures() throws ModelFileException {
        Map<String, Object> json = Json.readObject(JsonText.write(Map.of("features", FeaturesJson.of(FEATURES))));
        Features read = FittedReader.features(new JsonObject("the model", json));

        assertThat(read.list().subList(0, 2)).containsExactly(POWER, YEAR);
        assertThat(FeaturesJson.of(read)).isEqualTo(FeaturesJson.of(FEATURES));
        assertThat(read.row("", "1980-01-01", "Mars")).isEqualTo(row(null, 1980, "Mars"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[1]",
                "[{}]",
                "[{'type':'number'}]",
                "[{'name':'a','type':'colour'}]",
                "[{'name':'a','type':'number','clip':0}]",
                "[{'name':'a','type':'number','scale':'x'}]",
                "[{'name':'a','type':'number','frequencies':[1]}]",
                "[{'name':'a','type':'number','frequencies':['x'],'phases':['x']}]",
                "[{'name':'a','type':'text'}]",
                "[{'name':'a','type':'text','levels':['x','x']}]",
                "[{'name':'a','type':'text','levels':['x'],'unknown':'x'}]",
                "[{'name':'a','type':'text','levels':['x'],'missing':'y'}]",
                "[{'name':'a','type':'number'},{'name':'a','type':'number'}]"
            })
    void whatIsNoPreparationIsRefused(String json) throws ModelFileException {
        Map<String, Object> model = Json.readObject("{\"features\":" + json.replace('\'', '"') + "}");
        assertThatExceptionOfType(ModelFileException.class)
                .isThrownBy(() -> FittedReader.features(new JsonObject("the model", model)))
                .withMessageMatching(".*(not written by flux4j|update flux4j to read it)");
    }

    /** The oracle is a table's reader, whose dates a fit sees. */
    @ParameterizedTest
    @ValueSource(strings = {"1970-01-31", "1971-07-02T12:30", "1972-02-29 23:59:59.5", "1971-07-02T23:00:00-02:00"})
    void datesAreTheNumbersThatTablesHave(String date) throws IOException {
        Table table = Csv.csv().read(new StringReader("when\n" + date + "\n"), "dates");
        NumberFeature when =
                new NumberFeature("when", true, Double.NaN, 0, 1, Double.POSITIVE_INFINITY, List.of(), List.of());
        assertThat(when.number(date)).isEqualTo(((Numbers) table.column("when")).value(0));
    }

    @Test
    void whatIsTypicalIsKeptInTheFile() throws IOException {
        TextFeature known = new TextFeature("origin", List.of("Europe", "Japan"), null, false, "Japan", false);
        assertThat(known.typical()).isEqualTo("Japan");
        Map<String, Object> written = Map.of("features", FeaturesJson.of(Features.of(List.of(known))));
        Features read = FittedReader.features(new JsonObject("the model", Json.readObject(JsonText.write(written))));
        assertThat(((TextFeature) read.list().get(0)).typical()).isEqualTo("Japan");
        assertThat(ORIGIN.typical()).isEqualTo("Europe");
        assertThat(NumberFeature.of("x", 7, 0, 1).typical()).isEqualTo(7);
    }
}
