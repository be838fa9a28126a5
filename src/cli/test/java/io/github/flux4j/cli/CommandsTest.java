package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one list of commands, which the launcher reads, too. */
class CommandsTest {

    @Test
    void everyCommandIsListedUnderItsOwnName() {
        List<String> commands = new ClassFileImporter()
                .importPackagesOf(Main.class).stream()
                        .filter(type -> type.isAnnotatedWith(Command.class) && !type.isEquivalentTo(Main.class))
                        .map(JavaClass::getName)
                        .toList();

        assertThat(ListedCommand.all().stream().map(each -> each.load().getName()))
                .containsExactlyInAnyOrderElementsOf(commands);
        assertThat(ListedCommand.all())
                .allSatisfy(each -> assertThat(
                                each.load().getAnnotation(Command.class).name())
                        .isEqualTo(each.name()));
    }

    @Test
    void aCommandThatNeedsNoNd4jIsLoadedAlone() {
        CommandLine line = Main.commandLine("predict", "--help");

        assertThat(line.getSubcommands()).containsOnlyKeys("predict");
        assertThat(Main.commandLine("train").getSubcommands())
                .hasSize(ListedCommand.all().size());
    }
}
