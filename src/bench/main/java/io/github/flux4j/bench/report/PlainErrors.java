package io.github.flux4j.bench.report;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Wrong arguments, and states that a message explains, need no stack trace. */
public final class PlainErrors {

    private PlainErrors() {}

    /** For {@link CommandLine#setExecutionExceptionHandler}. */
    public static int print(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (!(e instanceof IllegalArgumentException || e instanceof IllegalStateException)) {
            throw e;
        }
        return refuse(command, e);
    }

    /** For {@link CommandLine#setParameterExceptionHandler}, whose own prints the whole usage. */
    public static int refuse(ParameterException e, String[] arguments) {
        return refuse(e.getCommandLine(), e);
    }

    /** In one line, whatever it quotes. */
    private static int refuse(CommandLine command, Exception e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " ");
        command.getErr().println(command.getCommandName() + ": " + message);
        return CommandLine.ExitCode.USAGE;
    }
}
