package io.github.flux4j.cli;

import io.github.flux4j.cli.doctor.Doctor;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line of {@code scripts/flux4j}. Exit codes: 0, 1 if what was asked for failed, 2 if it was asked for wrongly. */
@Command(
        name = "flux4j",
        description = "Flux.jl's words for deep learning in Java, on Deeplearning4j.",
        subcommands = {Article.class, Run.class, Shell.class, ClassPath.class, Doctor.class},
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        scope = ScopeType.INHERIT)
public final class Main implements Runnable {

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show what ND4J and Deeplearning4j log, and stack traces.")
    private boolean verbose;

    private CommandLine commandLine;

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line, ready to parse and run. */
    static CommandLine commandLine() {
        Main main = new Main();
        main.commandLine = new CommandLine(main)
                .setExpandAtFiles(false) // an argument such as @home is the program's
                .setExecutionStrategy(main::execute)
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler(main::fail);
        main.commandLine.getSubcommands().get("run").setStopAtPositional(true);
        main.commandLine.getSubcommands().get("shell").setUnmatchedOptionsArePositionalParams(true);
        return main.commandLine;
    }

    @Override
    public void run() {
        commandLine.usage(commandLine.getOut());
    }

    private int execute(ParseResult parsed) {
        Jvm.setLoudness(verbose);
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int refuse(ParameterException e, String[] args) {
        return report(e.getCommandLine(), e, CommandLine.ExitCode.USAGE);
    }

    private int fail(Exception e, CommandLine command, ParseResult parsed) {
        if (verbose) {
            e.printStackTrace(command.getErr());
        }
        return report(
                command,
                e,
                e instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE);
    }

    private static int report(CommandLine command, Exception e, int code) {
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + message(e));
        err.flush();
        return code;
    }

    /** What the library says is meant for people; an exception without words is a mistake of ours, and its name helps to find it. */
    private static String message(Exception e) {
        return e.getMessage() == null ? e + " (with -v: where)" : e.getMessage();
    }
}
