package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command does whose output can't be written. */
@Tag("process")
class StandardOutputTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "--version", "article --help", "classpath", "article --json", "article"})
    void fullIsOneLineAndExitCode1(String line, @TempDir Path folder) {
        String command = line.startsWith("-") || line.isEmpty() ? "flux4j" : "flux4j " + line.split(" ")[0];
        CommandRun run = runInto("No space left on device", arguments(line, folder));
        assertThat(run.err())
                .endsWith(": can't write to standard output (No space left on device)" + System.lineSeparator())
                .startsWith(line.contains("--help") ? "flux4j" : command + ": ")
                .hasLineCount(1);
        assertThat(run.code()).isEqualTo(1);
        assertThat(folder).isEmptyDirectory();
    }

    /** As Linux and macOS say it, in English and in French, and as Windows does. */
    @ParameterizedTest
    @ValueSource(strings = {"Broken pipe", "Relais brisé (pipe)", "The pipe is being closed"})
    void closedIsNoLineAndTheExitCodeOfTheSignal(String message, @TempDir Path folder) {
        assertThat(runInto(message, arguments("article", folder))).isEqualTo(new CommandRun(141, "", ""));
    }

    private static String[] arguments(String line, Path folder) {
        String whole =
                line.equals("article") ? line + " --epochs 2147483647 --picture " + folder.resolve("a.png") : line;
        return whole.isEmpty() ? new String[0] : whole.split(" ");
    }

    private static CommandRun runInto(String failure, String... arguments) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        StringWriter err = new StringWriter();
        int code = Main.run(
                Main.commandLine()
                        .setOut(StandardOutput.to(full, StandardCharsets.UTF_8))
                        .setErr(new PrintWriter(err)),
                arguments);
        return new CommandRun(code, "", err.toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcessSeesAFullDevice() throws Exception {
        ProcessBuilder command = command("article", "--json").redirectOutput(new File("/dev/full"));
        Process process = command.start();
        assertThat(errors(process))
                .isEqualTo("flux4j article: can't write to standard output (No space left on device)\n");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** It would compute for hours. */
    @Test
    void theProcessEndsWhenItsReaderHasHadEnough(@TempDir Path folder) throws Exception {
        Path said = Files.createFile(folder.resolve("said"));
        Process process = command(
                        "article",
                        "--epochs",
                        "2147483647",
                        "--picture",
                        folder.resolve("a.png").toString())
                .redirectError(said.toFile())
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            assertThat(out.readLine()).startsWith("> INDArray xTrain");
        }
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).isEqualTo(141);
        assertThat(said).isEmptyFile();
        assertThat(folder.toFile().list()).containsExactly("said");
    }

    /** A limit of a file's size stands for a full disk: 20 kB, of a picture's 90. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatFillsLeavesTheOlderPictureAsItWas(@TempDir Path folder) throws Exception {
        Path picture = folder.resolve("a.png");
        CommandRun.of("article", "--json", "--picture", picture.toString());
        byte[] before = Files.readAllBytes(picture);
        List<String> limited = new ArrayList<>(List.of("bash", "-c", "ulimit -f 20 && exec \"$@\"", "bash"));
        limited.addAll(command("article", "--json", "--weight", "9", "--picture", picture.toString())
                .command());
        Process process = new ProcessBuilder(limited)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(errors(process))
                .isEqualTo("flux4j article: can't write the picture to " + picture + " (File too large)\n");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(picture).hasBinaryContent(before);
        assertThat(folder.toFile().list()).containsExactly("a.png");
    }

    private static ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Jvm.flags());
        command.addAll(List.of("-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        Collections.addAll(command, arguments);
        return new ProcessBuilder(command);
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
