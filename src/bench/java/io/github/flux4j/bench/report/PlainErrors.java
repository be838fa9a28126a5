package io.github.flux4j.bench.report;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Wrong arguments, and states that a message explains, need no stack trace. */
public final class PlainErrors {

    private PlainErrors() {}

    /** For {@link CommandLine#setExecutionExceptionHandler}. */
    public static int print(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (!(e instanceof IllegalArgumentException || e instanceof IllegalStateException)) {
            throw e;
        }
        command.getErr().println(command.getCommandName() + ": " + e.getMessage());
        return CommandLine.ExitCode.USAGE;
    }
}
