package io.github.flux4j.cli;

import io.github.flux4j.io.Models;
import io.github.flux4j.io.onnx.Onnx;
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

/** Writes a saved model for other runtimes. */
@Command(name = "export", description = "Write a saved model for other programs.")
final class Export implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "What save(model, path) wrote.")
    private Path file;

    @Option(names = "--onnx", paramLabel = "OUT", required = true, description = "Write it as ONNX to this file.")
    private Path onnx;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        InputFile.require(file);
        if (Files.exists(onnx) && Files.isSameFile(file, onnx)) {
            throw new IllegalArgumentException(
                    onnx + " is the model's own file, which ONNX would replace; name another for --onnx");
        }
        Onnx.export(Models.load(file), onnx);
        spec.commandLine().getOut().println("wrote " + onnx + ", " + Files.size(onnx) + " bytes");
        return ExitCode.OK;
    }
}
