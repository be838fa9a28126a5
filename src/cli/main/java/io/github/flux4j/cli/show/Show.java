package io.github.flux4j.cli.show;

import io.github.flux4j.cli.InputFile;
import io.github.flux4j.internal.files.JsonText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a file holds. Of a model file everything is checked, of another's safetensors file what stands before the numbers. Without ND4J. */
@Command(
        name = "show",
        description = "Show the contents of a model file, a checkpoint or any safetensors file.",
        footer = "Exit code: 0, 1 if the file is of another kind or damaged, 2 if there is no file.",
        sortOptions = false)
public final class Show implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
    private Path file;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Contents contents = Contents.of(InputFile.require(file));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Printable.json(JsonText.write(contents.facts())));
        } else {
            new ContentsText(out).write(contents);
        }
        return ExitCode.OK;
    }
}
