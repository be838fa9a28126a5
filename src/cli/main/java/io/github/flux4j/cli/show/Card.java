package io.github.flux4j.cli.show;

import io.github.flux4j.cli.InputFile;
import io.github.flux4j.learn.Fitted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What should be known of a model before it is used, by what its file says. */
@Command(
        name = "model-card",
        description = "Print a model card: use, quality with intervals, limits, data, how it was made.",
        sortOptions = false)
public final class Card implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The model, such as train --out wrote.")
    private Path file;

    @Option(names = "--html", description = "Print a page for the browser (default: Markdown).")
    private boolean html;

    @Option(
            names = "--words",
            paramLabel = "FILE",
            description = "A file of your words: what the model may be used for, and what not.")
    private Path words;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Fitted model = Fitted.load(InputFile.require(file));
        String said = words == null ? "" : Files.readString(InputFile.require(words));
        spec.commandLine().getOut().print(html ? model.cardPage(said).html() : model.card(said));
        return ExitCode.OK;
    }
}
