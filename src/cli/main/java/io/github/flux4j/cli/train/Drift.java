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

/** Compares a table with the one that a model was trained on, by what its file keeps of that. */
@Command(
        name = "drift",
        description = "Tell which columns of a table are different from those that a model was trained on.",
        footer = "Exit code: 0 if none is, 3 if one is.")
public final class Drift implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The model, such as train --out wrote.")
    private Path file;

    @Parameters(index = "1", paramLabel = "NEW.csv", description = "The table; it needs no target.")
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
        Fitted.Drift found = model.drift(ModelTable.read(model, data, reading));
        spec.commandLine().getOut().println(found);
        return found.different().isEmpty() ? ExitCode.OK : Reproduce.DIFFERENT;
    }
}
