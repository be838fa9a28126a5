package io.github.flux4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.flux4j.bench.SampleResults;
import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.ExperimentPlan;
import io.github.flux4j.bench.harness.ExperimentRun;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.PairedRatio.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of results; the numbers are invented. */
class ReportTest {

    private static final Results RESULTS = SampleResults.of("abc1234");

    @TempDir
    Path folder;

    @Test
    void theAnswerSaysInTwoSentencesWhoIsAheadAndWhereTheMachineWasTooBusy() {
        List<Question> questions = RESULTS.run().plan().questions();
        assertThat(Answer.of(questions.get(0), RESULTS))
                .isEqualTo("lean is slower than dl4j at gemm-64 (0.500 to 0.502 of lean's time). "
                        + "lean is faster than all others at train-article (dl4j takes 19.6 to 20.0 times as long); "
                        + "not resolved: tanh-1e3; the machine was too busy to judge add-1e3.");
        assertThat(Answer.of(questions.get(1), RESULTS)).isEqualTo("Nothing could be compared.");
    }

    @Test
    void whereTheSameTimedTwiceDiffersOnlyWhatDiffersMoreIsConcluded() {
        assertThat(verdict(RESULTS, "add-1e3")).contains(Verdict.TOO_BUSY);
        assertThat(verdict(RESULTS, "gemm-64")).contains(Verdict.FASTER);
        Results farOff = new Results(
                RESULTS.run(),
                RESULTS.proofs(),
                RESULTS.samples().stream()
                        .map(one ->
                                one.workload().equals("add-1e3") && one.cell().equals(SampleResults.DL4J)
                                        ? SampleResults.sample(one.cell(), one.workload(), one.round(), 3000)
                                        : one)
                        .toList());
        assertThat(verdict(farOff, "add-1e3")).contains(Verdict.SLOWER);
    }

    private static Optional<Verdict> verdict(Results results, String workload) {
        return Row.of(SampleResults.ENGINE, results, workload).stream()
                .filter(row -> row.cell().equals(SampleResults.DL4J))
                .findFirst()
                .flatMap(Row::verdict);
    }

    @Test
    void withoutTheReferenceTimedTwiceNothingIsConcluded() {
        Results once = new Results(
                RESULTS.run(),
                RESULTS.proofs(),
                RESULTS.samples().stream()
                        .filter(sample -> !sample.cell().equals(SampleResults.ENGINE.again()))
                        .toList());
        assertThat(verdict(once, "gemm-64")).contains(Verdict.TOO_FEW);
    }

    @Test
    void fourRoundsCarryNoVerdict() {
        Results four = new Results(
                RESULTS.run(),
                RESULTS.proofs(),
                RESULTS.samples().stream().filter(sample -> sample.round() < 4).toList());
        assertThat(verdict(four, "gemm-64")).contains(Verdict.TOO_FEW);
        assertThat(Answer.of(SampleResults.ENGINE, four))
                .isEqualTo("With fewer than 5 rounds nothing can be concluded.");
    }

    /** The others were told apart at a stricter level, so what is left needs no allowance for them. */
    @Test
    void whatIsToldApartNoLongerWidensTheIntervalsOfTheRest() {
        Question league = SampleLeague.results().run().plan().questions().get(0);
        Results results = SampleLeague.scattered();
        double[] reference = array(results.nanos(league, league.reference(), "article"));
        Cell close = league.cells().get(4);
        assertThat(results.ratios(league, "article").get(close))
                .isEqualTo(PairedRatio.of(array(results.nanos(league, close, "article")), reference, 1));
    }

