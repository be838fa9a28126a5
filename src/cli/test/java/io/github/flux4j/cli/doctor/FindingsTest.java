package io.github.flux4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.cli.Jvm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What becomes of a checkup whose process dies. */
class FindingsTest {

    /** Says something and ends in the asked way, as native code might. */
    static final class Dying {

        private Dying() {}

        public static void main(String[] args) throws Exception {
            System.err.println("Attempting to use AVX512 ND4J binary on a CPU with only Generic x86 support");
            System.err.println("*********************");
            if (args[0].equals("exit")) {
                System.exit(1);
            }
            new ProcessBuilder("kill", args[0], "" + ProcessHandle.current().pid())
                    .inheritIO()
                    .start();
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }

    private static Check check(String way, Duration limit) throws Exception {
        Findings findings = Findings.of(Jvm.java(Dying.class.getName(), List.of(way), limit));
        assertThat(findings.libraries()).isNull();
        assertThat(findings.speed()).isNull();
        assertThat(findings.checks()).hasSize(1);
        return findings.checks().get(0);
    }

    @Test
    void anExitIsAFailedCheckWithTheLastLines() throws Exception {
        assertThat(check("exit", Duration.ofMinutes(1))).isEqualTo(Check.failed("native libraries load", """
                        it ended with exit code 1; it said at the end:
                        Attempting to use AVX512 ND4J binary on a CPU with only Generic x86 support"""));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
    void anIllegalInstructionIsNamed() throws Exception {
        assertThat(check("-ILL", Duration.ofMinutes(1)).got())
                .startsWith("it ended by SIGILL (an instruction that the processor doesn't have), exit code ")
                .contains("Problematic frame")
                .doesNotContain("bug report");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
    void aKilledProcessIsNamedToo() throws Exception {
        assertThat(check("-KILL", Duration.ofMinutes(1)).got())
                .startsWith("it ended by SIGKILL (out of memory, or it took too long), exit code 137");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
    void aProcessThatHangsIsStopped() throws Exception {
        assertThat(check("-WINCH", Duration.ofSeconds(1)).got()).startsWith("it ended by SIGKILL");
    }

    @Test
    void aSilentEndIsAFailureToo() {
        assertThat(Findings.of(new Jvm.Ended(0, List.of())).checks())
                .containsExactly(Check.failed("native libraries load", "it ended with exit code 0"));
    }

    @Test
    void whatWasFoundBeforeIsKept() {
        Jvm.Ended child = new Jvm.Ended(
                139,
                List.of(
                        "noise",
                        Checkup.MARK + "{\"check\":{\"name\":\"product\",\"got\":\"yes\",\"ok\":true}}",
                        "last"));
        assertThat(Findings.of(child).checks())
                .containsExactly(
                        Check.held("product"),
                        Check.failed(
                                "native libraries load",
                                "it ended by SIGSEGV, exit code 139; it said at the end:\nnoise\nlast"));
    }
}
