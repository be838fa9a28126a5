package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The article shows a program beside what it does itself, so the shown one is run too, with the imports of {@code flux4j shell}. */
@Tag("process")
class NotebookTest {

    private static final String PROMPT = "> ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "article --seed 3 --epochs 4",
                "article --f64 --slope 0.1 --intercept -2 --train 0.1,2,1e-3 --weight 0.3 --bias -1 --eta 0.05 --epochs 2"
            })
    void theShownProgramGivesTheShownNumbers(String line, @TempDir Path folder) throws IOException {
        List<String> cells = cells(CommandRun.ofLine(line + " --picture " + folder.resolve("article.png"))
                .out());
        String json = CommandRun.ofLine(line + " --json").out();
        var losses =
                JsonParser.parseString(json).getAsJsonObject().get("losses").getAsJsonArray();
        PrintStream standard = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (JShell shell = shell()) {
            cells.forEach(cell -> evaluate(shell, cell));
        } finally {
            System.setOut(standard);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactlyElementsOf(
                        losses.asList().stream().map(Object::toString).toList());
    }

    private static List<String> cells(String notebook) {
        List<String> cells = new ArrayList<>();
        for (String line : notebook.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                cells.add(line.substring(PROMPT.length()));
            } else if (line.startsWith(" ".repeat(PROMPT.length()))) {
                cells.add(cells.remove(cells.size() - 1) + "\n" + line);
            }
        }
        return cells;
    }

    /** In this JVM, so that the generator of random weights is the one that {@code seed} starts. */
    private static JShell shell() throws IOException {
        JShell shell = JShell.builder().executionEngine("local").build();
        shell.addToClasspath(System.getProperty("java.class.path"));
        evaluate(shell, "import java.util.*;");
        try (InputStream imports = Shell.class.getResourceAsStream("imports.jsh")) {
            new String(imports.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> evaluate(shell, line));
        }
        return shell;
    }

    private static void evaluate(JShell shell, String source) {
        for (SnippetEvent event : shell.eval(source)) {
            assertThat(event.exception()).as(source).isNull();
            assertThat(event.status())
                    .as(() -> source + shell.diagnostics(event.snippet()).toList())
                    .isEqualTo(Snippet.Status.VALID);
        }
    }
}
