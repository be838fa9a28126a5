package io.github.flux4j.table;

import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
import io.github.flux4j.format.ColumnFormat;
import io.github.flux4j.internal.csv.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads tables from text with a separator (RFC 4180). What isn't told is found out:
 *
 * <ul>
 *   <li>the separator: of comma, semicolon, tab and |, the one that divides the first 20 lines into the same number of cells, above 1;
 *   <li>the charset: UTF-8, or UTF-16 if a byte order mark says so; and whether gzip has packed the file;
 *   <li>each column's type and {@link ColumnFormat}, by all its cells: numbers, with thousands marks, decimal commas, currencies or percent signs, so that
 *       {@code $1,234.50} is 1234.5 and {@code 45%} is 45; dates of ISO 8601, in days, months and years, or with a month's English name, each with or without a
 *       time; else text.
 * </ul>
 *
 * <p>The first line that isn't empty names the columns; a first column without a name has the rows' names and is dropped. Blanks around a cell don't count
 * unless they are in quotes. Empty cells are missing values; among numbers and dates, {@code - . ? NA n/a none null} and their kin are, too. A number that isn't
 * finite, such as {@code inf} or {@code 1e999}, is text.
 *
 * <p>Nothing is guessed: where two readings fit all cells, as of {@code 03/04/2021} or of {@code 1,234} throughout, there is an
 * {@link AmbiguousFormatException} that names both settings. Where nearly all cells are numbers or dates, the column is text, and
 * {@link Table#warnings()} says so.
 *
 * <p>The file is read twice, so that it takes no more memory than the table; what can't be read twice, as standard input, is copied to a
 * temporary file first. Immutable; each setting gives another reader. The same in every country.
 *
 * <p>Whatever is wrong with the file, its content included, is an {@link IOException} of one sentence: what was expected and what came, in which
 * line, and what to do. What is wrong with a setting is an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * Table cars = Csv.csv().separator(';').decimalComma().missing("-9").text("Zip").read(Path.of("cars.csv"));
 * }</pre>
 */
public final class Csv {

    private static final Csv DEFAULTS = new Csv(CsvSettings.DEFAULTS, ColumnSettings.NONE);

    private final CsvSettings settings;
    private final ColumnSettings columns;

    private Csv(CsvSettings settings, ColumnSettings columns) {
        this.settings = settings;
        this.columns = columns.withMissing(settings.missing());
    }

    /** A reader that finds everything out. */
    public static Csv csv() {
        return DEFAULTS;
    }

    /** A reader with these settings. */
    public static Csv of(CsvSettings settings) {
        return DEFAULTS.with(settings);
    }

    private Csv with(CsvSettings other) {
        return new Csv(other, columns);
    }

    /**
     * The same, with this separator.
     *
     * @throws IllegalArgumentException if it is a quote, a line break or NUL
     */
    public Csv separator(char separator) {
        return with(settings.withSeparator(separator));
    }

    /** The same, for numbers as {@code 2,5}; a point isn't taken then. */
    public Csv decimalComma() {
        return decimalComma(true);
    }

    /** The same, with a decimal comma or a point. */
    public Csv decimalComma(boolean comma) {
        return with(settings.withDecimalComma(comma));
    }

    /** The same, for a file in this charset, such as {@code Charset.forName("windows-1252")}. */
    public Csv charset(Charset charset) {
        return with(settings.withCharset(charset));
    }

    /** The same, with these marks of missing values in all columns, beside those above. */
    public Csv missing(String... marks) {
        return with(settings.withMissing(Set.copyOf(List.of(marks))));
    }

    /** The same, with these columns as text, whatever is in them, such as zip codes that begin with a zero. */
    public Csv text(String... names) {
        return new Csv(settings, columns.withTexts(names));
    }

    /** The same, with these columns as numbers or dates; a cell that is neither is an error with its line. */
    public Csv number(String... names) {
        return new Csv(settings, columns.withNumbers(names));
    }

    /**
     * The same, with a column that is written in this way; a cell that isn't is an error with its line.
     *
     * @param format an example, {@code 1,234.5} or {@code 1.234,5 €}; or {@code day/month/year} or {@code month/day/year}; or {@code unix}, {@code unix ms}
     *     or {@code excel} for dates as numbers; {@link ColumnFormat} has them all
     * @throws IllegalArgumentException if there is no such format
     */
    public Csv format(String column, String format) {
        return new Csv(settings, columns.withFormat(column, ColumnFormat.of(format)));
    }

    /** The same, without these columns, so that nothing is found out about them. */
    public Csv drop(String... names) {
        return new Csv(settings, columns.withDropped(names));
    }

