package io.github.flux4j.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each contender says of itself what listings ask, and none is forgotten in the one list. */
class ContendersTest {

    private static final Path SOURCES = Path.of("src/bench/main/java/io/github/flux4j/bench/contender");
    private static final Path PEERS = Path.of("src/bench/peers/java/io/github/flux4j/bench/peers");

    @ParameterizedTest
    @EnumSource
    void eachHasATitleOfItsOwnAndSomethingThatItCanBeTimedAt(Contenders contender) {
        Entrant entrant = contender.entrant();
        assertThat(entrant.title()).isNotBlank();
        assertThat(Arrays.stream(Contenders.values()).map(one -> one.entrant().title()))
                .containsOnlyOnce(entrant.title());
        assertThat(entrant.tasks()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eachStandsOnThePageOfTheComparison(Contenders contender) throws IOException {
        assertThat(Files.readString(Path.of("src/site/markdown/comparison.md"))).contains("`" + contender.name() + "`");
    }

    static Stream<String> filesWithContenders() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files
                    .filter(file -> text(file).matches("(?s).* static final Entrant .*"))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("filesWithContenders")
    void whateverAFileSaysThatItIsStandsInTheList(String file) {
        String list = text(SOURCES.resolve("Contenders.java"));
        List<String> entrants = Arrays.stream(
                        text(SOURCES.resolve(file + ".java")).split("static final Entrant "))
                .skip(1)
                .map(rest -> file + "." + rest.split("\\W")[0])
                .toList();
        assertThat(entrants).isNotEmpty().allSatisfy(entrant -> assertThat(list).contains("() -> " + entrant + ")"));
    }

    /** What implements the interface is started by a file that says what it is. */
    @Test
    void noContenderIsForgotten() throws IOException {
        String sayings = String.join(
                "\n",
                filesWithContenders()
                        .map(file -> text(SOURCES.resolve(file + ".java")))
                        .toList());
        for (Path folder : List.of(SOURCES, PEERS)) {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.filter(file -> text(file).contains(" implements Contender ")))
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(sayings)
                                .contains(file.getFileName().toString().replace(".java", "")));
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
