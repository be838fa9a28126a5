package io.github.flux4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.flux4j.bench.harness.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What README and pages say of measurements is what the committed results make of it, to the letter, and stands between the marks alone. */
class PublishedTest {

    private static final Path FOLDER = Path.of(Publication.FOLDER);
    private static final Path PAGES = Path.of("src/site/markdown");

    /** A time, or how many times another. */
    private static final Pattern FIGURE = Pattern.compile("\\d (ns|µs|ms)\\b|(?<!\\p{N} )× \\d");

    @TempDir
    private Path folder;

    private static List<Results> all;
    private static List<Results> published;

    @BeforeAll
    static void readResults() throws IOException {
        all = Publication.all(FOLDER);
        published = Publication.last(all);
    }

    @Test
    void theReadmesComparisonAndThePicturesAreThoseOfTheResults() throws IOException {
        Path readme = copied(Path.of("README.md"));
        FrontPage.write(readme, folder, all);
        assertThat(readme).hasSameTextualContentAs(Path.of("README.md"));
        GridPicture.write(folder, published);
        for (String picture : List.of(FrontPage.NAME + ".svg", GridPicture.NAME)) {
            assertThat(folder.resolve(picture)).hasSameTextualContentAs(FOLDER.resolve(picture));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"comparison", "backends"})
    void aPagesSectionIsThatOfTheResults(String name) throws IOException {
        assumeThat(published).anyMatch(results -> ReadmeSection.isOf(name, results));
        Path page = PAGES.resolve(name + ".md");
        Path written = copied(page);
        ReadmeSection.write(written, name, published);
        assertThat(written).hasSameTextualContentAs(page);
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.walk(PAGES)) {
            return Stream.concat(
                    Stream.of(Path.of("README.md")),
                    pages.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream());
        }
    }

    /** Blocks of code, which show what programs print, aside. */
    @ParameterizedTest
    @MethodSource("pages")
    void proseHasNoTimesOfItsOwn(Path page) throws IOException {
        String text = Files.readString(page)
                .replaceAll("(?s)<!-- ([\\w-]+) -->.*?<!-- /\\1 -->", "")
                .replaceAll("(?ms)^```.*?^```$", "");
        assertThat(text).doesNotContainPattern(FIGURE);
    }

    private Path copied(Path file) throws IOException {
        return Files.copy(file, folder.resolve(file.getFileName()));
    }
}
