package io.github.flux4j.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.bench.SampleResults;
import io.github.flux4j.bench.harness.Journal.Resume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was measured is lost; the numbers are invented. */
class JournalTest {

    private static final Results RESULTS = SampleResults.of("abc1234");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("sub").resolve("test.jsonl");
        new Journal(file).add(RESULTS);
    }

    @Test
    void resultsAreReadBackAsWritten() throws IOException {
        assertThat(Journal.read(file))
                .containsExactly(new Results(RESULTS.run().withId(1), RESULTS.proofs(), RESULTS.samples()));
        assertThat(Files.readAllLines(file))
                .hasSize(1 + RESULTS.proofs().size() + RESULTS.samples().size());
    }

    @Test
    void anInterruptedRunGoesOnWhereItStopped() throws IOException {
        Files.writeString(file, "{\"of\":1,\"sample\":{\"cell\":{\"sett", StandardOpenOption.APPEND); // cut off
        Journal journal = new Journal(file);
        Results found = journal.open(RESULTS.run(), Resume.SAME);
        Question question = RESULTS.run().plan().questions().get(0);
        assertThat(found.isProved(SampleResults.DL4J, question.workloads())).isTrue();
        assertThat(found.isTimed(question, SampleResults.DL4J, "gemm-64", 4)).isTrue();
        assertThat(found.isTimed(question, SampleResults.DL4J, "gemm-64", 5)).isFalse();
        journal.add(SampleResults.sample(SampleResults.DL4J, "gemm-64", 5, 1));
        List<Results> all = Journal.read(file);
        assertThat(all).hasSize(1);
        assertThat(all.get(0).samples()).hasSize(RESULTS.samples().size() + 1);
    }

    @Test
    void anotherCommitBeginsANewRunAndTheOldOneStays() throws IOException {
        Results other = new Journal(file).open(SampleResults.of("def5678").run(), Resume.SAME);
        assertThat(other.samples()).isEmpty();
        assertThat(Journal.read(file)).hasSize(2);
        assertThat(Journal.read(file).get(0).samples()).isEqualTo(RESULTS.samples());
        assertThat(Journal.read(file).get(1).run().machine().commit()).isEqualTo("def5678");
    }

    @Test
    void toldToGoOnItTakesTheLastRunAndToldToBeginANewOne() throws IOException {
        assertThat(new Journal(file)
                        .open(SampleResults.of("def5678").run(), Resume.ANY)
                        .samples())
                .isEqualTo(RESULTS.samples());
        assertThat(new Journal(file).open(RESULTS.run(), Resume.NONE).samples()).isEmpty();
        assertThat(Journal.read(file)).hasSize(2);
    }

    @Test
    void aFileThatIsNoJournalIsLeftAsItIsAndAddedTo() throws IOException {
        Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"header\":{}}\n[1]\nnull\nhello");
        new Journal(other).open(RESULTS.run(), Resume.SAME);
        assertThat(Files.readString(other)).startsWith("{\"header\":{}}\n[1]\nnull\nhello\n{\"run\":");
        assertThat(Journal.read(other)).hasSize(1);
    }
}
