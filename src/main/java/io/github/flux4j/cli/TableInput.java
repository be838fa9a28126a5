package io.github.flux4j.cli;

import io.github.flux4j.data.Csv;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A table that a command reads once, from a file or from standard input. */
public final class TableInput {

    private static final String STANDARD_INPUT = "-";

    @Parameters(
            index = "1",
            paramLabel = "DATA.csv",
            defaultValue = STANDARD_INPUT,
            description =
                    "The table: a line with the columns' names, then one for each row; - (default) is standard input.")
    private String data;

    @Option(names = "--decimal-comma", description = "The table's numbers have a comma where others have a point.")
    private boolean decimalComma;

    /** How it is read. */
    public Csv csv() {
        return decimalComma ? Csv.csv().decimalComma() : Csv.csv();
    }

    /** The file, or null for standard input. */
    public Path path() {
        return data.equals(STANDARD_INPUT) ? null : Path.of(data);
    }

    /** What messages call it. */
    public String name() {
        return path() == null ? "standard input" : String.valueOf(path().getFileName());
    }

    /**
     * Opens it.
     *
     * @throws IllegalArgumentException if there is no file that can be read
     */
    public InputStream open() throws IOException {
        return path() == null
                ? new FileInputStream(FileDescriptor.in)
                : Files.newInputStream(InputFile.require(path()));
    }
}
