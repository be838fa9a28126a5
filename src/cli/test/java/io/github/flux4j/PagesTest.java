package io.github.flux4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages say of the project's own files is so. */
class PagesTest {

    /** Two words or more, as no constant and no other program's class in these pages is written. */
    private static final Pattern CLASS = Pattern.compile("`((?:[A-Z][a-z0-9]+){2,}[a-z0-9]*)`");

    private static final Pattern HEADING = Pattern.compile("(?m)^#{2,3} (.*)$");

    @Test
    void theChangelogHasEachHeadingOnceAVersion() throws IOException {
        String changelog = Files.readString(Path.of("CHANGELOG.md"));

        for (String version : changelog.split("(?m)^(?=## )")) {
            assertThat(found(HEADING, version)).doesNotHaveDuplicates();
        }
    }

    @Test
    void theChangelogTellsOfACommandsFirstAppearanceOnce() throws IOException {
        Pattern command = Pattern.compile("(?m)^- `(scripts/flux4j \\w+ FILE)`: ");

        assertThat(found(command, Files.readString(Path.of("CHANGELOG.md"))))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void theClassesThatTheComparisonNamesHaveASourceToReadIt() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            var sources = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());

            assertThat(found(CLASS, Files.readString(Path.of("src/site/markdown/comparison.md"))))
                    .hasSizeGreaterThan(2)
                    .allMatch(name -> sources.contains(name + ".java"));
        }
    }

    @Test
    void everyPromiseNamesATestThatIsThere() throws IOException {
        Pattern named = Pattern.compile("`(\\w+Test#\\w+)`");
        List<String> rows = Files.readAllLines(Path.of("src/site/markdown/reliability.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise "))
                .toList();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> tests =
                    files.filter(file -> file.toString().endsWith("Test.java")).toList();
            for (String row : rows) {
                List<String> names = found(named, row);
                assertThat(names).as(row).isNotEmpty();
                for (String name : names) {
                    assertThat(tests).as(name).anyMatch(file -> isThere(name.split("#"), file));
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(20);
    }

    private static boolean isThere(String[] classAndMethod, Path file) {
        try {
            return file.endsWith(classAndMethod[0] + ".java")
                    && Files.readString(file).contains("void " + classAndMethod[1] + "(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is a dependency of the command line alone stands in one sentence, and stands in its pom. */
    @Test
    void theCommandLinesOwnDependenciesAreThoseOfThePom() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/applications.md"));
        Pattern sentence = Pattern.compile("The command line alone also brings (.*)\\.\\n");
        String pom = Files.readString(Path.of("src/cli/pom.xml")).replaceAll("(?s)<profiles>.*", "");
        Pattern others = Pattern.compile(
                "<groupId>(?!io.github.flux4j)[\\w.]+</groupId>\\s*<artifactId>([^<]*)</artifactId>\\s*<version>");

        List<String> named = Stream.of(found(sentence, page).get(0).split(", | and "))
                .map(each -> each.split(" ")[0])
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(found(others, pom));
    }

    private static List<String> found(Pattern pattern, String text) {
        List<MatchResult> results = pattern.matcher(text).results().toList();
        return results.stream().map(result -> result.group(1)).toList();
    }
}
