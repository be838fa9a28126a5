package io.github.flux4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of Flux's names names what there is, and all of it. */
class FluxNamesTest {

    private static final List<String> ROOMS = List.of("layers", "losses", "optimise", "data", "train");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    void everyNameInTheTableExists() throws IOException {
        assertThat(names()).isNotEmpty().allMatch(FluxNamesTest::exists);
    }

    @Test
    void everyWordStandsInTheTable() throws IOException {
        assertThat(names()).containsAll(words());
    }

    /** What is quoted in the second column of the tables, but for the last, which says why things are absent. */
    private static Set<String> names() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/flux-names.md"));
        return page.substring(0, page.indexOf("## Deliberately absent"))
                .lines()
                .filter(line -> line.startsWith("| `") || line.startsWith("| a"))
                .map(line -> line.substring(line.indexOf(" | ")))
                .flatMap(cell -> QUOTED.matcher(cell).results().map(MatchResult::group))
                .map(quoted -> quoted.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words() {
        return members(Flux4j.class)
                .filter(member -> Modifier.isStatic(member.getModifiers()))
                .map(Member::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean exists(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? words().contains(name)
                : ROOMS.stream()
                        .flatMap(room -> find("io.github.flux4j." + room + "." + name.substring(0, dot)))
                        .flatMap(FluxNamesTest::members)
                        .anyMatch(member -> member.getName().equals(name.substring(dot + 1)));
    }

    private static Stream<Class<?>> find(String type) {
        try {
            return Stream.of(Class.forName(type));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    private static Stream<Member> members(Class<?> type) {
        return Stream.<Member>concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getFields()))
                .filter(member -> member.getDeclaringClass() != Object.class);
    }
}
