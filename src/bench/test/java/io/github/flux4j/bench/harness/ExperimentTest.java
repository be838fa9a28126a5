package io.github.flux4j.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes. */
@Tag("process")
class ExperimentTest {

    private static final List<String> OLD_PROCESSOR = List.of("sse2", "avx");

    /** Kept between runs, since unpacking the native libraries takes seconds. */
    private static final Path FOLDER = Path.of("target", "backends-test");

    @TempDir
    Path folder;

    @Test
    void aCellIsProvedAndTimedAndOneThatTheProcessorCannotRunIsReported() throws Exception {
        ExperimentPlan plan = ExperimentPlan.parse("test", new StringReader("""
                rounds = 1
                warmup = 1
                measure = 5
                questions = binary
                binary.vary = binary: plain, avx512
                binary.workloads = gemm-64, tanh-1e3, train-article
                """));
        Journal journal = new Journal(folder.resolve("test.jsonl"));
        Results results = journal.open(run(plan), Journal.Resume.SAME);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said);
        Libraries libraries = new Libraries(FOLDER.resolve("lib"), true, out);
        new Experiment(new Launcher(FOLDER, libraries, OLD_PROCESSOR, plan), journal, results, out).run(plan);

        assertThat(results.proof(Cell.STANDARD)
                        .orElseThrow()
                        .checks()
                        .get("train-article")
                        .refusal())
                .isNull();
        Question question = plan.questions().get(0);
        for (String workload : question.workloads()) {
            for (Cell cell : List.of(question.reference(), question.again())) {
                assertThat(results.nanos(question, cell, workload)).containsOnlyKeys(0);
            }
        }
        assertThat(results.samples()).allSatisfy(sample -> {
            assertThat(sample.failure()).isNull();
            assertThat(sample.measured().processorNanos()).isPositive();
            assertThat(sample.load()).isNotNull();
        });
        String reason =
                "this processor lacks avx512f, avx512vl, avx512bw, avx512dq, avx512cd, which the build avx512 needs";
        assertThat(results.refusal(Cell.STANDARD.with(CellAxis.BINARY, "avx512"), "gemm-64"))
                .isEqualTo(reason);
        assertThat(said.toString()).contains("not timed: binary=avx512: " + reason);
        assertThat(Journal.read(folder.resolve("test.jsonl"))).containsExactly(results);
    }

    private static ExperimentRun run(ExperimentPlan plan) throws IOException {
        return new ExperimentRun(
                0,
                "",
                new Machine("", "", 1, OLD_PROCESSOR, ""),
                "",
                ExperimentRun.now(plan).standard(),
                plan);
    }

    @Test
    void aProcessThatDiesIsReportedWithItsSignalOrItsLastWords() {
        assertThatThrownBy(() -> Child.run(new ProcessBuilder("sh", "-c", "kill -ILL $$"), 10))
                .isInstanceOf(Unavailable.class)
                .hasMessage("its process was ended by an instruction that this processor lacks (SIGILL)");
        assertThatThrownBy(() ->
                        Child.run(new ProcessBuilder("sh", "-c", "echo java: undefined symbol; echo more; exit 3"), 10))
                .isInstanceOf(Unavailable.class)
                .hasMessage("its process ended with code 3: java: undefined symbol");
    }

    @Test
    void aJavaThatIsNotThereIsReportedWithThoseThatAre() {
        assertThatThrownBy(() -> Jdks.java("9"))
                .isInstanceOf(Unavailable.class)
                .hasMessageMatching("there is no Java 9 here, only ([0-9]+, )*"
                        + Runtime.version().feature() + "(, [0-9]+)*; looked at JAVA_HOME and in .*");
    }

    @Test
    void kernelsThatOpenBlasDoesNotKnowAreReportedNotTimed() {
        Facts facts = new Facts(
                "A Java", "x-" + Libraries.PLATFORM + ".jar", "openblas.jar", 2, "OpenBLAS, kernels for Zen", 2, 2);
        assertThat(facts.mismatch(Cell.STANDARD.with(CellAxis.CORE_TYPE, "Pentium9")))
                .contains("OpenBLAS has no kernels for Pentium9 here; it took those for Zen");
        assertThat(facts.mismatch(Cell.STANDARD.with(CellAxis.CORE_TYPE, "zen")))
                .isEmpty();
    }
}
