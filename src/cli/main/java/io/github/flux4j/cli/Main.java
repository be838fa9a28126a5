package io.github.flux4j.cli;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line of {@code scripts/flux4j}. Exit codes: 0, 1 if what was asked for failed, 2 if it was asked for wrongly, 3 if somebody should look:
 * train dropped a column that looks like numbers or dates, drift found a difference, reproduce didn't find the same; 4 if train --replace kept the old model, 141 if nobody reads its output any more.
 */
@Command(
        name = "flux4j",
        description = "Flux.jl's words for deep learning in Java, on Deeplearning4j.",
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

    /** As of a program that the system's signal for it ends: 128 and SIGPIPE's number. */
    private static final int CLOSED_PIPE = 141;

    /** What a terminal obeys instead of showing, but the layout of a longer message: paths and arguments may have it. */
    private static final String OBEYED = "[\\p{Cc}&&[^\\n\\r\\t]]";

    private CommandLine commandLine;

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        System.exit(run(commandLine(args).setOut(StandardOutput.open()), args));
    }

    /** Runs a command and returns its code, whatever happens to its output. */
    static int run(CommandLine line, String... args) {
        try {
            int code = line.execute(args);
            line.getOut().flush();
            return code;
        } catch (StandardOutput.Failed e) { // of what was left to write
            return report(line, e);
        } catch (OutOfMemoryError e) {
            return report(
                    line,
                    "out of memory (" + e.getMessage() + "): Java's heap is limited to "
                            + Runtime.getRuntime().maxMemory() / 1_000_000 + " MB. Use less data, or raise the limit:"
                            + " JDK_JAVA_OPTIONS=-Xmx8g",
                    CommandLine.ExitCode.SOFTWARE);
        }
    }

    /** The command line for these arguments, ready to parse and run. */
    static CommandLine commandLine(String... args) {
        Main main = new Main();
        main.commandLine = new CommandLine(main);
        ListedCommand.of(args).forEach(command -> main.add(command.load()));
        return main.commandLine
                .registerConverter(Path.class, Main::path)
                .setExpandAtFiles(false) // an argument such as @home is the program's
                .setExecutionStrategy(main::execute)
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler(main::fail);
    }

    private void add(Class<?> command) {
        CommandLine line = new CommandLine(command);
        commandLine.addSubcommand(line);
        if (line.getCommand() instanceof Configured configured) {
            configured.configure(line);
        }
    }

    /** A command with a say in how its own line is parsed. */
    interface Configured {
        void configure(CommandLine own);
    }

    @Override
    public void run() {
        commandLine.usage(commandLine.getOut());
    }

    private int execute(ParseResult parsed) {
        Jvm.setLoudness(verbose);
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (StandardOutput.Failed e) { // of the usage; picocli would show a stack trace
            return report(commandLine, e);
        }
    }

    private static int refuse(ParameterException e, String[] args) {
        boolean isAboutWhatThereIs = e instanceof MissingParameterException || e instanceof UnmatchedArgumentException;
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String remedy = isAboutWhatThereIs ? "; " + name + " --help shows what there is" : "";
        return report(e.getCommandLine(), message(e) + fileRemedy(e) + remedy, CommandLine.ExitCode.USAGE);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(text + " can't name a file in this locale, whose character set is "
                    + System.getProperty("sun.jnu.encoding") + "; set LC_ALL=C.UTF-8");
        }
    }

    /** For files whose names look like options. */
    private static String fileRemedy(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().stream()
                        .filter(argument -> argument.startsWith("-") && new File(argument).exists())
                        .map(file -> "; for the file of this name write ./" + file)
                        .findFirst()
                        .orElse("")
                : "";
    }

    private int fail(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof StandardOutput.Failed failed) {
            return report(command, failed);
        }
        if (verbose) {
            e.printStackTrace(command.getErr());
        }
        return report(
                command,
                e,
                e instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE);
    }

    private static int report(CommandLine command, StandardOutput.Failed e) {
        return e.isClosedPipe() ? CLOSED_PIPE : report(command, e, CommandLine.ExitCode.SOFTWARE);
    }

    private static int report(CommandLine command, Exception e, int code) {
        return report(command, message(e), code);
    }

    private static int report(CommandLine command, String message, int code) {
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + message.replaceAll(OBEYED, "?"));
        err.flush();
        return code;
    }

    /** What the library says is meant for people; an exception without words is a mistake of ours, and its name helps to find it. */
    private static String message(Exception e) {
        return e.getMessage() == null ? e + " (with -v: where)" : Remedies.onCommandLine(e.getMessage());
    }
}
