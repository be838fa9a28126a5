package io.github.flux4j.cli;

import io.github.flux4j.csv.CsvSettings;
import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.table.Csv;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** How a table is read, where that isn't found out. */
public final class CsvOptions {

    private static final String TAB = "tab";

    @Option(names = "--decimal-comma", description = "The table's numbers have a decimal comma.")
    private boolean decimalComma;

    @Option(
            names = "--separator",
            paramLabel = "CHARACTER",
            description = "The character between cells, or tab (default: detected).")
    private String separator;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "The table's character encoding, such as windows-1252 (default: UTF-8).")
    private String charset;

    @Option(
            names = "--missing",
            paramLabel = "MARK",
            split = ",",
            description =
                    "More marks for missing values, separated by commas. Empty cells are always missing; so are - . ? NA n/a none null unknown k.A. among numbers and dates.")
    private String[] missing;

    @Option(
            names = "--format",
            paramLabel = "COLUMN=FORMAT",
            description = {
                "The format of a column's numbers or dates, where it is ambiguous; repeatable.",
                "An example such as 1,234.5, '1.234,5 €' or '1234.5 kg', or day/month/year, month/day/year, year-quarter, year-week, hour:minute, duration, unix, 'unix ms' or excel."
            })
    private String[] formats = {};

    @Option(
            names = "--names",
            paramLabel = "COLUMN",
            split = ",",
            description = "Column names, separated by commas, for a table without a header line.")
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

    /**
     * How columns are written, by their names.
     *
     * @throws IllegalArgumentException if there is no such format, or no name before it
     */
    public Map<String, ColumnFormat> formats() {
        Map<String, ColumnFormat> byName = new LinkedHashMap<>();
        for (String format : formats) {
            int end = format.lastIndexOf('='); // a name may have one, and no format has
            if (end < 1) {
                throw new IllegalArgumentException(
                        "--format must be a column and its format, such as Date=day/month/year, but was '" + format
                                + "'");
            }
            byName.put(format.substring(0, end), ColumnFormat.of(format.substring(end + 1)));
        }
        return byName;
    }

    /** What reads a table by all of these. */
    public Csv csv() {
        Csv csv = Csv.of(settings());
        for (Map.Entry<String, ColumnFormat> format : formats().entrySet()) {
            csv = csv.format(format.getKey(), format.getValue().text());
        }
        return csv;
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
