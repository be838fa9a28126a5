package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.consumer.ConsumerClassPath;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ND4J and DL4J log while the command line runs a program: in JVMs without this one's settings. */
@Tag("process")
class LoudnessTest {

    @TempDir
    private Path folder;

    private String program;

    @BeforeEach
    void writeAProgramThatStartsBoth() throws Exception {
        program = Files.writeString(folder.resolve("Both.java"), """
                import static io.github.flux4j.Flux4j.dense;

                class Both {
                    public static void main(String[] arguments) {
                        org.nd4j.linalg.factory.Nd4j.zeros(2, 2);
                        System.out.println(dense(1, 1).network().numParams());
                    }
                }
                """).toString();
    }

    @Test
    void aProgramsOutputIsAllThatIsSeen() throws Exception {
        assertThat(main("run", program)).isEqualTo(new ChildJvm(0, "2" + System.lineSeparator(), ""));
    }

    @Test
    void verboseShowsWhatBothLog() throws Exception {
        assertThat(main("-v", "run", program).err()).contains("Loaded [CpuBackend]", "Starting MultiLayerNetwork");
    }

    private static ChildJvm main(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = Main.class.getName();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return ChildJvm.run(ConsumerClassPath.ofTheCommandLine(), command);
    }
}
