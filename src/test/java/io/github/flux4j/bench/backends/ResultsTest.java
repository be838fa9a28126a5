package io.github.flux4j.bench.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.flux4j.bench.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of results; the numbers are invented. */
class ResultsTest {

    private static final Cell DL4J = Cell.STANDARD.with(Axis.ENGINE, "dl4j");
    private static final Cell AVX512 = Cell.STANDARD.with(Axis.BINARY, "avx512");

    private static final List<String> WORKLOADS = List.of("gemm-64", "tanh-1e3", "train-article");

    @TempDir
    Path folder;

    private static final Question ENGINE = new Question(
            "engine",
            "Which engine?",
            Cell.STANDARD,
            List.of(new Question.Variation(Axis.ENGINE, List.of("lean", "dl4j"))),
            WORKLOADS);

    private static Header header(String commit) {
        Question binary = new Question(
                "binary",
                "Which <binary>?",
                Cell.STANDARD,
                List.of(new Question.Variation(Axis.BINARY, List.of("plain", "avx512"))),
                List.of("tanh-1e3"));
        return new Header(
                "2026-01-02T03:04:05Z",
                new Machine(commit, "A processor", 2, List.of("sse2"), "Linux"),
                "A Java",
                Map.of("engine", "lean"),
                new Plan("test", "A test", 3, 10, 10, List.of(ENGINE, binary)));
    }

    private static Results results() {
        Facts facts = new Facts("A Java", "plain.jar", "blas.jar", 2, "", 2, 2);
        Results results = new Results(header("abc1234"), new ArrayList<>(), new ArrayList<>());
        results.proofs().add(new Proof(Cell.STANDARD, null, verdicts("a"), facts));
        results.proofs().add(new Proof(DL4J, null, verdicts("b"), facts));
        results.proofs().add(Proof.failed(AVX512, "this processor lacks avx512f"));
        for (int round = 0; round < 3; round++) {
            results.samples().add(sample(Cell.STANDARD, round, 1000 + round, 1000 - 10 * round, 200 + round));
            results.samples().add(sample(DL4J, round, 500 + round, 1000 + 10 * round, 4000 + round));
        }
        return results;
    }

    private static Map<String, Verdict> verdicts(String bits) {
        return Map.of(
                "gemm-64", new Verdict(1e-7, "same", null),
                "tanh-1e3", new Verdict(2e-7, bits, null),
                "train-article", new Verdict(3e-7, bits, null));
    }

    private static Sample sample(Cell cell, int round, double gemm, double tanh, double train) {
        return new Sample(
                "engine", cell, round, Map.of("gemm-64", gemm, "tanh-1e3", tanh, "train-article", train), null);
    }

    @Test
    void aFigureHasMedianAndRange() {
        assertThat(Figure.of(30, 10, 20)).isEqualTo(new Figure(20, 10, 30, 3));
        assertThat(Figure.of(40, 10, 20, 30).median()).isEqualTo(25);
        assertThat(Figure.of(30, 10, 20).spread()).isEqualTo(0.5);
    }

    @Test
    void onlyRangesApartAndMediansFivePercentApartAreADifference() {
        assertThat(Figure.of(10, 11, 12).isClearlyFasterThan(Figure.of(13, 14, 15)))
                .isTrue();
        assertThat(Figure.of(10, 11, 14).isClearlyFasterThan(Figure.of(13, 14, 15)))
                .isFalse();
        assertThat(Figure.of(100, 101, 102).isClearlyFasterThan(Figure.of(103, 104, 105)))
                .isFalse();
    }

    @Test
    void theAnswerSaysWhatToTakeWhenAndByHowMuch() {
        Results results = results();
        List<Question> questions = results.header().plan().questions();
        assertThat(Answer.of(questions.get(0), results))
                .isEqualTo("Take `dl4j` for `gemm-64` (× 2.00 as fast as `lean`); "
                        + "keep `lean` for `train-article` (`dl4j` takes × 19.9); "
                        + "no difference beyond the spread for `tanh-1e3`.");
        assertThat(Answer.of(questions.get(1), results)).isEqualTo("Nothing could be compared.");
    }

