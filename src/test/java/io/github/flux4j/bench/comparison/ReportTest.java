package io.github.flux4j.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.flux4j.bench.contender.Entrant;
import io.github.flux4j.bench.report.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and pages made of results; the numbers are invented. */
class ReportTest {

    private static final double SGEMM_GFLOPS = 100;

    private static final Results RESULTS = results();

    @TempDir
    Path folder;

    private static Results results() {
        Environment environment = new Environment(
                "2026-01-02T03:04:05Z",
                "abc1234",
                "A processor",
                2,
                List.of("avx2"),
                "Linux",
                "A Java",
                Map.of("openblas", "1.0"),
                Map.of("DL4J and ND4J", 120.5),
                "Haswell",
                2,
                Map.of("NULL", ""),
                "3 rounds");
        return new Results(
                environment,
                SGEMM_GFLOPS,
                50,
                Stream.of(
                                row("article", Entrant.NULL, 1, 1, 1),
                                row("article", Entrant.HAND_ROLLED, 20, 10, 30),
                                row("article", Entrant.FLUX4J, 200, 250, 150),
                                row("article", Entrant.RAW_DL4J, 400_000, 600_000, 500_000),
                                row("grid-b8-w32", Entrant.FLUX4J, 3000, 3000, 3000),
                                row("grid-b8-w32", Entrant.HAND_ROLLED_TUNED, 2000, 2000, 2000),
                                row("grid-b128-w32", Entrant.FLUX4J, 30_000, 30_000, 30_000),
                                row("grid-b128-w32", Entrant.HAND_ROLLED_TUNED, 60_000, 60_000, 60_000))
                        .toList(),
                List.of(new Agreement(
                        "article", "DJL_PYTORCH", Agreement.Status.UNAVAILABLE, Map.of(), "<not> on the class path")));
    }

    private static Measurement row(String problem, Entrant entrant, double... nanos) {
        List<Fork> forks = Stream.of(nanos[0], nanos[1], nanos[2])
                .map(time -> Fork.steps(time, 16))
                .toList();
        return Measurement.of(new Cell(problem, entrant), forks, SGEMM_GFLOPS, Map.of(1, 1e-6));
    }

    @Test
    void aRowHasTheMedianAndTheRangeOfItsProcesses() {
        Measurement row = RESULTS.find("article", "HAND_ROLLED").orElseThrow();
        assertThat(row.medianNanos()).isEqualTo(20);
        assertThat(row.minNanos()).isEqualTo(10);
        assertThat(row.maxNanos()).isEqualTo(30);
        assertThat(row.forkNanos()).containsExactly(20.0, 10.0, 30.0);
        // 5 examples in 20 ns; 5·(6·1 − 2·1) multiplications and additions
        assertThat(row.examplesPerSecond()).isEqualTo(5 / 20e-9);
        assertThat(row.gflops()).isEqualTo(1);
        assertThat(row.sgemmShare()).isEqualTo(0.01);
        assertThat(row.heapBytesPerStep()).isEqualTo(16);
    }

    @Test
    void resultsAreReadBackAsWritten() throws IOException {
        Path file = folder.resolve("sub").resolve("comparison.json");
        RESULTS.write(file);
        assertThat(Results.read(file)).isEqualTo(RESULTS);
    }

    @Test
    void rowsAloneAreAListWithProblemContenderAndMedian() throws IOException {
        Path file = folder.resolve("rows.json");
        RESULTS.writeRows(file);
        assertThat(Files.readString(file))
                .startsWith("[")
                .containsPattern("\"problem\": \"article\",\\s+\"contender\": \"FLUX4J\",\\s+\"medianNanos\": 200.0");
    }

    @Test
    void theTableRanksContendersAndNamesThoseNotTimed() {
        assertThat(TextTable.of(RESULTS).lines().map(line -> line.trim().split(" ")[0]))
                .containsSubsequence("article", "NULL", "HAND_ROLLED", "FLUX4J", "RAW_DL4J", "grid-b8-w32");
        assertThat(TextTable.of(RESULTS))
                .contains("not timed: DJL_PYTORCH on article is not available: <not> on the class path");
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws IOException {
        String page = HtmlReport.page(List.of(RESULTS)).html();
        assertThat(page)
                .doesNotContain("http", "src=", "url(", "{{", "NaN", "<not>")
                .contains("&lt;not&gt;", "prefers-color-scheme: dark", "<svg");
    }

    @Test
    void theGridTellsWhereFlux4jWinsAndWhereItLosesMost() {
        assertThat(Grid.of(RESULTS).finding())
                .isEqualTo("flux4j is the fastest in 1 of 2 cells; at worst, with batch 8 and width 32, "
                        + "it takes 1.50 times what HAND_ROLLED_TUNED takes.");
    }

    @Test
    void theReadmesSectionIsReplacedBetweenItsMarks() throws IOException {
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "before\n<!-- comparison -->\noutdated\n<!-- /comparison -->\nafter\n");
        ReadmeSection.write(readme, List.of(RESULTS));
        assertThat(Files.readString(readme))
                .startsWith("before\n<!-- comparison -->\n")
                .endsWith("<!-- /comparison -->\nafter\n")
                .contains("| | FLUX4J | HAND_ROLLED | HAND_ROLLED_TUNED | RAW_DL4J |\n")
                .contains("| `article` | **200 ns** | 20.0 ns (× 0.100) | – | 500 µs (× 2500) |\n")
                .doesNotContain("outdated");
    }

    @Test
    void aReadmeWithoutTheMarksIsRefused() throws IOException {
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "nothing here");
        assertThatIllegalStateException()
                .isThrownBy(() -> ReadmeSection.write(readme, List.of(RESULTS)))
                .withMessage(readme + " needs the lines <!-- comparison --> and <!-- /comparison -->, "
                        + "between which the comparison goes");
        assertThat(Files.readString(readme)).isEqualTo("nothing here");
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.500 ns",
        "17.94, 17.9 ns",
        "999.9, 1000 ns",
        "1234, 1.23 µs",
        "5e6, 5.00 ms",
        "1.5e9, 1.50 s",
        "0, 0 ns"
    })
    void timesHaveThreeDigitsAndAUnit(double nanos, String text) {
        assertThat(Units.time(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"10.0 ns, 10 ns", "1.00 k, 1 k", "0.0100, 0.01", "100, 100"})
    void ticksHaveNoDigitsThatSayNothing(String text, String tick) {
        assertThat(Units.tick(text)).isEqualTo(tick);
    }
}
