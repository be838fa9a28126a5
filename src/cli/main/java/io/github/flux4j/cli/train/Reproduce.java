package io.github.flux4j.cli.train;

import io.github.flux4j.cli.CsvOptions;
import io.github.flux4j.cli.InputFile;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.internal.arrays.Nd4jStart;
import io.github.flux4j.internal.csv.Gzip;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Fitted.Reproduction found = model.reproduce(table(model));
        spec.commandLine().getOut().println(found);
        return found.isEqual() ? ExitCode.OK : DIFFERENT;
    }

    /** With the columns that training had, each read as it was there. */
    private Table table(Fitted model) throws IOException {
        Csv csv = Csv.of(reading.settings());
        for (Feature feature : model.preparation().list()) {
            if (feature instanceof NumberFeature number
                    && !number.format().withMissing(Set.of()).isUsual()) {
                csv = csv.format(number.name(), number.format().text());
            }
        }
        for (Map.Entry<String, ColumnFormat> told : reading.formats().entrySet()) {
            csv = csv.format(told.getKey(), told.getValue().text());
        }
        try (CsvBlocks header =
                csv.blocks(Gzip.unpacked(Files.newInputStream(data)), String.valueOf(data.getFileName()))) {
            Set<String> known = model.report().data().columns().keySet();
            List<String> others = header.names().stream()
                    .filter(name -> !known.contains(name))
                    .toList();
            boolean isAnother = others.size() == header.names().size();
            csv = isAnother ? csv : csv.drop(others.toArray(String[]::new));
        }
        return csv.read(data);
    }
}
