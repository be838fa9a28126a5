package io.github.flux4j.cli.train;

import io.github.flux4j.learn.Fitted;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Trains a model again from its data, by what its file says of itself. */
@Command(
        name = "reproduce",
        description =
                "Train a model again from the settings in its file, and report whether both are equal to the bit.",
        footer = "Exit code: 0 if they are, 3 if they aren't.")
public final class Reproduce implements Callable<Integer> {

    /** All went well, but somebody should look. */
    static final int DIFFERENT = 3;

    @Mixin
    private ModelTable input;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Fitted model = input.model();
        Fitted.Reproduction found = model.reproduce(input.of(model));
        spec.commandLine().getOut().println(found);
        return found.isEqual() ? ExitCode.OK : DIFFERENT;
    }
}
