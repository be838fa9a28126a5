package io.github.flux4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the class path, for {@code java --class-path "$(flux4j classpath)" …}. */
@Command(name = "classpath", description = "Print the class path of flux4j and everything it needs.")
final class ClassPath implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().println(Jvm.classPath());
    }
}
