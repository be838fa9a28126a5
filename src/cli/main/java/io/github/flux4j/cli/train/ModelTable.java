package io.github.flux4j.cli.train;

import io.github.flux4j.cli.CsvOptions;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
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

/** Reads a table for a model that is there. */
final class ModelTable {

    private ModelTable() {}

    /** With the columns that training had, each read as it was there. */
    static Table read(Fitted model, Path data, CsvOptions reading) throws IOException {
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
