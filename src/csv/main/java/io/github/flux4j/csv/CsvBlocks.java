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
 * A file's rows, some at a time, in memory that doesn't grow with their number: for what is larger than memory, or has no end. Read once; the separator
 * and a decimal comma are found out by the first 256 KiB of a stream, or by as many rows
 * of a file.
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
 * <p>For one thread; the blocks may be read by others.
 */
public final class CsvBlocks implements Closeable {

    private static final int HEAD = 1 << 18; // bytes
    private static final int ROWS = 1024; // of a block
    private static final int CELLS = 1 << 16; // of a block, but for one row
    private static final int TEXT = 1 << 18; // characters of a block, but for one row

    /** In place of a column's number. */
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
     * Of a file, which may be read {@link #again()}, also if gzip has packed it.
     *
     * @param name what messages call it
     * @throws IOException if it can't be read, or has no names of columns
     */
    public static CsvBlocks of(Path file, String name, CsvSettings settings) throws IOException {
        CsvInput input = new CsvInput(file, name, settings.charset());
        return opened(input, new CsvSniffer(input, settings).format(), settings);
    }

    /**
     * Of a stream, which is read once.
     *
     * @param stream closed with what is returned
     * @param name what messages call it
     * @throws IOException if it can't be read, or has no names of columns
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
     * The same file from its first row on, read in the same way.
     *
     * @throws IllegalStateException if a stream is read
     * @throws IOException if it can't be read any more
     */
    public CsvBlocks again() throws IOException {
        if (input.start() != null) {
            throw new IllegalStateException("a stream is read once; a file can be read again");
        }
        return opened(input, format, settings);
    }

    /** How its lines are divided, in words: {@code separated by commas}. */
    public String how() {
        return format.how();
    }

    /** Whether numbers have a comma where others have a point. */
    public boolean hasDecimalCommas() {
        return format.decimalComma();
    }

    /** An error in a line of the file, as all that reading throws. */
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

    /** Without a line that was cut, unless there is no other. */
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

    /** The names of all columns, in the file's order, but of a first one without a name. */
    public List<String> names() {
        return header.names();
    }

    /** Whether a first column without a name, or named {@code Unnamed: 0}, is dropped: pandas and R write the rows' names there. */
    public boolean hasRowNames() {
        return header.rowNames() > 0;
    }

    /**
     * From the next block on, only these columns in this order; without it, all of them.
     *
     * @throws IllegalArgumentException if there is no column of a name; tells three that begin alike
     */
    public void take(String... columns) {
        take(Set.of(), columns);
    }

    /**
     * As {@link #take(String...)}, where some columns may be absent: all their cells are missing then.
     *
     * @throws IllegalArgumentException if there is no column of a name that isn't optional
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
     * The next rows, at least one.
     *
     * @param again a block of these that isn't needed any more, to be filled again; or null
     * @return null at the end
     * @throws IOException if the file can't be read, or a row is broken or has more or fewer cells than there are names; with its line
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

    /** Closes the stream that it reads. */
    @Override
    public void close() throws IOException {
        rows.close();
    }
}
