package io.github.flux4j.cli;

import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.io.Models;
import io.github.flux4j.io.dl4j.Dl4j;
import io.github.flux4j.io.onnx.Onnx;
import io.github.flux4j.learn.Fitted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a saved model for other runtimes. */
@Command(name = "export", description = "Convert a saved model for other programs.")
final class Export implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The model file that train --out, save(model, path) or a fitted model's save wrote.")
    private Path file;

    @ArgGroup(multiplicity = "1")
    private Format format;

    /** One of them. */
    private static final class Format {

        @Option(names = "--onnx", paramLabel = "OUT", description = "Write an ONNX file.")
        private Path onnx;

        @Option(
                names = "--dl4j",
                paramLabel = "OUT",
                description =
                        "Write the layers as a Deeplearning4j ModelSerializer file that works without flux4j, and report how close each part is.")
        private Path dl4j;

        private Path out() {
            return onnx != null ? onnx : dl4j;
        }

        private void require() {
            (onnx != null ? OutputFile.ONNX : OutputFile.DL4J).require(out(), option());
        }

        private String option() {
            return onnx != null ? "--onnx" : "--dl4j";
        }
    }

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        InputFile.require(file);
        Path out = format.out();
        if (Files.exists(out) && Files.isSameFile(file, out)) {
            throw new IllegalArgumentException(out + " is the model itself; name another file for " + format.option());
        }
        format.require();
        String said = format.onnx != null ? onnx() : dl4j();
        spec.commandLine().getOut().println(said + "wrote " + out + ", " + Files.size(out) + " bytes");
        return ExitCode.OK;
    }

    /** A fitted model with its preparation, any other as its layers. */
    private String onnx() throws IOException {
        switch (ModelFile.read(file).kind()) {
            case "regressor", "classifier" -> Onnx.export(Fitted.load(file), format.onnx);
            default -> Onnx.export(Models.load(file), format.onnx);
        }
        return "";
    }

    private String dl4j() throws IOException {
        String kind = ModelFile.read(file).kind();
        if (kind.equals("regressor") || kind.equals("classifier")) {
            throw new IllegalArgumentException(
                    file + " is a " + kind
                            + ", but a Deeplearning4j file can't hold its preparation and several networks; use --onnx, or save and export one of its networks()");
        }
        return Dl4j.export(Models.load(file), format.dl4j) + System.lineSeparator();
    }
}