    @Test
    void resultsAreReadBackAsWritten() throws IOException {
        Path file = folder.resolve("sub").resolve("test.jsonl");
        Journal.write(results(), file);
        assertThat(Journal.read(file)).isEqualTo(results());
        assertThat(Files.readAllLines(file)).hasSize(1 + 3 + 6);
    }

    @Test
    void anInterruptedRunGoesOnWhereItStopped() throws IOException {
        Path file = folder.resolve("test.jsonl");
        Journal.write(results(), file);
        Files.writeString(file, "{\"sample\":{\"cell\":{\"sett", StandardOpenOption.APPEND); // cut off
        Journal journal = new Journal(file);
        Results found = journal.open(header("abc1234"), false);
        assertThat(found.isProved(DL4J, WORKLOADS)).isTrue();
        assertThat(found.isTimed(ENGINE, DL4J, 2, WORKLOADS)).isTrue();
        assertThat(found.isTimed(ENGINE, DL4J, 3, WORKLOADS)).isFalse();
        assertThat(found.isTimed(ENGINE, DL4J, 2, List.of("add-1e3"))).isFalse();
        journal.add(sample(DL4J, 3, 1, 1, 1));
        assertThat(Journal.read(file).samples()).hasSize(7);
    }

    @Test
    void anotherCommitStartsAnewUnlessToldToGoOn() throws IOException {
        Path file = folder.resolve("test.jsonl");
        Journal.write(results(), file);
        assertThat(new Journal(file).open(header("def5678"), true).samples()).hasSize(6);
        assertThat(new Journal(file).open(header("1234abc"), false).samples()).isEmpty();
        assertThat(Journal.read(file).header().machine().commit()).isEqualTo("1234abc");
    }

    @Test
    void thePageNeedsNothingFromElsewhereAndNamesWhatWasNotTimed() throws IOException {
        assertThat(HtmlReport.page(results()).html())
                .doesNotContain("http", "src=", "url(", "{{", "NaN", "<binary>")
                .contains("prefers-color-scheme: dark", "Which &lt;binary&gt;?", "class=\"framed\"")
                .contains("binary=avx512: this processor lacks avx512f")
                .contains("Of 6 results in float, 4 are the standard cell's to the last bit");
    }

    @Test
    void theTableHasARowForEachQuestionCellAndWorkload() throws IOException {
        Path file = folder.resolve("test.csv");
        CsvTable.write(results(), file);
        assertThat(Files.readAllLines(file))
                .hasSize(1 + 6 + 2)
                .contains("engine,gemm-64,plain,bundled,auto,auto,auto,float,dl4j,this,off,warm,"
                        + "3,501.0,500.0,502.0,0.5004995004995005,1.0E-7,same,");
    }

    @Test
    void theReadmesSectionIsWrittenFromWhatIsPublished() throws IOException {
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "before\n<!-- backends -->\noutdated\n<!-- /backends -->\nafter\n");
        Publication.write(results(), folder);
        ReadmeSection.write(readme, Publication.read(folder));
        assertThat(Files.readString(readme))
                .startsWith("before\n<!-- backends -->\n| asked |")
                .endsWith("<!-- /backends -->\nafter\n")
                .contains("| Which engine? | Take `dl4j` for `gemm-64` (× 2.00 as fast as `lean`); keep")
                .contains("medians over 3 rounds, A processor, 2 cores, A Java, 2026-01-02, commit abc1234")
                .doesNotContain("outdated");
    }

    @Test
    void withoutPublishedResultsTheReadmeStaysAsItIs() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ReadmeSection.write(folder.resolve("README.md"), List.of()))
                .withMessageContaining("run scripts/backends --plan full --publish");
    }
}
