package io.github.flux4j.io.onnx;

import static io.github.flux4j.Flux4j.CROSSENTROPY;
import static io.github.flux4j.Flux4j.SIGMOID;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.github.flux4j.fit.Unknown;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.learn.RealData;
import io.github.flux4j.learn.Regressor;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fitted models as ONNX files, preparation included; computed by ONNX Runtime. */
class OnnxModelTest {

    /** Relative to the target's range: what networks are given is rounded to Float32 once, and their sums are Float32. */
    private static final double FLOAT_SUM = 2e-6;

    private static final double LINE_SUM = 1e-9; // relative; sums of five Float64 products

    private static final String FAR = "x,colour,y\n3.25,red,0\n,blue,0\n10,green,0\n1000,blue,0\n-750.5,red,0\n";

    private static final Regressor SHORT =
            regressor().network("dense(8, gelu)").epochs(5).networks(3);

    @TempDir
    private Path folder;

    private Map<String, Object> run(Fitted model, Table table) throws IOException, OrtException {
        Path file = folder.resolve("model.onnx");
        Onnx.export(model, file);
        Map<String, Object> inputs = new HashMap<>();
        for (Feature feature : model.preparation().list()) {
            inputs.put(feature.name(), column(feature, table.column(feature.name())));
        }
        return OnnxRuntime.run(Files.readAllBytes(file), inputs);
    }

    private static Object column(Feature feature, Column column) {
        int rows = column.size();
        if (feature instanceof TextFeature) {
            return IntStream.range(0, rows)
                    .mapToObj(row -> new String[] {column.isMissing(row) ? "NA" : column.text(row)})
                    .toArray(String[][]::new);
        }
        NumberFeature number = (NumberFeature) feature;
        double[] values = ((Numbers) column).values();
        if (OnnxColumns.isFloat(number.center(), number.scale())) {
            return IntStream.range(0, rows)
                    .mapToObj(row -> new float[] {(float) values[row]})
                    .toArray(float[][]::new);
        }
        return IntStream.range(0, rows)
                .mapToObj(row -> new double[] {values[row]})
                .toArray(double[][]::new);
    }

    private static Table table(String csv) throws IOException {
        return Csv.csv().read(new StringReader(csv), "cells");
    }