    /** The same, for a file whose first line is a row already: the columns' names. */
    public Csv names(String... names) {
        return with(settings.withNames(List.of(names)));
    }

    /**
     * Reads a file. One that can't be read twice, as a pipe, is copied first.
     *
     * @throws IOException if it can't be read, or isn't a table
     * @throws IllegalArgumentException if a column that a setting names isn't there
     */
    public Table read(Path file) throws IOException {
        if (!Files.exists(Objects.requireNonNull(file, "file is null"))) {
            throw new NoSuchFileException(
                    file.toString(),
                    null,
                    "there is no such file; the current folder is "
                            + Path.of("").toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw new IOException("'" + file + "' is a folder, but a file was expected; name one in it");
        }
        String name = String.valueOf(file.getFileName());
        if (!Files.isRegularFile(file)) {
            try (InputStream stream = Files.newInputStream(file)) {
                return read(stream, name);
            }
        }
        TableHash.OfFile hash = TableHash.OfFile.of(file); // before it is read
        Table table = Parquet.is(file) ? parquet(file) : new CsvReading(settings, columns).table(file, name);
        return table.readFrom(hash);
    }

    private Table parquet(Path file) throws IOException {
        Table table = Parquet.read(file);
        return columns.dropped().isEmpty()
                ? table
                : table.drop(columns.dropped().toArray(String[]::new));
    }

    /**
     * Reads a stream to its end, such as {@code System.in}, which is left open.
     *
     * @param name what messages and the summary call it
     * @throws IOException if it can't be read, or isn't a table
     */
    public Table read(InputStream stream, String name) throws IOException {
        Objects.requireNonNull(stream, "stream is null");
        return spooled(file -> Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING), name, settings);
    }

    /**
     * Reads a stream some rows at a time, in memory that doesn't grow with their number. What is said of single columns doesn't count: a cell is what
     * it is asked for as.
     *
     * @param stream closed with what is returned
     * @param name what messages call it
     * @throws IOException if it can't be read, or has no names of columns
     */
    public CsvBlocks blocks(InputStream stream, String name) throws IOException {
        return CsvBlocks.of(stream, name, settings);
    }

    /**
     * Reads characters to their end; the reader is left open.
     *
     * @param name what messages and the summary call it
     * @throws IOException if they can't be read, or aren't a table
     */
    public Table read(Reader reader, String name) throws IOException {
        Objects.requireNonNull(reader, "reader is null");
        return spooled(file -> copy(reader, file), name, settings.withCharset(StandardCharsets.UTF_8));
    }

    private static void copy(Reader reader, Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            reader.transferTo(writer);
        }
    }

    private Table spooled(Filling filling, String name, CsvSettings how) throws IOException {
        Objects.requireNonNull(name, "name is null");
        Path file = Files.createTempFile("flux4j-table", ".csv");
        try {
            filling.into(file);
            return new CsvReading(how, columns).table(file, name);
        } finally {
            Files.delete(file);
        }
    }

    private interface Filling {
        void into(Path file) throws IOException;
    }

    /**
     * Columns whose cells can be read in two ways, such as {@code 03/04/2021} throughout, so that somebody must say which is meant: {@link #format}.
     */
    public static final class AmbiguousFormatException extends IOException {

        private static final long serialVersionUID = 1;

        private final String question;
        private final transient Map<String, List<String>> choices;

        private AmbiguousFormatException(String question, Map<String, List<String>> choices) {
            super(question + "; say which: "
                    + choices.entrySet().stream()
                            .map(column -> column.getValue().stream()
                                    .map(format -> "csv().format(\"" + column.getKey() + "\", \"" + format + "\")")
                                    .collect(Collectors.joining(" or ")))
                            .collect(Collectors.joining("; ")));
            this.question = question;
            this.choices = choices;
        }

        static AmbiguousFormatException of(String file, List<CsvColumn> columns) {
            Map<String, List<String>> choices = new LinkedHashMap<>();
            columns.forEach(column -> choices.put(
                    column.name(),
                    column.choices().stream().map(ColumnFormat::text).toList()));
            String question = columns.stream()
                    .map(column -> "column " + Names.shown(column.name()) + " can be "
                            + String.join(" or ", choices.get(column.name())) + ", as " + column.example())
                    .collect(Collectors.joining("; "));
            return new AmbiguousFormatException(file + ": " + question, choices);
        }

        /** Which columns these are, and how each can be read. */
        public String question() {
            return question;
        }

        /** The formats that fit, by the column's name: two for each. */
        public Map<String, List<String>> choices() {
            return choices;
        }
    }
}
