package io.github.flux4j.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A command line run in this JVM: its exit code and what it printed. */
public record CommandRun(int code, String out, String err) {

    public static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = line.execute(arguments);
        line.getOut().flush();
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** Of a line of arguments with spaces between them. */
    public static CommandRun ofLine(String line) {
        return of(line.split(" "));
    }
}
