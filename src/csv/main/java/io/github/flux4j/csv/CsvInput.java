package io.github.flux4j.csv;

import io.github.flux4j.internal.csv.Gzip;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A source of text; a file can be read more than once.
 *
 * @param opening gives its bytes from the start
 * @param name its name in messages
 * @param charset null for UTF-8, or UTF-16 by its mark
 * @param start its first bytes, or null to read them, too, from the start
 */
record CsvInput(Opening opening, String name, Charset charset, byte[] start) {

    /** Opens the source. */
    interface Opening {
        InputStream open() throws IOException;
    }

    private static final int LONGEST_MARK = 4;

    /** Makes the input of a file. */
    CsvInput(Path file, String name, Charset charset) {
        this(() -> Gzip.unpacked(Files.newInputStream(file)), name, charset, null);
    }

    /** The first bytes of a format that isn't text, and its name. */
    private record Format(String what, int... bytes) {}

    private static final List<Format> NOT_TEXT = List.of(
            new Format("a zip archive or an Excel sheet; unpack it, or save the sheet as CSV", 'P', 'K', 3, 4),
            new Format("compressed by gzip; unpack it", Gzip.FIRST, Gzip.SECOND),
            new Format(
                    "a Parquet file; convert it to CSV, with DuckDB by COPY 'data.parquet' TO 'data.csv'",
                    'P',
                    'A',
                    'R',
                    '1'));

    /** Opens the text without a byte order mark; bytes that aren't text are an error. */
    Reader open() throws IOException {
        return open(actual(first()).newDecoder());
    }

    private Reader open(CharsetDecoder decoder) throws IOException {
        byte[] first = first();
        requireText(first);
        Mark mark = Mark.of(first);
        InputStream stream = opening.open();
        stream.skipNBytes(mark.fits(charset) ? mark.length : 0);
        return new InputStreamReader(stream, decoder);
    }

    private byte[] first() throws IOException {
        if (start != null) {
            return start;
        }
        try (InputStream stream = opening.open()) {
            return stream.readNBytes(LONGEST_MARK);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Charset actual(byte... first) {
        return charset != null ? charset : Mark.of(first).charset;
    }

    private enum Mark {
        UTF8(3, StandardCharsets.UTF_8),
        UTF16BE(2, StandardCharsets.UTF_16BE),
        UTF16LE(2, StandardCharsets.UTF_16LE),
        NONE(0, StandardCharsets.UTF_8);

        private final int length;
        private final Charset charset;

        Mark(int length, Charset charset) {
            this.length = length;
            this.charset = charset;
        }

        static Mark of(byte... start) {
            if (begins(start, 0xEF, 0xBB, 0xBF)) {
                return UTF8;
            }
            if (begins(start, 0xFE, 0xFF)) {
                return UTF16BE;
            }
            return begins(start, 0xFF, 0xFE) ? UTF16LE : NONE;
        }

        /** Whether the file is read in the mark's charset, so that it is a mark and not text. */
        boolean fits(Charset asked) {
            return asked == null || asked.equals(charset);
        }
    }

    private static boolean begins(byte[] start, int... bytes) {
        byte[] wanted = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            wanted[i] = (byte) bytes[i];
        }
        return start.length >= wanted.length && Arrays.equals(start, 0, wanted.length, wanted, 0, wanted.length);
    }

    private void requireText(byte... start) throws IOException {
        for (Format format : NOT_TEXT) {
            if (begins(start, format.bytes)) {
                throw new IOException(name + ": expected text, but the file is " + format.what);
            }
        }
    }

    /** Makes an error that isn't the content's: of the disk, of permissions. */
    IOException unreadable(IOException e) {
        return new IOException(name + " can't be read: " + e, e);
    }

    /** Makes an error for a line of the file. */
    IOException error(long line, String message) {
        return new IOException(name + ", line " + line + ": " + message);
    }

    /** The same problem with the line where it is: rereads the text with what is no character in place of such bytes, if it can. */
    IOException notInCharset(long after) throws IOException {
        if (start != null) {
            return notText("after line " + after);
        }
        CharsetDecoder marking = actual(first()).newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
        marking.onUnmappableCharacter(CodingErrorAction.REPLACE).replaceWith("\uFFFF");
        long line = 1;
        try (Reader reader = open(marking)) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\uFFFF') {
                    return notText("line " + line);
                }
                line += c == '\n' ? 1 : 0;
            }
        }
        return new IOException(name + ": the file changed while it was read; try again");
    }

    private IOException notText(String where) throws IOException {
        return new IOException(name + ", " + where + ": these bytes aren't text in " + actual(first())
                + "; save the file as UTF-8, or name its charset with csv().charset(…): windows-1252 if it comes from an older"
                + " Windows program, or ISO-8859-1");
    }
}