    private static double[] array(Map<Integer, Double> nanos) {
        return nanos.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void aRunOfABusyMachineIsNotPublished() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Publication.write(RESULTS, folder))
                .withMessageContaining("didn't come out alike within 20 % at add-1e3; on a quieter machine, the same");
        assertThat(folder).isEmptyDirectory();
    }

    /** Of a quiet machine. */
    private static Results quiet(Results results) {
        return new Results(
                results.run(),
                results.proofs(),
                results.samples().stream()
                        .map(one -> one.workload().equals("add-1e3")
                                ? SampleResults.sample(one.cell(), one.workload(), one.round(), 100)
                                : one)
                        .toList());
    }

    @Test
    void theTableHasMeanSpreadRatioIntervalAndVerdictFastestFirst() {
        assertThat(TextReport.of(RESULTS).lines())
                .containsSubsequence(
                        "Which engine?",
                        "gemm-64           mean       of processes  × lean  95 % interval  processor    heap  GFLOP/s",
                        "  dl4j          502 ns    500 ns … 504 ns   0.501  0.500 … 0.502    1.00 µs  16.0 B     1040            faster");
        assertThat(TextReport.of(RESULTS)).containsPattern("shows a ratio of 1\\.05 in 4 of 5 such experiments");
        assertThat(TextReport.of(RESULTS)).contains("not timed: binary=avx512: this processor lacks avx512f");
    }

    @Test
    void aTimeIsExplainedByWhatWasMeasuredBesideIt() {
        assertThat(TextReport.of(SampleLeague.explained()).replaceAll(" {2,}", "  "))
                .contains("digits  mean  of processes  × flux4j  95 % interval  GFLOP/s")
                .contains("p99  p99.9  p99 / median  clock's own")
                .contains("  flux4j  500 ns  500 ns … 500 ns  2.00 µs  9.00 µs  4.00 (4.00 … 4.00)  25.0 ns")
                .contains("  flux4j  100 µs  100 µs … 100 µs  200 ms  10000");
    }

    @Test
    void thePageExplains() {
        assertThat(HtmlReport.page(SampleLeague.explained()).html()).contains("p99 / median", "in the first second");
    }

    @Test
    void thePageNeedsNothingFromElsewhereAndNamesWhatWasNotTimed() {
        assertThat(HtmlReport.page(RESULTS).html())
                .doesNotContain("http", "src=", "url(", "NaN", "<binary>")
                .contains("prefers-color-scheme: dark", "Which &lt;binary&gt;?", "<svg")
                .contains("binary=avx512: this processor lacks avx512f")
                .contains("In float the largest error against double precision is 1.0e-06");
    }

    @Test
    void whatSeemsToDifferIsColouredOnlyWithAVerdict() {
        String gemm = Charts.of(SampleResults.ENGINE, RESULTS, "gemm-64").html();
        String busy = Charts.of(SampleResults.ENGINE, RESULTS, "add-1e3").html();
        assertThat(gemm).contains("class=\"row green\"", "class=\"row strong blue\"", "class=\"row grey\"");
        assertThat(busy).doesNotContain("class=\"row green\"", "class=\"row orange\"");
    }

    @Test
    void publishedRunsAreAddedAndTheReadmesSectionIsWrittenFromTheLast() throws IOException {
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "before\n<!-- backends -->\noutdated\n<!-- /backends -->\nafter\n");
        Publication.write(quiet(SampleResults.of("0ld0ld0")), folder);
        Publication.write(quiet(RESULTS), folder);
        ReadmeSection.write(readme, "backends", Publication.last(Publication.all(folder)));
        assertThat(Files.readString(readme))
                .startsWith("before\n<!-- backends -->\n| asked |")
                .endsWith("<!-- /backends -->\nafter\n")
                .contains("| Which engine? | lean is slower than dl4j at gemm-64")
                .contains("Geometric means of 5 rounds, A processor, 2 cores, A Java, 2026-01-02, commit abc1234")
                .doesNotContain("outdated");
        assertThat(Files.readString(folder.resolve("test.jsonl"))).contains("0ld0ld0", "abc1234");
    }

    @Test
    void theLeagueIsATableOfContendersInWords() throws IOException {
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "<!-- comparison -->\n<!-- /comparison -->\n");
        ReadmeSection.write(readme, "comparison", List.of(SampleLeague.results()));
        assertThat(Files.readString(readme))
                .contains("""
                        | | `article` |
                        |---|---:|
                        | flux4j | **100 ns** |
                        | flux4j on its lean engine | 90.0 ns (× 0.900) |
                        | readable loops, one thread | 12.0 ns (× 0.120) |
                        | DL4J as it comes | 102 ns (× 1.02) |
                        """)
                .contains(
                        "flux4j is slower than readable loops, one thread at article (0.120 to 0.120 of flux4j's time).");
    }

    @Test
    void theGridIsATableOfTimesEachWithTheNearestRival() throws IOException {
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "<!-- comparison -->\n<!-- /comparison -->\n");
        ReadmeSection.write(readme, "comparison", List.of(SampleLeague.grid()));
        assertThat(Files.readString(readme)).contains("""
                        | batch | width 8 | width 32 |
                        |---:|---:|---:|
                        | 1 | **100 ns**, readable loops, one thread × 0.500 | – |
                        | 8 | – | – |
                        | 32 | – | **400 ns**, DL4J as it comes × 1.02 |
                        """);
    }

    @Test
    void pagesOfWhatIsPublishedAreWrittenAnew() throws IOException {
        Publication.write(quiet(RESULTS), folder);
        Path page = folder.resolve(RESULTS.run().plan().name() + ".html");
        String written = Files.readString(page);
        Files.writeString(page, "as it looked before");
        assertThat(Publication.renew(folder)).hasSize(1);
        assertThat(page).hasContent(written);
    }

    @Test
    void withoutPublishedResultsTheReadmeStaysAsItIs() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ReadmeSection.write(folder.resolve("README.md"), "comparison", List.of()))
                .withMessageContaining("run scripts/compare --publish");
    }

    @Test
    void aReadmeWithoutTheMarksIsRefused() throws IOException {
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "nothing here");
        assertThatIllegalStateException()
                .isThrownBy(() -> ReadmeSection.write(readme, "backends", List.of(RESULTS)))
                .withMessage(readme + " needs the lines <!-- backends --> and <!-- /backends -->, "
                        + "between which the backends goes");
        assertThat(Files.readString(readme)).isEqualTo("nothing here");
    }

    @Test
    void onlyFiveRoundsOfCommittedSourcesArePublished() {
        ExperimentPlan plan = RESULTS.run().plan();
        ExperimentRun run = SampleResults.of("abc1234 and changes 12ab").run();
        assertThat(run.machine().isChanged()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> Publication.requireFit(plan.withRounds(4), false))
                .withMessageContaining("--publish needs 5 rounds or more");
        assertThatIllegalStateException()
                .isThrownBy(() -> Publication.requireFit(plan, true))
                .withMessageContaining("not committed");
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
}
