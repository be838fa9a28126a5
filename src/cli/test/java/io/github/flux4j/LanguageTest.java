package io.github.flux4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Pages, messages and help are written as CONTRIBUTING asks: without the words that its glossary replaces, and in sentences that a reader can hold. Messages
 * and help are the texts in quotes in main code.
 */
class LanguageTest {

    private static final Path CONTRIBUTING = Path.of(".github/CONTRIBUTING.md");
    private static final int MOST_WORDS = 40; // of a sentence
    private static final Pattern GLOSSARY = Pattern.compile("(?m)^\\|[^|]*\\|[^|]*\\| ([a-z ,]+) \\|$");
    /** What is compared with is read, not said. */
    private static final Pattern TEXT = Pattern.compile("(?<!startsWith\\()\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    private static final String CODE = "(?s)```.*?```|(?m)^ {4}[^\\n]*$";
    private static final String COMMENT = "(?s)<!--.*?-->";
    private static final String TABLE = "(?m)^\\|.*$";
    private static final String PARAGRAPHS = "\\n\\s*\\n|\\n(?=\\s*(?:[-*#>]|\\d+\\.) ?)";

    @Test
    void theGlossaryNamesWordsToReplace() throws IOException {
        assertThat(replaced()).contains("left out", "turned", "keeps its word");
    }

    @Test
    void pagesHaveNoWordThatTheGlossaryReplaces() throws IOException {
        List<String> words = replaced();
        List<String> found = new ArrayList<>();
        for (Path page : pages()) {
            found(page, Files.readString(page).replaceAll("`[^`]*`", ""), words, found);
        }
        assertThat(found).isEmpty();
    }

    @Test
    void messagesAndHelpHaveNoWordThatTheGlossaryReplaces() throws IOException {
        List<String> words = replaced();
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path source : files.filter(LanguageTest::isMain).toList()) {
                Matcher texts = TEXT.matcher(Files.readString(source));
                while (texts.find()) {
                    found(source, texts.group(1), words, found);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void sentencesOfPagesHaveAtMostFortyWords() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path page : pages()) {
            String prose = Files.readString(page)
                    .replaceAll(CODE, "\n\n")
                    .replaceAll(COMMENT, "")
                    .replaceAll(TABLE, "")
                    .replaceAll("`[^`]*`", "code")
                    .replaceAll("\\]\\([^)]*\\)", "]");
            for (String paragraph : prose.split(PARAGRAPHS)) {
                Stream.of(paragraph.split("(?<=[.!?:;])\\s+"))
                        .filter(sentence -> sentence.strip().split("\\s+").length > MOST_WORDS)
                        .forEach(sentence -> found.add(page + ": " + sentence));
            }
        }
        assertThat(found).isEmpty();
    }

    /** The right column of the glossary. */
    private static List<String> replaced() throws IOException {
        return GLOSSARY.matcher(Files.readString(CONTRIBUTING))
                .results()
                .map(row -> row.group(1))
                .filter(word -> !word.equals("not"))
                .distinct()
                .toList();
    }

    private static void found(Path where, String text, List<String> words, List<String> found) {
        String line = text.replaceAll("\\s+", " ").toLowerCase();
        for (String word : words) {
            if (line.matches(".*\\b" + Pattern.quote(word) + "\\b.*")) {
                found.add(where + ": " + word);
            }
        }
    }

    private static boolean isMain(Path file) {
        return file.toString().matches("src/(?!bench)\\w+/main/.*\\.java");
    }

    /** But for the glossary itself and the history of changes. */
    private static List<Path> pages() throws IOException {
        try (Stream<Path> site = Files.walk(Path.of("src"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            site.filter(file -> file.toString().matches("src/(\\w+/README|site/.*)\\.md")))
                    .toList();
        }
    }
}
