package io.github.flux4j.csv;

import io.github.flux4j.internal.csv.Names;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file's rows in blocks, in constant memory: for files larger than memory, and for streams without an end. Not thread-safe, but any thread may read the
 * blocks.
 *
 * <pre>{@code
 * try (CsvBlocks file = CsvBlocks.of(System.in, "standard input", CsvSettings.DEFAULTS)) {
 *     file.take("x", "y");
 *     for (CsvBlock block = file.next(null); block != null; block = file.next(block)) {
 *         for (int row = 0; row < block.rows(); row++) sum += block.number(row, 0) * block.number(row, 1);
 *     }
 * }
 * }</pre>
 *
 * <p>It detects the separator and decimal commas from the first 256 KiB of a stream, or from as many rows of a file.
 */
public final class CsvBlocks implements Closeable {

    private static final int HEAD = 1 << 18; // bytes
    private static final int ROWS = 1024; // of a block
    private static final int CELLS = 1 << 16; // of a block, but for one row
    private static final int TEXT = 1 << 18; // characters of a block, but for one row

    /** In place of an absent column's number. */
    static final int ABSENT = -1;

    private final CsvSettings settings;
    private final CsvFormat format;
    private final CsvInput input;
    private final CsvRows rows;
    private final CsvHeader header;
    private int[] places;
    private boolean isEmpty = true;

    private CsvBlocks(CsvSettings settings, CsvFormat format, CsvInput input, CsvRows rows, CsvHeader header) {
        this.settings = settings;
        this.format = format;
        this.input = input;
        this.rows = rows;
        this.header = header;
        this.places = all();
    }

    /**
     * Opens a file, plain or gzipped; {@link #again()} rereads it.
     *
     * @param name the file's name in messages
     * @throws IOException if it can't be read, or has no column names
     */
    public static CsvBlocks of(Path file, String name, CsvSettings settings) throws IOException {
        CsvInput input = new CsvInput(file, name, settings.charset());
        return opened(input, new CsvSniffer(input, settings).format(), settings);
    }

    /**
     * Opens a stream, which can be read once.
     *
     * @param stream closed with the returned object
     * @param name the stream's name in messages
     * @throws IOException if it can't be read, or has no column names
     */
    public static CsvBlocks of(InputStream stream, String name, CsvSettings settings) throws IOException {
        Objects.requireNonNull(stream, "stream is null");
        Objects.requireNonNull(name, "name is null");
        byte[] head = head(stream);
        CsvInput first = new CsvInput(() -> new ByteArrayInputStream(whole(head)), name, settings.charset(), head);
        CsvFormat format = new CsvSniffer(first, settings).format();
        CsvInput input = new CsvInput(
                () -> new SequenceInputStream(new ByteArrayInputStream(head), stream), name, settings.charset(), head);
        return opened(input, format, settings);
    }

    private static CsvBlocks opened(CsvInput input, CsvFormat format, CsvSettings settings) throws IOException {
        CsvRows rows = new CsvRows(input, format);
        try {
            return new CsvBlocks(settings, format, input, rows, CsvHeader.of(rows, input, format, settings));
        } catch (IOException e) {
            rows.close();
            throw e;
        }
    }

    /**
     * Reopens the file from its first row, with the same settings.
     *
     * @throws IllegalStateException if it reads a stream
     * @throws IOException if the file can't be read any more
     */
    public CsvBlocks again() throws IOException {
        if (input.start() != null) {
            throw new IllegalStateException("a stream is read once; a file can be read again");
        }
        return opened(input, format, settings);
    }

    /** Describes how lines are divided: {@code separated by commas}. */
    public String how() {
        return format.how();
    }

    /** Whether numbers have decimal commas instead of points. */
    public boolean hasDecimalCommas() {
        return format.decimalComma();
    }

    /** Makes an error for a line of the file, in the form that reading throws. */
    public IOException error(long line, String message) {
        return input.error(line, message);
    }

    private static byte[] head(InputStream stream) throws IOException {
        byte[] head = new byte[HEAD];
        try {
            return Arrays.copyOf(
                    head, stream.readNBytes(head, 0, HEAD)); // the shorter word asks a pipe where it stands
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** Drops the last line if it was cut, unless it is the only one. */
    private static byte[] whole(byte... head) {
        int end = head.length;
        while (head.length == HEAD && end > 0 && head[end - 1] != '\n') {
            end--;
        }
        return end == 0 ? head : Arrays.copyOf(head, end);
    }

    private int[] all() {
        int[] all = new int[header.names().size()];
        Arrays.setAll(all, i -> i + header.rowNames());
        return all;
    }

    /** Returns the names of all columns in the file's order, without a first column that has no name. */
    public List<String> names() {
        return header.names();
    }

    /** Whether it drops a first column without a name, or named {@code Unnamed: 0}, where pandas and R write row names. */
    public boolean hasRowNames() {
        return header.rowNames() > 0;
    }

    /**
     * Selects these columns, in this order, from the next block on; the default is all columns.
     *
     * @throws IllegalArgumentException if no column has one of the names; the message lists three that begin alike
     */
    public void take(String... columns) {
        take(Set.of(), columns);
    }

    /**
     * Selects columns, some of them optional: if one is absent, all its cells are missing. See {@link #take(String...)}.
     *
     * @throws IllegalArgumentException if no column has one of the names that aren't optional
     */
    public void take(Set<String> optional, String... columns) {
        Map<String, Integer> all = Names.places(names());
        places = Arrays.stream(columns)
                .mapToInt(
                        name -> all.get(name) == null && optional.contains(name) ? ABSENT : place(name, all.get(name)))
                .toArray();
    }

    private int place(String name, Integer place) {
        if (place == null) {
            throw Names.unknown(name, names());
        }
        return header.rowNames() + place;
    }

    /**
     * Reads the next rows, at least one.
     *
     * @param again one of its blocks, to be refilled, or null
     * @return null at the end
     * @throws IOException if the file can't be read, or, with the line, if a row is broken or its number of cells isn't that of the names
     */
    public @Nullable CsvBlock next(@Nullable CsvBlock again) throws IOException {
        CsvBlock block = again == null ? new CsvBlock(settings, format.decimalComma(), places.length) : again;
        block.clear();
        while (block.rows() < ROWS
                && (long) block.rows() * places.length < CELLS
                && block.length() < TEXT
                && rows.next()) {
            rows.requireText();
            header.requireCells(rows);
            rows.addTo(block, places);
        }
        if (isEmpty && block.rows() == 0) {
            throw header.noRows();
        }
        isEmpty = false;
        return block.rows() == 0 ? null : block;
    }

    /** Closes its stream. */
    @Override
    public void close() throws IOException {
        rows.close();
    }
}
