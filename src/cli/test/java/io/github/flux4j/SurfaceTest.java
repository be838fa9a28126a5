package io.github.flux4j;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a user can name: written down, small, and each type on a page. */
class SurfaceTest {

    private static final Path WRITTEN = Path.of("src/cli/test/resources/io/github/flux4j/surface.txt");
    private static final String RENEW = "flux4j.surface.renew";
    private static final int MOST_TYPES = 140;

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package io\\.github\\.flux4j\\.?([\\w.]*);");
    private static final Pattern TYPE = Pattern.compile(
            "(?m)^public (?:(?:abstract|final|sealed|non-sealed) )*(?:class|record|enum|interface|@interface) (\\w+)");
    private static final Pattern NOT_PROMISED = Pattern.compile("(internal|engine|saved|cli|bench)\\b.*");
    private static final Pattern SHARED = Pattern.compile(
            "(?m)^public (?:(?:abstract|final|sealed|non-sealed) )*(?:class|interface) (?!\\w+Exception\\b)");
    private static final Pattern THREADS = Pattern.compile("\\b([Tt]hread|[Ii]mmutable)");
    private static final Pattern WORD = Pattern.compile("(\\w+)");

    /** A public type. */
    private record Named(String room, String name) {}

    @Test
    void whatIsSeenFromOutsideIsWhatIsWrittenDown() throws IOException {
        List<String> lines = Surface.lines();
        if (Boolean.getBoolean(RENEW)) {
            Files.write(WRITTEN, lines);
        }
        List<String> written = Files.readAllLines(WRITTEN);

        assertThat(differences(written, lines))
                .as("public signatures (- went, + came). If that is meant, write them down with"
                        + " mvn -Dtest=SurfaceTest -D" + RENEW + "=true test, and tell users in CHANGELOG.md")
                .isEmpty();
    }

    private static List<String> differences(List<String> before, List<String> after) {
        return Stream.concat(
                        missing(before, after).map("- "::concat),
                        missing(after, before).map("+ "::concat))
                .toList();
    }

    private static Stream<String> missing(List<String> lines, List<String> elsewhere) {
        return lines.stream().filter(Predicate.not(Set.copyOf(elsewhere)::contains));
    }

    @Test
    void thereAreFewPublicTypes() {
        assertThat(promised()).hasSizeBetween(1, MOST_TYPES);
    }

    @Test
    void eachPublicTypeStandsOnAPage() {
        Set<String> words = texts("README\\.md|src/[^/]+/README\\.md|src/site/markdown/.*\\.md")
                .flatMap(text -> found(WORD, text))
                .collect(toSet());

        assertThat(promised())
                .extracting(Named::name)
                .allMatch(words::contains, "on a page of the site, such as types.md");
    }

    /** Records and enumerations are immutable, and their page says so for all; nobody shares an exception. */
    @Test
    void eachPublicClassAndInterfaceSaysWhichThreadsMayUseIt() {
        List<String> sources = texts("src/[^/]+/main/java/.*\\.java")
                .filter(source -> isPromised(found(PACKAGE, source).findFirst().orElse("")))
                .filter(source -> SHARED.matcher(source).find())
                .toList();

        assertThat(sources)
                .isNotEmpty()
                .allMatch(source -> THREADS.matcher(SHARED.split(source)[0]).find());
    }

    @Test
    void noTwoPublicTypesHaveOneName() {
        assertThat(types().collect(groupingBy(Named::name)).values()).allMatch(types -> types.size() == 1);
    }

    private static List<Named> promised() {
        return types().filter(type -> isPromised(type.room())).toList();
    }

    private static boolean isPromised(String room) {
        return !NOT_PROMISED.matcher(room).matches();
    }

    /** By their sources, since Spark's module isn't on this class path. */
    private static Stream<Named> types() {
        return texts("src/[^/]+/main/java/.*\\.java").flatMap(SurfaceTest::named);
    }

    private static Stream<Named> named(String source) {
        String room = found(PACKAGE, source).findFirst().orElse("");
        return found(TYPE, source).map(name -> new Named(room, name));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList().stream();
    }

    private static Stream<String> texts(String paths) {
        try (Stream<Path> files = Stream.concat(Stream.of(Path.of("README.md")), Files.walk(Path.of("src")))) {
            List<Path> found = files.filter(
                            file -> file.toString().replace('\\', '/').matches(paths))
                    .toList();
            return found.stream().map(SurfaceTest::text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
