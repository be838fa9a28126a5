package io.github.flux4j.cli.train;

import io.github.flux4j.cli.CsvOptions;
import io.github.flux4j.cli.InputFile;
import io.github.flux4j.csv.CsvBlocks;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A model and a table that is read as training read its own. */
final class ModelTable {

    @Parameters(index = "0", paramLabel = "FILE", description = "The model file, such as train --out writes.")
    private Path file;

    @Parameters(index = "1", paramLabel = "DATA.csv", description = "The table, with the training table's columns.")
    private Path data;

    @Mixin
    private CsvOptions reading;

    Fitted model() throws IOException {
        InputFile.require(file);
        InputFile.require(data);
        Nd4jStart.require();
        return Fitted.load(file);
    }

    Table of(Fitted model) throws IOException {
        return read(model, data, reading);
    }

    /** With the columns that training had, each read as it was there. */
    static Table read(Fitted model, Path data, CsvOptions reading) throws IOException {
        try (CsvBlocks header =
                reading.csv().blocks(Gzip.unpacked(Files.newInputStream(data)), String.valueOf(data.getFileName()))) {
            Set<String> known = model.report().data().columns().keySet();
            String[] others = header.names().stream()
                    .filter(name -> !known.contains(name))
                    .toArray(String[]::new);
            Csv csv = asInTraining(model, reading, header.names());
            boolean isAnother = others.length == header.names().size();
            return (isAnother ? csv : csv.drop(others)).read(data);
        }
    }

    private static Csv asInTraining(Fitted model, CsvOptions reading, List<String> there) {
        Csv csv = reading.csv();
        List<String> texts = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        for (Feature feature : model.preparation().list()) {
            if (reading.formats().containsKey(feature.name()) || !there.contains(feature.name())) {
                continue;
            }
            if (feature instanceof NumberFeature number
                    && !number.format().withMissing(Set.of()).isUsual()) {
                csv = csv.format(number.name(), number.format().text());
            } else {
                (feature instanceof NumberFeature ? numbers : texts).add(feature.name());
            }
        }
        return csv.text(texts.toArray(String[]::new)).number(numbers.toArray(String[]::new));
    }
}
