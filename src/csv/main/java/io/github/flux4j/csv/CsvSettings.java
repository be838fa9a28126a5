package io.github.flux4j.csv;

import io.github.flux4j.internal.csv.Names;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a file is read, as far as it isn't found out. Immutable; for any thread.
 *
 * @param separator null to find it out, as with decimalComma and charset
 * @param missing what stands for a missing value in every column, beside an empty cell
 * @param names empty if the first line has them
 */
public record CsvSettings(
        @Nullable Character separator,
        @Nullable Boolean decimalComma,
        @Nullable Charset charset,
        Set<String> missing,
        List<String> names) {

    /** Everything is found out. */
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

    /** The same with this separator. */
    public CsvSettings withSeparator(char other) {
        return new CsvSettings(other, decimalComma, charset, missing, names);
    }

    /** The same with a decimal comma or a point. */
    public CsvSettings withDecimalComma(boolean other) {
        return new CsvSettings(separator, other, charset, missing, names);
    }

    /** The same for a file in this charset. */
    public CsvSettings withCharset(Charset other) {
        return new CsvSettings(
                separator, decimalComma, Objects.requireNonNull(other, "charset is null"), missing, names);
    }

    /** The same with these marks of missing values, in place of those that were told before. */
    public CsvSettings withMissing(Set<String> other) {
        return new CsvSettings(separator, decimalComma, charset, other, names);
    }

    /** The same for a file whose first line is a row already: the columns' names. */
    public CsvSettings withNames(List<String> other) {
        return new CsvSettings(separator, decimalComma, charset, missing, other);
    }

    boolean isMissing(String cell) {
        return cell.isEmpty() || missing.contains(cell);
    }
}
