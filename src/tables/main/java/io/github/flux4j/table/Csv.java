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
 * Reads tables from delimited text (RFC 4180). It finds out what you don't set:
 *
 * <ul>
 *   <li>the separator: comma, semicolon, tab or |, whichever divides the first 20 lines into equally many cells, above 1;
 *   <li>the charset, UTF-8, or UTF-16 with a byte order mark; and gzip;
 *   <li>each column's type and {@link ColumnFormat}, from all its cells: numbers, with thousands marks, decimal commas, currencies or percent signs, so that
 *       {@code $1,234.50} is 1234.5 and {@code 45%} is 45; dates of ISO 8601, in days, months and years, or with a month's English name, with or without a
 *       time; numbers with one unit, {@code 12,3 kg}, with multiples, {@code 1.2k}, or in brackets, times of day, durations, quarters and weeks, if 95 % of the
 *       cells agree, so that others are missing; else text. Numbers of which one has a leading zero, such as {@code 00424}, are text.
 * </ul>
 *
 * <p>The first line that isn't empty names the columns; a first column without a name holds row names and is dropped. Blanks around a cell count only in quotes.
 * Empty cells are missing values; so are {@code - . ? NA n/a none null} and similar marks among numbers and dates. An infinite number, such as {@code inf} or
 * {@code 1e999}, is text.
 *
 * <p>It never guesses: if two readings fit all cells, as for {@code 03/04/2021} or {@code 1,234} throughout, it throws an {@link AmbiguousFormatException} that names
 * both settings. If nearly all cells are numbers or dates, the column is text, and {@link Table#warnings()} says so.
 *
 * <p>It reads a file twice, so that it needs no more memory than the table; a stream, such as standard input, goes to a temporary file first. Immutable; each setting
 * returns a copy. The machine's locale has no effect.
 *
 * <p>A fault in the file is an {@link IOException} of one sentence: what was expected, what came, on which line, and what to do. A fault in a setting is an
 * {@link IllegalArgumentException}.
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
     * Sets the separator; by default the reader finds it.
     *
     * @throws IllegalArgumentException if it is a quote, a line break or NUL
     */
    public Csv separator(char separator) {
        return with(settings.withSeparator(separator));
    }

    /** Reads numbers such as {@code 2,5} and refuses a decimal point. */
    public Csv decimalComma() {
        return decimalComma(true);
    }

    /** Sets a decimal comma or point. */
    public Csv decimalComma(boolean comma) {
        return with(settings.withDecimalComma(comma));
    }

    /** Sets the charset, such as {@code Charset.forName("windows-1252")}; default UTF-8, or UTF-16 by its mark. */
    public Csv charset(Charset charset) {
        return with(settings.withCharset(charset));
    }

    /** Adds marks of missing values in all columns. */
    public Csv missing(String... marks) {
        return with(settings.withMissing(Set.copyOf(List.of(marks))));
    }

    /** Reads these columns as text whatever they contain, such as numbers that name branches. */
    public Csv text(String... names) {
        return new Csv(settings, columns.withTexts(names));
    }

    /** Reads these columns as numbers or dates; any other cell is an error with its line. */
    public Csv number(String... names) {
        return new Csv(settings, columns.withNumbers(names));
    }

    /**
     * Sets a column's format; any other cell is an error with its line.
     *
     * @param format an example, {@code 1,234.5} or {@code 1.234,5 €}; or {@code day/month/year} or {@code month/day/year}; or {@code unix}, {@code unix ms} or
     *     {@code excel} for dates as numbers; {@link ColumnFormat} lists all
     * @throws IllegalArgumentException if there is no such format
     */
    public Csv format(String column, String format) {
        return new Csv(settings, columns.withFormat(column, ColumnFormat.of(format)));
    }

    /** Skips these columns entirely. */
    public Csv drop(String... names) {
        return new Csv(settings, columns.withDropped(names));
    }

    /** Names the columns of a file whose first line is already a row. */
    public Csv names(String... names) {
        return with(settings.withNames(List.of(names)));
    }

    /**
     * Reads a file, or a pipe after copying it.
     *
     * @throws IOException if it can't be read, or isn't a table
     * @throws IllegalArgumentException if a setting names a column that isn't there
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
            throw new IOException("'" + file + "' is a folder; name a file in it");
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
     * Reads a stream to its end, such as {@code System.in}, and leaves it open.
     *
     * @param name for messages and the summary
     * @throws IOException if it can't be read, or isn't a table
     */
    public Table read(InputStream stream, String name) throws IOException {
        Objects.requireNonNull(stream, "stream is null");
        return spooled(file -> Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING), name, settings);
    }

    /**
     * Reads a stream block by block, in constant memory. Settings of single columns have no effect: the caller asks for each cell's type.
     *
     * @param stream closed with the result
     * @param name for messages
     * @throws IOException if it can't be read, or has no column names
     */
    public CsvBlocks blocks(InputStream stream, String name) throws IOException {
        return CsvBlocks.of(stream, name, settings);
    }

    /**
     * Reads characters to their end, and leaves the reader open.
     *
     * @param name for messages and the summary
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

    /** Columns whose cells fit two formats, such as {@code 03/04/2021} throughout; {@link #format} says which is meant. */
    public static final class AmbiguousFormatException extends IOException {

        private static final long serialVersionUID = 1;

        private final String question;
        private final transient Map<String, List<String>> choices;

        private AmbiguousFormatException(String question, Map<String, List<String>> choices) {
            super(question + "; say which: "
                    + choices.entrySet().stream()
                            .map(column -> column.getValue().stream()
                                    .map(format ->
                                            "csv().format(\"" + column.getKey().replaceAll("\\p{Cc}", "\uFFFD")
                                                    + "\", \"" + format + "\")")
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

        /** The columns, and how each can be read. */
        public String question() {
            return question;
        }

        /** The two formats that fit, by the column's name. */
        public Map<String, List<String>> choices() {
            return choices;
        }
    }
}
