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
        description = "Print a model card: use, quality with intervals, limits, data, origin.",
        sortOptions = false)
public final class Card implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The model file, such as train --out writes.")
    private Path file;

    @Option(names = "--html", description = "Print HTML (default: Markdown).")
    private boolean html;

    @Option(
            names = "--words",
            paramLabel = "FILE",
            description = "A text file with your statement on intended and unintended use.")
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
