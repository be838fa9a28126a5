package io.github.flux4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a single-file program, compiled by Java's own source launcher, with flux4j on its class path. */
@Command(name = "run", description = "Run a single-file Java program with flux4j on its class path.")
final class Run implements Callable<Integer>, Main.Configured {

    @Parameters(index = "0", paramLabel = "FILE.java", description = "The program.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "ARG",
            description = "The program's arguments, even if they look like options.")
    private List<String> arguments = List.of();

    @Override
    public void configure(CommandLine own) {
        own.setStopAtPositional(true); // what follows is the program's
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(file) || !file.toString().endsWith(".java")) {
            throw new IllegalArgumentException("expected the path of a Java source file, but got " + file
                    + (Files.isReadable(file)
                            ? ", which doesn't end with .java"
                            : ", which can't be read; check the path"));
        }
        List<String> command = new ArrayList<>(Jvm.flags());
        command.addAll(List.of("--class-path", Jvm.classPath(), file.toString()));
        command.addAll(arguments);
        return Jvm.run("java", command);
    }
}
