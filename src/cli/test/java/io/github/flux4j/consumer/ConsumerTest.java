package io.github.flux4j.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.PrintedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that depends on flux4j gets a library and nothing else, and its own logger stays in charge. */
class ConsumerTest {

    @TempDir
    private Path folder;

    @Test
    void theArticlesProgramRunsWithoutLogger() throws Exception {
        ChildJvm run = ChildJvm.run(ConsumerClassPath.plain(), articleFile());

        PrintedText.assertSame(run.out(), articlesOutput());
        assertThat(run.err().lines()).as("only SLF4J's own words").allMatch(line -> line.startsWith("SLF4J"));
        assertThat(run.code()).isZero();
    }

    @Tag("process")
    @Test
    void theArticlesProgramRunsWithLogbackAndLogsNothing() throws Exception {
        ChildJvm run = ChildJvm.run(ConsumerClassPath.withLogback(), articleFile());

        PrintedText.assertSame(
                run.out(), articlesOutput()); // where Logback writes, too, and everything if nobody configures it
        assertThat(run.err())
                .as("no word of SLF4J's on none or several loggers")
                .isEmpty();
        assertThat(run.code()).isZero();
    }

    @Tag("process")
    @Test
    void trainsPredictsAndReportsWithoutWhatIsTheCommandLines() throws Exception {
        ChildJvm run = ChildJvm.run(
                ConsumerClassPath.plain(),
                "src/cli/test/java/io/github/flux4j/consumer/Guest.java",
                "org.slf4j.simple.SimpleLogger",
                "picocli.CommandLine");

        assertThat(run.out().lines())
                .containsExactly(
                        "lean learnt true", "dl4j learnt true", "OPENBLAS", "org.slf4j.helpers.NOPLoggerFactory");
        assertThat(run.code()).isZero();
    }

    @Tag("process")
    @Test
    void nothingLiesWhereAnApplicationKeepsItsOwnSettings() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of("src"))) {
            for (Path root : modules.filter(module -> !module.endsWith("bench"))
                    .map(module -> module.resolve("main/resources"))
                    .filter(Files::exists)
                    .toList()) {
                assertThat(root.toFile().list()).isSubsetOf("META-INF", "io");
            }
        }
    }

    private String articleFile() throws IOException {
        return Files.writeString(folder.resolve("Article.java"), article().group("program"))
                .toString();
    }

    private static String articlesOutput() throws IOException {
        return article().group("output");
    }

    /** The README's program of the article, and what it says that it prints. */
    private static Matcher article() throws IOException {
        Matcher block = Pattern.compile(
                        "^```java\n(?<program>[^`]*public class Article [^`]*)^```$[^`]*^```text\n(?<output>[^`]*)^```$",
                        Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).isTrue();
        return block;
    }
}
