package io.github.flux4j.csv;

import io.github.flux4j.internal.csv.Names;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings for reading a CSV file; by default the reader detects separator, decimal comma and charset, and takes names from the first line. Immutable.
 *
 * @param separator null to detect it; the same holds for decimalComma and charset
 * @param missing marks of a missing value in every column, besides an empty cell
 * @param names empty if the first line has them
 */
public record CsvSettings(
        @Nullable Character separator,
        @Nullable Boolean decimalComma,
        @Nullable Charset charset,
        Set<String> missing,
        List<String> names) {

    /** Detects everything. */
    public static final CsvSettings DEFAULTS = new CsvSettings(null, null, null, Set.of(), List.of());

    /**
     * Checks the separator and the names.
     *
     * @throws IllegalArgumentException if the separator is a quote, a line break or NUL, or a name is blank or there twice
     */
    public CsvSettings {
        if (separator != null && "\"\r\n\0".indexOf(separator) >= 0) {
            throw new IllegalArgumentException("separator must not be a quote, a line break or NUL, but is character "
                    + (int) separator.charValue());
        }
        missing = Set.copyOf(missing);
        names = List.copyOf(names);
        Names.places(names);
    }

    /** Sets the separator. */
    public CsvSettings withSeparator(char other) {
        return new CsvSettings(other, decimalComma, charset, missing, names);
    }

    /** Sets whether numbers have a decimal comma or a point. */
    public CsvSettings withDecimalComma(boolean other) {
        return new CsvSettings(separator, other, charset, missing, names);
    }

    /** Sets the charset. */
    public CsvSettings withCharset(Charset other) {
        return new CsvSettings(
                separator, decimalComma, Objects.requireNonNull(other, "charset is null"), missing, names);
    }

    /** Sets the marks of missing values, in place of earlier ones. */
    public CsvSettings withMissing(Set<String> other) {
        return new CsvSettings(separator, decimalComma, charset, other, names);
    }

    /** Sets the column names of a file whose first line is already a row. */
    public CsvSettings withNames(List<String> other) {
        return new CsvSettings(separator, decimalComma, charset, missing, other);
    }

    boolean isMissing(String cell) {
        return cell.isEmpty() || missing.contains(cell);
    }
}
