package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command {@code serve} and the runnable jar of {@code flux4j-serve}, which has no picocli, each list the options. */
class ServeOptionsTest {

    @Test
    void theRunnableJarTakesTheCommandsOptions() throws ReflectiveOperationException {
        Field help = Class.forName("io.github.flux4j.serve.Main").getDeclaredField("HELP");
        help.setAccessible(true);
        List<String> listed = Pattern.compile("--[a-z-]+")
                .matcher((String) help.get(null))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(new CommandLine(new Serve())
                        .getCommandSpec()
                        .optionsMap()
                        .keySet());
    }
}
