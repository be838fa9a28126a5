package io.github.flux4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java programs of the README, of the guide and of the pages on moving here print what it says there. A block of statements has the imports of {@code flux4j shell}; a {@code text} block,
 * if it is the next after a program, is what that prints.
 */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public class (\\w+)");

    private record Example(String source, String output) {}

    static Stream<Named<Example>> examples() throws IOException {
        List<Named<Example>> all =
                new ArrayList<>(examples(Path.of("README.md")).toList());
        for (String folder : List.of("guide", "moving")) {
            try (Stream<Path> pages = Files.list(Path.of("src/site/markdown", folder))) {
                for (Path page : pages.sorted().toList()) {
                    all.addAll(examples(page).toList());
                }
            }
        }
        return all.stream();
    }

    private static Stream<Named<Example>> examples(Path page) throws IOException {
        List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(page)).results().toList();
        return Stream.iterate(0, i -> i < blocks.size(), i -> i + 1)
                .filter(i -> blocks.get(i).group(1).equals("java"))
                .map(i -> example(page, blocks, i));
    }

    private static Named<Example> example(Path page, List<MatchResult> blocks, int i) {
        boolean prints = i + 1 < blocks.size() && blocks.get(i + 1).group(1).equals("text");
        String source = blocks.get(i).group(2);
        return Named.of(
                page.getFileName() + ": " + source.lines().findFirst().orElseThrow(),
                new Example(source, prints ? blocks.get(i + 1).group(2) : null));
    }

    @Test
    void hasTheProgramsThatAreToBeTried() throws IOException {
        assertThat(examples().filter(e -> e.getPayload().output() != null)).hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatItSays(Example example, @TempDir Path folder) throws Exception {
        String program = program(example.source());
        var name = CLASS.matcher(program);
        assertThat(name.find()).isTrue();
        String printed = SourceProgram.run(Files.writeString(folder.resolve(name.group(1) + ".java"), program), folder);
        if (example.output() != null) {
            PrintedText.assertSame(printed, example.output());
        }
    }

    private static String program(String source) throws IOException {
        if (CLASS.matcher(source).find()) {
            return source;
        }
        String head = imports() + "import java.nio.file.*;\nimport java.util.*;\nimport java.util.function.*;\n"
                + "import java.util.stream.*;\n";
        return head + "public class Statements {\n    public static void main(String[] args) throws Exception {\n"
                + data(source) + source + "    }\n}\n";
    }

    /** The comparison with Flux leaves out the data, which is the first program's. */
    private static String data(String source) {
        return source.contains("xTrain") && !source.contains("INDArray xTrain")
                ? "INDArray xTrain = column(0, 1, 2, 3, 4), yTrain = xTrain.add(1), xTest = column(5, 6, 7, 8, 9);\n"
                : "";
    }

    private static String imports() throws IOException {
        try (InputStream imports = Flux4j.class.getResourceAsStream("cli/imports.jsh")) {
            return new String(imports.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
