package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table's mistakes are answered with, and that the answer helps. */
class RemediesTest {

    private static final String ROWS = "1,2\n2,4\n3,6\n4,8\n5,9\n6,12\n";

    @TempDir
    private Path folder;

    private Path table(String text, Charset charset) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), text, charset);
    }

    private static CommandRun train(Path table, String... more) {
        List<String> command = new ArrayList<>(List.of("train", table.toString(), "--quiet", "--epochs", "1"));
        command.addAll(List.of(more));
        return CommandRun.of(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"windows-1252, \u00E4, name its charset with --charset: windows-1252", "UTF-16LE, y, or set --charset"})
    void aCharsetIsNamedByAnOption(String charset, String target, String remedy) throws IOException {
        Path table = table("x," + target + "\n" + ROWS, Charset.forName(charset));
        CommandRun refused = train(table, "--target", target);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains(remedy).doesNotContain("csv()");
        assertThat(train(table, "--target", target, "--charset", charset).code())
                .isZero();
    }

    @Test
    void aTableWithoutNamesGetsThemByAnOption() throws IOException {
        Path table = table("0.5,1.5\n" + ROWS, StandardCharsets.UTF_8);
        assertThat(train(table, "--target", "b").err())
                .contains("or pass them with --names")
                .doesNotContain("csv()");
        assertThat(train(table, "--target", "b", "--names", "a,b").code()).isZero();
    }

    @Test
    void marksAndSeparatorsAreTold() throws IOException {
        Path table = table("a!b\n" + ROWS.replace(',', '!').replace("3!6", "3!-1"), StandardCharsets.UTF_8);
        CommandRun run = train(table, "--target", "b", "--separator", "!", "--missing", "-1,none");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("1 row dropped: without b");
    }

    @Test
    void aSlipAmongNumbersMakesNoClassesOfThem() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 40; i++) {
            text.append(i).append(',').append(i == 7 ? "unsure" : i + ".5").append('\n');
        }
        Path table = table(text.toString(), StandardCharsets.UTF_8);
        assertThat(train(table, "--target", "y").err())
                .contains("97 % of these are numbers: line 9 has 'unsure'", "name it as missing", "or add --classify");
        assertThat(train(table, "--target", "y", "--missing", "unsure").out()).contains("regression");
        assertThat(train(table, "--target", "y", "--classify").out()).contains("classification");
    }

    @Test
    void aTableOfTheTargetAloneIsRefused() throws IOException {
        Path table = table("y\n0.5\n1.5\n2.5\n3.5\n4.5\n5.5\n", StandardCharsets.UTF_8);
        assertThat(train(table, "--target", "y").err()).contains("no column but y", "add columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "predict", "evaluate", "export --onnx out.onnx", "serve --port 0"})
    void aTableInAModelsPlaceIsAnsweredWithWhereModelsComeFrom(String command) throws IOException {
        Path table = table("a,b\n" + ROWS, StandardCharsets.UTF_8);
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add(1, table.toString());
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("name one that train --out wrote").hasLineCount(1);
    }

    @Test
    void settingsThatCantBeAreRefused() throws IOException {
        Path table = table("a,b\n" + ROWS, StandardCharsets.UTF_8);
        assertThat(train(table, "--target", "b", "--charset", "latin").err())
                .contains("--charset must be one that Java knows");
        assertThat(train(table, "--target", "b", "--separator", "::").err())
                .contains("--separator must be one character, or tab");
    }

    @Test
    void whatIsKeptIsNotCalledLeftOut() throws IOException {
        StringBuilder text = new StringBuilder("name,x,y\n");
        for (int i = 0; i < 60; i++) {
            text.append("n")
                    .append(i)
                    .append(',')
                    .append(i % 7)
                    .append(',')
                    .append(i + 0.5)
                    .append('\n');
        }
        CommandRun run = train(table(text.toString(), StandardCharsets.UTF_8), "--target", "y", "--keep", "name");
        assertThat(run.out()).contains("as 60 columns").doesNotContain("dropped: too many");
    }
}
