package io.github.flux4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a user can name is written down, so that a break is seen. */
class SurfaceTest {

    private static final Path WRITTEN = Path.of("src/cli/test/resources/io/github/flux4j/surface.txt");
    private static final String RENEW = "flux4j.surface.renew";

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
}