    private static void assertClose(Object predictions, double[][] expected, double tolerance) {
        double[][] actual = predictions instanceof double[][] wide ? wide : widened((float[][]) predictions);
        assertThat(actual.length).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).containsExactly(expected[i], within(tolerance));
        }
    }

    private static double[][] widened(float[]... rows) {
        return IntStream.range(0, rows.length)
                .mapToObj(i -> IntStream.range(0, rows[i].length)
                        .mapToDouble(j -> rows[i][j])
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double[][] upright(double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> new double[] {values[i]})
                .toArray(double[][]::new);
    }

    /** Dates, gaps, a text column with an unknown and a missing level, and cosines. */
    @Test
    void aMixedTableGoesInAsItIs() throws Exception {
        FittedRegressor model = SHORT.cosines(3, 0.2).fit(RealData.CARS, RealData.MPG);
        double[] expected = model.predict(RealData.CARS);
        assertClose(run(model, RealData.CARS).get("predictions"), upright(expected), 40 * FLOAT_SUM);
        Table odd = table("Cylinders,Displacement,Horsepower,Weight_in_lbs,Acceleration,Year,Origin\n"
                + "8,307,,3504,12,1970-01-01,Mars\n4,-1e30,90,2000,20,1990-05-05,\n4,97,90,,20,1975-01-01,Japan\n");
        assertClose(run(model, odd).get("predictions"), upright(model.predict(odd)), 40 * FLOAT_SUM);
    }

    /** A heavy-tailed number with its quantile beside it, periodic functions, factors, and a target that was taught as a logarithm. */
    @Test
    void curvesAndLogarithmsGoInAsTheyAre() throws Exception {
        StringBuilder csv = new StringBuilder("x,heavy,y\n");
        for (int i = 0; i < 200; i++) {
            csv.append(i % 7)
                    .append(',')
                    .append(Math.exp(i % 41 / 6.0 - 3))
                    .append(',')
                    .append(1 + i % 7 * (i % 41))
                    .append('\n');
        }
        FittedRegressor model = SHORT.with("line", "without").logTarget().fit(table(csv.toString()), "y");
        assertThat(model.preparation().width()).isEqualTo(3);
        assertThat(model.networks().get(0).text()).contains("periodic", "scale");
        Table odd = table("x,heavy,y\n1,1,0\n3,,0\n5,1e-9,0\n6,1e30,0\n,22,0\n");
        assertClose(run(model, odd).get("predictions"), upright(model.predict(odd)), 300 * FLOAT_SUM); // up to 240
    }

    /** Of 100 shops the fifty most frequent and all others; the last rows have a shop that is new, one that is called other, and none. */
    @Test
    void frequentTextsAndOthersGoInAsTheyAre() throws Exception {
        FittedRegressor model = SHORT.fit(table(shops(500)), "y");
        assertThat(model.report().data().columns().get("shop")).startsWith("as 51 columns");
        Table odd = table("shop,x,y\nshop 3,1,0\nshop 99,1,0\nnew,1,0\nother,1,0\n,1,0\n");
        double[] expected = model.predict(odd);
        assertThat(expected[2]).isEqualTo(expected[3]).isNotEqualTo(expected[4]);
        assertClose(run(model, odd).get("predictions"), upright(expected), 40 * FLOAT_SUM);
    }

    private static String shops(int rows) {
        StringBuilder csv = new StringBuilder("shop,x,y\n");
        for (int i = 0; i < rows; i++) {
            int shop = i % 2 == 0 ? i / 2 % 50 : i % 100;
            csv.append("shop ")
                    .append(shop)
                    .append(',')
                    .append(i % 7)
                    .append(',')
                    .append(shop % 5)
                    .append('\n');
        }
        return csv.toString();
    }

    @Test
    void aCalendarIsRefusedByTheColumnsName() throws IOException {
        StringBuilder csv = new StringBuilder("day,y\n");
        for (int i = 0; i < 200; i++) {
            LocalDate day = LocalDate.of(2020, 1, 1).plusDays(i);
            csv.append(day).append(',').append(day.getDayOfWeek().getValue()).append('\n');
        }
        FittedRegressor model = SHORT.fit(table(csv.toString()), "y");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Onnx.export(model, folder.resolve("refused.onnx")))
                .withMessage("ONNX can't compute the season and weekday of day; fit with deriveColumns(false), or train"
                        + " --no-derive");
        Onnx.export(SHORT.deriveColumns(false).fit(table(csv.toString()), "y"), folder.resolve("years.onnx"));
    }

    @Test
    void aLoadedClassifierOfNumbersGivesProbabilitiesAndLabel() throws Exception {
        FittedClassifier fitted = classifier().epochs(8).networks(2).fit(RealData.IRIS, "species");
        fitted.save(folder.resolve("iris.flux4j"));
        FittedClassifier model = FittedClassifier.load(folder.resolve("iris.flux4j"));
        Map<String, Object> outputs = run(model, RealData.IRIS);
        assertClose(outputs.get("probabilities"), model.probabilities(RealData.IRIS), FLOAT_SUM);
        assertThat((String[]) outputs.get("label")).containsExactlyElementsOf(model.predict(RealData.IRIS));
    }

    /** Of each class, and both ends. */
    @Test
    void theLabelIsByTheThreshold() throws Exception {
        String csv = "x,y\n"
                + IntStream.range(0, 60)
                        .mapToObj(i -> i + (i % 7 + i > 45 ? ",b\n" : ",a\n"))
                        .collect(java.util.stream.Collectors.joining());
        Table rows = table(csv);
        for (String rule : List.of("0.2 of b", "0.8 of b", "0.2 of a", "0.8 of a", "0 of b", "0 of a", "1 of a")) {
            FittedClassifier model =
                    classifier().threshold(rule).epochs(8).networks(2).fit(rows, "y");
            assertThat((String[]) run(model, rows).get("label"))
                    .as(rule)
                    .containsExactlyElementsOf(model.predict(rows));
        }
    }

    @Test
    void networksThatEndInProbabilitiesAreAveragedAsTheyAre() throws Exception {
        FittedClassifier model = classifier()
                .network((in, out) -> chain(dense(in, out), SIGMOID))
                .loss(CROSSENTROPY)
                .epochs(3)
                .networks(3)
                .fit(RealData.IRIS, "species");
        assertClose(run(model, RealData.IRIS).get("probabilities"), model.probabilities(RealData.IRIS), FLOAT_SUM);
    }

    @Test
    void severalTargetsWithoutScaling() throws Exception {
        FittedRegressor model =
                SHORT.networks(1).patience(0).scale(false).epochs(2).fit(RealData.CARS, RealData.MPG, "Horsepower");
        double[][] expected = model.predictAll(RealData.CARS);
        double size = IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(expected[i][0]))
                .max()
                .orElseThrow();
        assertClose(run(model, RealData.CARS).get("predictions"), expected, size * FLOAT_SUM);
    }

    /** Seconds of one hour in 2026; Float32 has steps of 128 s there. Columns have the outputs' names. */
    @Test
    void numbersThatFloat32HasNoDigitsForAreFloat64() throws Exception {
        StringBuilder csv = new StringBuilder("predictions,label,y\n");
        for (int i = 0; i < 60; i++) {
            csv.append(1_790_000_000L + 60 * i)
                    .append(i % 2 == 0 ? ",a," : ",b,")
                    .append(5e8 + i * i % 41 + i)
                    .append('\n');
        }
        Table table = table(csv.toString());
        FittedRegressor model = SHORT.fit(table, "y");
        assertClose(run(model, table).get("predictions_"), upright(model.predict(table)), 100 * FLOAT_SUM);
    }

    @Test
    void anUnknownTextThatIsAnErrorStopsOnnxRuntimeToo() throws Exception {
        FittedRegressor model = SHORT.unknown(Unknown.ERROR).fit(RealData.CARS, RealData.MPG);
        Table odd = table("Cylinders,Displacement,Horsepower,Weight_in_lbs,Acceleration,Year,Origin\n"
                + "8,307,88,3504,12,1970-01-01,Mars\n");
        assertThatIllegalArgumentException().isThrownBy(() -> model.predict(odd));
        assertThatThrownBy(() -> run(model, odd))
                .isInstanceOf(OrtException.class)
                .hasMessageContaining("Unknown Category");
    }

    @Test
    void whatOthersCantComputeIsRefusedBeforeAnythingIsWritten() {
        FittedRegressor model = SHORT.network("dense(8, rrelu)").fit(RealData.CARS, RealData.MPG);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Onnx.export(model, folder.resolve("none.onnx")))
                .withMessageContaining("rrelu");
        assertThat(folder).isEmptyDirectory();
    }

    /** Quarters, which Float32 holds exactly, a gap, texts, and rows far beyond the ranges of training, where the line goes on. */
    @Test
    void aLineComputesInFloat64AndGoesOn() throws Exception {
        FittedRegressor model = regressor().linear().beyond("line").fit(table(quarters()), "y");
        double[] expected = model.predict(table(FAR));
        assertThat(expected[3]).isGreaterThan(2000); // beyond the target's range
        assertClose(run(model, table(FAR)).get("predictions"), upright(expected), LINE_SUM * 3000);
    }

    @Test
    void networksBesideALineGoInAsTheyAre() throws Exception {
        FittedRegressor model = SHORT.with("line", "with").beyond("line").fit(table(quarters()), "y");
        double[] expected = model.predict(table(FAR));
        assertThat(expected[3]).isGreaterThan(2000);
        assertClose(run(model, table(FAR)).get("predictions"), upright(expected), 1e-5 * 3000); // Float32 of 3000
    }

    @Test
    void aLineOfClassesGivesProbabilitiesAndLabel() throws Exception {
        FittedClassifier model = classifier().linear().fit(RealData.IRIS, "species");
        Map<String, Object> outputs = run(model, RealData.IRIS);
        assertClose(outputs.get("probabilities"), model.probabilities(RealData.IRIS), FLOAT_SUM); // of Float32 cells
        assertThat((String[]) outputs.get("label")).containsExactlyElementsOf(model.predict(RealData.IRIS));
    }

    /** y is about 3x + 1 for red, and 3x for blue. */
    private static String quarters() {
        StringBuilder csv = new StringBuilder("x,colour,y\n");
        for (int i = 0; i < 100; i++) {
            csv.append(i % 9 == 0 ? "" : String.valueOf(i / 4.0))
                    .append(i % 3 == 0 ? ",red," : ",blue,")
                    .append(3 * i / 4.0 + (i % 3 == 0 ? 1 : 0) + i % 7 / 10.0)
                    .append('\n');
        }
        return csv.toString();
    }

    @Test
    void exportingTwiceGivesTheSameBytes() {
        FittedRegressor model = SHORT.fit(RealData.CARS, RealData.MPG);
        assertThat(Onnx.bytes(model)).isEqualTo(Onnx.bytes(model));
    }
}
