package io.github.flux4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** JShell with flux4j on its class path and the imports done. */
@Command(name = "shell", description = "Start JShell with flux4j imported.")
final class Shell implements Callable<Integer>, Main.Configured {

    @Parameters(paramLabel = "ARG", description = "Options and files for JShell.")
    private List<String> arguments = List.of();

    @Override
    public void configure(CommandLine own) {
        own.setUnmatchedOptionsArePositionalParams(true); // they are JShell's
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path imports = Files.createTempFile("flux4j", ".jsh");
        try (InputStream resource = Shell.class.getResourceAsStream("imports.jsh")) {
            Files.copy(resource, imports, StandardCopyOption.REPLACE_EXISTING);
            return Jvm.run("jshell", command(imports));
        } finally {
            Files.deleteIfExists(imports);
        }
    }

    private List<String> command(Path imports) {
        List<String> command = new ArrayList<>(List.of("--class-path", Jvm.classPath()));
        Jvm.flags().forEach(flag -> command.add("-R" + flag));
        command.addAll(List.of("--startup", "DEFAULT", "--startup", imports.toString()));
        command.addAll(arguments);
        return command;
    }
}
