package io.github.flux4j.cli.train;

import io.github.flux4j.cli.CsvOptions;
import io.github.flux4j.cli.InputFile;
import io.github.flux4j.internal.arrays.Nd4jStart;
import io.github.flux4j.learn.Fitted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a model again from its data, by what its file says of itself. */
@Command(
        name = "reproduce",
        description = "Train a model again by what its file says, and tell whether it is the same to the bit.",
        footer = "Exit code: 0 if it is, 3 if it isn't.")
public final class Reproduce implements Callable<Integer> {

    /** All went well, but somebody should look. */
    static final int DIFFERENT = 3;

    @Parameters(index = "0", paramLabel = "FILE", description = "The model, such as train --out wrote.")
    private Path file;

    @Parameters(index = "1", paramLabel = "DATA.csv", description = "The table that it was trained on.")
    private Path data;

    @Mixin
    private CsvOptions reading;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        InputFile.require(file);
        InputFile.require(data);
        Nd4jStart.require();
        Fitted model = Fitted.load(file);
        Fitted.Reproduction found = model.reproduce(ModelTable.read(model, data, reading));
        spec.commandLine().getOut().println(found);
        return found.isEqual() ? ExitCode.OK : DIFFERENT;
    }
}
