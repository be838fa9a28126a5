package io.github.flux4j.bench.harness;

import java.io.IOException;

/** What git says of this repository. */
public final class Git {

    private Git() {}

    /** The output of a git command, without white space around it; empty if the command fails. */
    public static String output(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes()).trim();
    }
}
