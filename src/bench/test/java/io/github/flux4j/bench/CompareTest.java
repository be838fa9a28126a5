package io.github.flux4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Wrong arguments are explained in a line, before anything is built or timed. */
class CompareTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --against no-such-commit | git knows no commit "no-such-commit" here; an id does, or a branch, a tag, or HEAD~3 for the third before the last
            --against HEAD --rounds 4 | an interval needs five processes on either side: with --against, --rounds must be 5 or more, but was 4
            --against HEAD --contenders FLUX4J,HAND_ROLLED | --against times flux4j alone: --contenders can be FLUX4J, FLUX4J_ONEDNN, FLUX4J_DL4J, FLUX4J_LEAN, but were [FLUX4J, HAND_ROLLED]
            --against HEAD --publish | --against times flux4j alone: no --peers, --publish or --readme
            --against HEAD --readme | --against times flux4j alone: no --peers, --publish or --readme
            --publish --rounds 4 | --publish needs 5 rounds or more, since fewer carry no verdict, but there are 4; give --rounds 5
            --rounds 0 | --rounds must be 1 or more, but was 0
            """)
    void aWrongArgumentIsExplained(String arguments, String explanation) {
        assertThat(errors(arguments.split(" "))).isEqualTo("compare: " + explanation + "\n");
    }

    @Test
    void anUnknownProblemIsExplainedBeforeACommitIsBuilt() {
        assertThat(errors("--against", "HEAD", "--problems", "article,nonsense"))
                .startsWith("compare: there is no workload \"nonsense\"; there are gemm-SIZE")
                .hasLineCount(1);
    }

    private static String errors(String... arguments) {
        StringWriter errors = new StringWriter();
        int code = Compare.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        return errors.toString();
    }
}
