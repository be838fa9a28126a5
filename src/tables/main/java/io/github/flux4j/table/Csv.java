package io.github.flux4j.table;

import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
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
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads tables from text with a separator (RFC 4180). What isn't told is found out:
 *
 * <ul>
 *   <li>the separator: of comma, semicolon, tab and |, the one that divides the first 20 lines into the same number of cells, above 1;
 *   <li>a decimal comma: if the separator is a semicolon, and of the first 1000 rows' cells some are numbers with a comma and none with a point;
 *   <li>the charset: UTF-8, or UTF-16 if a byte order mark says so;
 *   <li>each column's type, by all its cells: numbers; dates of ISO 8601, with or without a time; else text.
 * </ul>
 *
 * <p>The first line that isn't empty names the columns. Blanks around a cell don't count unless they are in quotes; empty cells and
 * {@code NA N/A NaN nan null NULL ?} are missing values. A number that isn't finite, such as {@code inf} or {@code 1e999}, is text.
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

    private static final Csv DEFAULTS = new Csv(CsvSettings.DEFAULTS, Set.of(), Set.of());

    private final CsvSettings settings;
    private final Set<String> texts;
    private final Set<String> numbers;

    private Csv(CsvSettings settings, Set<String> texts, Set<String> numbers) {
        this.settings = settings;
        this.texts = texts;
        this.numbers = numbers;
        texts.stream().filter(numbers::contains).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "column " + Names.shown(name) + " can't be both text and number; ask for one of them");
        });
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
        return new Csv(other, texts, numbers);
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

    /** The same, with these marks of missing values in place of those above; an empty cell always is one. */
    public Csv missing(String... marks) {
        return with(settings.withMissing(Set.copyOf(List.of(marks))));
    }

    /** The same, with these columns as text, whatever is in them, such as zip codes that begin with a zero. */
    public Csv text(String... columns) {
        return new Csv(settings, Set.copyOf(List.of(columns)), numbers);
    }

    /** The same, with these columns as numbers or dates; a cell that is neither is an error with its line. */
    public Csv number(String... columns) {
        return new Csv(settings, texts, Set.copyOf(List.of(columns)));
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
        return reading(settings).table(file, name);
    }

    private CsvReading reading(CsvSettings how) {
        return new CsvReading(how, texts, numbers);
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
     * Reads a stream some rows at a time, in memory that doesn't grow with their number. What {@link #text} and {@link #number} say of types doesn't
     * count: a cell is what it is asked for as.
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
            return reading(how).table(file, name);
        } finally {
            Files.delete(file);
        }
    }

    private interface Filling {
        void into(Path file) throws IOException;
    }
}
