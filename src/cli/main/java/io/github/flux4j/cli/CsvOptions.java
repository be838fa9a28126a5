package io.github.flux4j.cli;

import io.github.flux4j.csv.CsvSettings;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** How a table is read, where that isn't found out. */
public final class CsvOptions {

    private static final String TAB = "tab";

    @Option(names = "--decimal-comma", description = "The table's numbers have a comma where others have a point.")
    private boolean decimalComma;

    @Option(
            names = "--separator",
            paramLabel = "CHARACTER",
            description = "What divides the table's cells; tab for a tabulator (default: what is found).")
    private String separator;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "What the table's text is written in, such as windows-1252 (default: UTF-8).")
    private String charset;

    @Option(
            names = "--missing",
            paramLabel = "MARK",
            split = ",",
            description = "What stands for a missing value, with commas between (default: NA,N/A,NaN,nan,null,NULL,?).")
    private String[] missing;

    @Option(
            names = "--names",
            paramLabel = "COLUMN",
            split = ",",
            description = "The columns' names, with commas between, of a table whose first line is a row already.")
    private String[] names;

    /**
     * What reads it.
     *
     * @throws IllegalArgumentException if there is no such charset, or the separator can't be one
     */
    public CsvSettings settings() {
        CsvSettings csv = CsvSettings.DEFAULTS;
        csv = decimalComma ? csv.withDecimalComma(true) : csv;
        csv = separator == null ? csv : csv.withSeparator(character());
        csv = charset == null ? csv : csv.withCharset(known());
        csv = missing == null ? csv : csv.withMissing(Set.copyOf(List.of(missing)));
        return names == null ? csv : csv.withNames(List.of(names));
    }

    private char character() {
        if (separator.equals(TAB)) {
            return '\t';
        }
        if (separator.length() != 1) {
            throw new IllegalArgumentException(
                    "--separator must be one character, or tab, but was '" + separator + "'");
        }
        return separator.charAt(0);
    }

    private Charset known() {
        try {
            return Charset.forName(charset);
        } catch (IllegalArgumentException e) { // no such name, or no name at all
            throw new IllegalArgumentException(
                    "--charset must be one that Java knows, such as windows-1252 or ISO-8859-1, but was '" + charset
                            + "'",
                    e);
        }
    }
}
