package io.github.flux4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code scripts/backends} refuses before it measures: in one line, with exit code 2. */
class BackendsTest {

    private static final String RIGHT = "questions=a\na.vary=engine:lean,dl4j\na.workloads=gemm-64\n";

    @TempDir
    private Path folder;

    private static void assertRefused(String message, String... arguments) {
        StringWriter err = new StringWriter();
        int code = Backends.commandLine().setErr(new PrintWriter(err)).execute(arguments);
        assertThat(err.toString()).startsWith("backends: ").contains(message).hasLineCount(1);
        assertThat(code).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rounds 0                        | rounds must be a whole number from 1 to 1000000, but is 0
            --rounds -3 --plan threads        | rounds must be a whole number from 1 to 1000000, but is -3
            --rounds 3000000000               | Invalid value for option '--rounds': '3000000000' is not an int
            --rounds                          | Missing required parameter for option '--rounds' (N)
            --quick --plan full               | --plan, --quick and --vary each say what is measured; give one of them
            --quick --vary omp:1,2            | --plan, --quick and --vary each say what is measured; give one of them
            --plan full --vary omp:1,2        | --plan, --quick and --vary each say what is measured; give one of them
            --plan src                        | there is no plan "src": neither a file nor one of
            --vary omp:                       | says no values
            --vary omp:,                      | says no values
            --vary omp:1 --vary omp:2         | varies omp twice
            --vary omp:1 --workloads ,        | times no workloads
            --vary omp:1 --workloads gemm-1e8 | gemm-1e8 multiplies matrices too large
            --questions ,                     | expected one question or more
            --fast                            | Unknown option: '--fast'
            """)
    void aWrongArgumentIsOneLineAndExitCode2(String line, String message) {
        assertRefused(message, line.split(" "));
    }

    static Stream<Arguments> plans() {
        return Stream.of(
                Arguments.of("", "questions is missing"),
                Arguments.of("questions=,\n", "expected one question or more"),
                Arguments.of(RIGHT.replace("=a\n", "=a,a\n"), "each once, but got [a, a]"),
                Arguments.of(RIGHT + "rounds=0\n", "rounds must be a whole number from 1 to 1000000, but is 0"),
                Arguments.of(RIGHT + "warmup=99999999999\n", "warmup must be a whole number from 1 to 1000000"),
                Arguments.of(RIGHT.replace("lean,dl4j", ","), "says no values"),
                Arguments.of(RIGHT.replace("gemm-64", ","), "the question a times no workloads"),
                Arguments.of(RIGHT + "a\\nb=\\u001b[31m", "unknown key \"a b\""),
                Arguments.of(RIGHT + "b=\\u12", "plan mine: Malformed \\uxxxx encoding"),
                Arguments.of("\0".repeat(1000), "questions is missing"),
                Arguments.of("#" + "x".repeat(100_000), "is no plan: it has more than 100000 bytes"));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aWrongPlanIsOneLineAndExitCode2(String plan, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("mine.properties"), plan);
        assertRefused(message, "--plan", file.toString());
    }

    @Test
    void aBinaryPlanIsOneLineAndExitCode2() throws Exception {
        Path file = Files.write(folder.resolve("plan"), "\u0089PNG\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file + " is no plan: it isn't text in UTF-8", "--plan", file.toString());
    }
}
