package io.github.flux4j.cli;

import io.github.flux4j.io.Models;
import io.github.flux4j.io.onnx.Onnx;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.predict.ModelFile;
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

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "What save(model, path), a fitted model's save or train --out wrote.")
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
        export();
        spec.commandLine().getOut().println("wrote " + onnx + ", " + Files.size(onnx) + " bytes");
        return ExitCode.OK;
    }

    /** A fitted model with its preparation, any other as its layers. */
    private void export() throws IOException {
        switch (ModelFile.read(file).kind()) {
            case "regressor" -> FittedRegressor.load(file).exportOnnx(onnx);
            case "classifier" -> FittedClassifier.load(file).exportOnnx(onnx);
            default -> Onnx.export(Models.load(file), onnx);
        }
    }
}
