package io.github.flux4j.cli.train;

import io.github.flux4j.learn.Fitted;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Compares a table with the one that a model was trained on, by what its file keeps of that. */
@Command(
        name = "drift",
        description = "Report which columns of a table differ from a model's training table.",
        footer = "Exit code: 0 if no column differs, 3 if one does. The table needs no target.")
public final class Drift implements Callable<Integer> {

    @Mixin
    private ModelTable input;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Fitted model = input.model();
        Fitted.Drift found = model.drift(input.of(model));
        spec.commandLine().getOut().println(found);
        return found.different().isEmpty() ? ExitCode.OK : Reproduce.DIFFERENT;
    }
}
