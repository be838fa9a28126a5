package io.github.flux4j.cli;

import io.github.flux4j.csv.CsvSettings;
import io.github.flux4j.internal.csv.Gzip;
import io.github.flux4j.serve.Served;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A model and a table that a command has it predict for; the table is read once, from a file or from standard input. */
public final class ModelAndTable {

    private static final String STANDARD_INPUT = "-";

    @Parameters(index = "0", paramLabel = "FILE", description = "The model file, such as train --out writes.")
    private Path file;

    @Parameters(
            index = "1",
            paramLabel = "DATA.csv",
            defaultValue = STANDARD_INPUT,
            description = "The table as CSV with a header line; - (default) reads standard input.")
    private String data;

    @Mixin
    private CsvOptions reading;

    @Option(
            names = "--allow-missing-columns",
            description = "Treat a column that the table lacks as missing values, filled as in training.")
    private boolean allowMissingColumns;

    /** The model's file. */
    public Path file() {
        return file;
    }

    /**
     * The model.
     *
     * @throws IllegalArgumentException if there is no file that can be read
     * @throws IOException if it is none of a model that predicts
     */
    public Served model() throws IOException {
        Served model = Served.load(InputFile.require(file));
        return (allowMissingColumns ? model.allowMissingColumns() : model).written(reading.formats());
    }

    /** How the table is read. */
    public CsvSettings csv() {
        return reading.settings();
    }

    /** The table's file, or null for standard input. */
    public Path tablePath() {
        return data.equals(STANDARD_INPUT) ? null : Path.of(data);
    }

    /** What messages call the table. */
    public String tableName() {
        return tablePath() == null
                ? "standard input"
                : String.valueOf(tablePath().getFileName());
    }

    /**
     * Opens the table, unpacked if it is packed by gzip.
     *
     * @throws IllegalArgumentException if there is no file that can be read
     */
    public InputStream openTable() throws IOException {
        return Gzip.unpacked(
                tablePath() == null
                        ? new FileInputStream(FileDescriptor.in)
                        : Files.newInputStream(InputFile.require(tablePath())));
    }
}
