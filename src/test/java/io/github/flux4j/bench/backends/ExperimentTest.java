package io.github.flux4j.bench.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.bench.report.Machine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** Real processes. */
class ExperimentTest {

    private static final List<String> OLD_PROCESSOR = List.of("sse2", "avx");

    /** Kept between runs, since unpacking the native libraries takes seconds. */
    private static final Path FOLDER = Path.of("target", "backends-test");

    @TempDir
    Path folder;

    @Test
    void aCellIsProvedAndTimedAndOneThatTheProcessorCannotRunIsReported() throws Exception {
        Plan plan = Plan.parse("test", new StringReader("""
                rounds = 1
                warmup = 1
                measure = 5
                questions = binary
                binary.vary = binary: plain, avx512
                binary.workloads = gemm-64, tanh-1e3, train-article
                """));
        Journal journal = new Journal(folder.resolve("test.jsonl"));
        Results results = journal.open(header(plan), false);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said);
        Libraries libraries = new Libraries(FOLDER.resolve("lib"), true, out);
        new Experiment(new Launcher(FOLDER, libraries, OLD_PROCESSOR, plan), journal, results, out).run(plan);

        assertThat(results.verdict(Cell.STANDARD, "train-article").orElseThrow().refusal())
                .isNull();
        assertThat(results.figure(plan.questions().get(0), Cell.STANDARD, "gemm-64"))
                .isPresent();
        String reason =
                "this processor lacks avx512f, avx512vl, avx512bw, avx512dq, avx512cd, which the build avx512 needs";
        assertThat(results.refusal(Cell.STANDARD.with(Axis.BINARY, "avx512"), "gemm-64"))
                .isEqualTo(reason);
        assertThat(said.toString()).contains("not timed: binary=avx512: " + reason);
        assertThat(Journal.read(folder.resolve("test.jsonl"))).isEqualTo(results);
    }

    private static Header header(Plan plan) throws IOException {
        return new Header(
                "",
                new Machine("", "", 1, OLD_PROCESSOR, ""),
                "",
                Header.now(plan).standard(),
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
    void aWorkloadsErrorIsNotSmallWhenItsNumbersAreWrong() {
        Workload product = Workloads.named("gemm-8");
        double[] expected = product.expected();
        double[] wrong = expected.clone();
        wrong[5] += 0.01;
        assertThat(product.error(expected, expected)).isZero();
        assertThat(product.error(wrong, expected)).isGreaterThan(product.tolerance(DataType.FLOAT));
        wrong[5] = Double.NaN;
        assertThat(Verdict.of(product.error(wrong, expected), 1e-5, wrong).refusal())
                .startsWith("wrong by");
    }
}
