package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @Test
    void withoutCommandItSaysWhichThereAre() {
        CommandRun run = CommandRun.of();
        assertThat(run.out()).contains("article", "train", "run", "shell", "classpath");
        assertThat(run.code()).isZero();
    }

    @Test
    void versionNamesFlux4jDeeplearning4jAndJava() {
        CommandRun run = CommandRun.of("--version");
        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("flux4j "),
                        line -> assertThat(line).isEqualTo("Deeplearning4j 1.0.0-M2.1"),
                        line -> assertThat(line).isEqualTo("Java " + Runtime.version()));
        assertThat(run.code()).isZero();
    }

    @Test
    void unknownCommandIsOneLineAndExitCode2() {
        assertThat(CommandRun.of("fit"))
                .isEqualTo(new CommandRun(
                        2,
                        "",
                        "flux4j: Unmatched argument at index 0: 'fit'; flux4j --help shows what there is"
                                + System.lineSeparator()));
    }

    @Test
    void aFileWhoseNameLooksLikeAnOptionIsToldHowToWrite() throws IOException {
        Path file = Files.createFile(Path.of("-model.flux4j"));
        try {
            CommandRun run = CommandRun.of("predict", "-model.flux4j", "cars.csv");
            assertThat(run.err()).contains("Unknown option", "; for the file of this name write ./-model.flux4j; ");
            assertThat(run.code()).isEqualTo(2);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void classpathIsThisProcesss() {
        assertThat(CommandRun.of("classpath").out().strip()).isEqualTo(System.getProperty("java.class.path"));
    }

    @Test
    void runPassesEveryArgumentAndTheExitCodeOn(@TempDir Path folder) throws IOException {
        Path program = Files.writeString(folder.resolve("Echo.java"), """
                import static io.github.flux4j.Flux4j.dense;

                class Echo {
                    public static void main(String[] arguments) {
                        boolean same = String.join("|", arguments).equals("--help|-v|--|@file||a b");
                        System.exit(same && dense(1, 1).parameterCount() == 2 ? 7 : 8);
                    }
                }
                """);
        CommandRun run = CommandRun.of("run", program.toString(), "--help", "-v", "--", "@file", "", "a b");
        assertThat(run).isEqualTo(new CommandRun(7, "", ""));
    }

    @Test
    void runWantsAJavaFile() {
        assertThat(CommandRun.of("run", "missing.java").err().strip())
                .isEqualTo(
                        "flux4j run: expected the path of a Java source file, but got missing.java, which can't be read; check the path");
        assertThat(CommandRun.of("run", "pom.xml"))
                .isEqualTo(new CommandRun(
                        2,
                        "",
                        "flux4j run: expected the path of a Java source file, but got pom.xml, which doesn't end with .java"
                                + System.lineSeparator()));
    }
}
