package io.github.flux4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.bench.SampleResults;
import io.github.flux4j.bench.harness.ExperimentPlan;
import io.github.flux4j.bench.harness.ExperimentRun;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.cli.PairedRatio.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void theAnswerSaysWhatIsFasterWhatIsNotAndWhereTheMachineWasTooBusy() {
        List<Question> questions = RESULTS.run().plan().questions();
        assertThat(Answer.of(questions.get(0), RESULTS))
                .isEqualTo("dl4j is faster at gemm-64 (0.500 to 0.502 times lean's time); "
                        + "faster than all others, lean at train-article (dl4j takes 19.6 to 20.0 times as long); "
                        + "nothing faster than lean seen at tanh-1e3; "
                        + "the machine was too busy to tell at add-1e3.");
        assertThat(Answer.inShort(questions.get(0), RESULTS))
                .isEqualTo("dl4j is faster at gemm-64; faster than all others, lean at train-article; "
                        + "nothing faster than lean seen at tanh-1e3; the machine was too busy to tell at add-1e3.");
        assertThat(Answer.of(questions.get(1), RESULTS)).isEqualTo("Nothing could be compared.");
    }

    @Test
    void whereTheSameTimedTwiceDiffersNothingIsConcluded() {
        assertThat(RESULTS.verdict(SampleResults.ENGINE, SampleResults.DL4J, "add-1e3"))
                .contains(Verdict.TOO_BUSY);
        assertThat(RESULTS.verdict(SampleResults.ENGINE, SampleResults.DL4J, "gemm-64"))
                .contains(Verdict.FASTER);
    }

    @Test
    void withoutTheReferenceTimedTwiceNothingIsConcluded() {
        Results once = new Results(
                RESULTS.run(),
                RESULTS.proofs(),
                RESULTS.samples().stream()
                        .filter(sample -> !sample.cell().equals(SampleResults.ENGINE.again()))
                        .toList());
        assertThat(once.verdict(SampleResults.ENGINE, SampleResults.DL4J, "gemm-64"))
                .contains(Verdict.TOO_FEW);
    }

    @Test
    void fourRoundsCarryNoVerdict() {
        Results four = new Results(
                RESULTS.run(),
                RESULTS.proofs(),
                RESULTS.samples().stream().filter(sample -> sample.round() < 4).toList());
        assertThat(four.verdict(SampleResults.ENGINE, SampleResults.DL4J, "gemm-64"))
                .contains(Verdict.TOO_FEW);
        assertThat(Answer.of(SampleResults.ENGINE, four)).contains("with fewer than 5 rounds nothing can be concluded");
    }

    @Test
    void theTableHasMedianRatioIntervalAndVerdictFastestFirst() {
        assertThat(TextReport.of(RESULTS).lines())
                .containsSubsequence(
                        "Which engine?",
                        "gemm-64         median  × lean  95 % interval  processor    heap  GFLOP/s",
                        "  dl4j          502 ns   0.501  0.500 … 0.502    1.00 µs  16.0 B     1040              faster");
        assertThat(TextReport.of(RESULTS)).contains("not timed: binary=avx512: this processor lacks avx512f");
    }

    @Test
    void aTimeIsExplainedByWhatWasMeasuredBesideIt() {
        assertThat(TextReport.of(SampleLeague.explained()).replaceAll(" {2,}", "  "))
                .contains("digits  median  × flux4j  95 % interval  GFLOP/s  % of its products' rate")
                .containsPattern("  flux4j  10\\.0 µs .*40\\.0 \\(40\\.0 … 40\\.0\\)")
                .containsPattern("  readable loops, one thread  40\\.0 µs .*10\\.0 \\(10\\.0 … 10\\.0\\)")
                .contains("p99  p99.9  p99 / median  clock's own")
                .contains("  flux4j  500 ns  2.00 µs  9.00 µs  4.00 (4.00 … 4.00)  25.0 ns")
                .contains("  flux4j  100 µs  200 ms  10000")
                .contains("  flux4j  100 ns  0 B  0.250 B  1.01");
    }

    @Test
    void thePageExplainsButRanksNoYardstick() {
        assertThat(HtmlReport.page(SampleLeague.explained()).html())
                .doesNotContain("What is faster at products-of-digits?")
                .contains("p99 / median", "% of its products", "in the first second", "late / early");
    }

    @Test
    void jmhsToolsFindWhatExplains() throws IOException {
        Path file = folder.resolve("jmh.json");
        JmhJson.write(SampleLeague.explained(), file);
        JsonArray entries = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
        assertThat(secondary(entries.get(0), "% of its products' rate"))
                .isCloseTo(40, within(1e-9)); // by way of logarithms
        assertThat(secondary(entries.get(4), "p99")).isEqualTo(2000);
        assertThat(secondary(entries.get(4), "p99 / median")).isCloseTo(4, within(1e-9));
    }

    private static double secondary(JsonElement entry, String name) {
        return entry.getAsJsonObject()
                .getAsJsonObject("secondaryMetrics")
                .getAsJsonObject(name)
                .get("score")
                .getAsDouble();
    }

    @Test
    void thePageNeedsNothingFromElsewhereAndNamesWhatWasNotTimed() {
        assertThat(HtmlReport.page(RESULTS).html())
                .doesNotContain("http", "src=", "url(", "NaN", "<binary>")
                .contains("prefers-color-scheme: dark", "Which &lt;binary&gt;?", "<svg")
                .contains("binary=avx512: this processor lacks avx512f")
                .contains("Of 8 results in float, 6 are the standard cell&#39;s to the last bit");
    }

    @Test
    void whatSeemsToDifferIsColouredOnlyWithAVerdict() {
        String gemm = Charts.of(SampleResults.ENGINE, RESULTS, "gemm-64").html();
        String busy = Charts.of(SampleResults.ENGINE, RESULTS, "add-1e3").html();
        assertThat(gemm).contains("class=\"row green\"", "class=\"row strong blue\"", "class=\"row grey\"");
        assertThat(busy).doesNotContain("class=\"row green\"", "class=\"row orange\"");
    }

    @Test
    void jmhsToolsFindScoreSettingsAndEveryProcess() throws IOException {
        Path file = folder.resolve("sub").resolve("jmh.json");
        JmhJson.write(RESULTS, file);
        JsonArray entries = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
        assertThat(entries).hasSize(12);
        JsonObject first = entries.get(0).getAsJsonObject();
        assertThat(first.get("benchmark").getAsString()).isEqualTo("flux4j.engine.gemm-64");
        assertThat(first.getAsJsonObject("params").get("engine").getAsString()).isEqualTo("dl4j");
        assertThat(first.getAsJsonObject("primaryMetric").get("score").getAsDouble())
                .isEqualTo(502);
        assertThat(first.getAsJsonObject("primaryMetric").getAsJsonArray("rawData"))
                .hasSize(5);
    }

    @Test
    void publishedRunsAreAddedAndTheReadmesSectionIsWrittenFromTheLast() throws IOException {
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "before\n<!-- backends -->\noutdated\n<!-- /backends -->\nafter\n");
        Publication.write(SampleResults.of("0ld0ld0"), folder);
        Publication.write(RESULTS, folder);
        ReadmeSection.write(readme, "backends", Publication.read(folder));
        assertThat(Files.readString(readme))
                .startsWith("before\n<!-- backends -->\n| asked |")
                .endsWith("<!-- /backends -->\nafter\n")
                .contains("| Which engine? | dl4j is faster at gemm-64")
                .contains("Medians over 5 rounds, A processor, 2 cores, A Java, 2026-01-02, commit abc1234")
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
                        | DL4J as it comes | 102 ns (≈ × 1.02) |
                        """)
                .contains("readable loops, one thread is faster at article (0.120 to 0.120 times flux4j's time).");
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
                        | 32 | – | **400 ns**, DL4J as it comes ≈ × 1.02 |
                        """);
    }

    @Test
    void pagesOfWhatIsPublishedAreWrittenAnew() throws IOException {
        Publication.write(RESULTS, folder);
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
