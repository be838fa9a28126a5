package io.github.flux4j.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page and its numbers say of a fit. */
class FitPageTest {

    private static final Path DATA = Path.of("src/site/data");

    @TempDir
    private Path folder;

    private static Table line(int rows) {
        SplittableRandom random = new SplittableRandom(1);
        return Table.of(
                IntStream.range(0, rows)
                        .mapToObj(i -> new double[] {i, 3 * i + random.nextDouble()})
                        .toArray(double[][]::new),
                "x",
                "y");
    }

    @Test
    void aFileKeepsWhatThePageShows() throws IOException {
        FittedClassifier flowers =
                Learn.classifier().seed(1).epochs(3).fit(Table.read(DATA.resolve("iris.csv")), "species");
        flowers.save(folder.resolve("iris.flux4j"));
        Report read = FittedClassifier.load(folder.resolve("iris.flux4j")).report();
        assertThat(read.page().html()).isEqualTo(flowers.report().page().html());
        FittedRegressor line = Learn.regressor().seed(1).epochs(3).fit(line(60), "y");
        line.save(folder.resolve("line.flux4j"));
        assertThat(FittedRegressor.load(folder.resolve("line.flux4j")).report().unseen())
                .isEqualTo(line.report().unseen());
    }

    /** Two parallel lines: y = 2x, and 5 more for b; a rests on the constant as the more frequent level. */
    @Test
    void aLineHasItsEquationAndATableOfCoefficients() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            boolean isB = i % 3 == 0;
            rows.add(Map.of("x", i, "kind", isB ? "b" : "a", "y", 2 * i + (isB ? 5 : 0) + i % 7 / 100.0));
        }
        Report report = Learn.regressor().linear().fit(Table.ofMaps(rows), "y").report();
        Report.Equation equation = report.equations().get(0);
        assertThat(equation.lines(2)).hasSizeBetween(4, 5).startsWith(equation.toString());
        assertThat(equation.lines(1)).doesNotContain("  " + equation.constant());
        assertThat(report.toString()).contains(equation.lines(2));
        assertThat(report.page().html())
                .contains("<h2>Equation</h2>", "<h3>" + equation, "standard error", "95 % interval")
                .contains(">(kind is b)</th><td>5.0", "A line learnt from 60 rows.")
                .doesNotContain("<h2>Training</h2>", "1 network");
    }

    /** Recomputed here from the confusion matrix. */
    @Test
    void confusionAndBinsCountEachRowLeftOutOnce() throws IOException {
        Report report = Learn.classifier()
                .seed(1)
                .epochs(10)
                .fit(Table.read(DATA.resolve("iris.csv")), "species")
                .report();
        Unseen.Labels labels = report.unseen().labels();
        int right =
                IntStream.range(0, 3).map(k -> labels.confusion().get(k).get(k)).sum();
        assertThat(labels.confusion().stream()
                        .flatMap(List::stream)
                        .mapToInt(count -> count)
                        .sum())
                .isEqualTo(150);
        assertThat(right / 150.0).isEqualTo(report.leftOut().get("accuracy"));
        assertThat(labels.calibration().stream().mapToInt(Unseen.Bin::rows).sum())
                .isEqualTo(150);
        assertThat(labels.calibration().stream()
                        .mapToLong(bin -> Math.round(bin.right() * bin.rows()))
                        .sum())
                .isEqualTo(right);
    }

    @Test
    void manyRowsLeaveFewNumbersInTheReport() {
        Unseen unseen = Learn.regressor()
                .seed(1)
                .epochs(1)
                .networks(2)
                .fit(line(20_000), "y")
                .report()
                .unseen();
        assertThat(unseen.numbers().get(0).rows()).isEqualTo(20_000);
        assertThat(unseen.numbers().get(0).actual()).hasSizeBetween(50, 800);
        assertThat(unseen.numbers().get(0).residuals().counts().stream()
                        .mapToInt(count -> count)
                        .sum())
                .isEqualTo(20_000);
    }

    @Test
    void withoutRowsLeftOutThePageSaysSo() {
        String page = Learn.regressor()
                .seed(1)
                .epochs(1)
                .networks(1)
                .patience(0)
                .fit(line(30), "y")
                .report()
                .page()
                .html();
        assertThat(page).contains("the error on new rows is unknown").doesNotContain("On held-out rows");
    }

    @Test
    void ofManyClassesTheFrequentOnesAreShownAndTheOthersTogether() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(Map.of("x", i, "class", "c" + (i < 200 ? i % 20 : i % 50)));
        }
        Unseen.Labels labels = Learn.classifier()
                .seed(1)
                .epochs(1)
                .fit(Table.ofMaps(rows), "class")
                .report()
                .unseen()
                .labels();
        assertThat(labels.classes()).hasSize(24).endsWith("27 others");
        assertThat(labels.confusion().stream()
                        .flatMap(List::stream)
                        .mapToInt(count -> count)
                        .sum())
                .isEqualTo(300);
    }
}
