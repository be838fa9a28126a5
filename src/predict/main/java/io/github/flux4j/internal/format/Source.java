package io.github.flux4j.internal.format;

import io.github.flux4j.format.ModelFileException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Bytes, known to be so many, that are read once from the first to the last.
 *
 * <p>For one thread.
 */
public final class Source implements Closeable {

    /** Bytes of a file. */
    public static final long MOST_BYTES = 1L << 31;

    /** Some JVMs make no longer array. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private final String name;
    private final InputStream in;
    private final long size;

    private Source(String name, InputStream in, long size) {
        this.name = name;
        this.in = in;
        this.size = size;
    }

    /**
     * What is made of bytes.
     *
     * @param <T> what it is
     */
    @FunctionalInterface
    public interface Reading<T> {
        /** Of bytes that are closed by others. */
        T of(Source source) throws IOException;
    }

    /** Of a file; what is refused is said of it by name. */
    public static <T> T read(Path file, Reading<T> reading) throws IOException {
        try (Source source = of(file)) {
            return source.named(reading);
        }
    }

    /** Of a stream, which is read to its end and not closed. */
    public static <T> T read(InputStream stream, Reading<T> reading) throws IOException {
        return of(stream).named(reading);
    }

    private <T> T named(Reading<T> reading) throws IOException {
        try {
            return reading.of(this);
        } catch (ModelFileException e) {
            throw e.in(name);
        }
    }

    private static Source of(Path file) throws IOException {
        try {
            long size = Files.size(Objects.requireNonNull(file, "file is null"));
            requireRegular(file);
            requireSize(size, file.toString());
            return new Source(file.toString(), Files.newInputStream(file), size);
        } catch (NoSuchFileException e) {
            throw new ModelFileException(file + ": a file was expected, but there is none; check the path", e);
        } catch (AccessDeniedException e) {
            throw new ModelFileException(file + ": may not be read by this user; change its permissions", e);
        }
    }

    /** Reading from others, such as a pipe, would wait for a writer. */
    private static void requireRegular(Path file) throws ModelFileException {
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException(file + ": a file was expected, but it is "
                    + (Files.isDirectory(file)
                            ? "a folder; name the file in it"
                            : "none with a size; read it as a stream"));
        }
    }

    private static void requireSize(long size, String name) throws ModelFileException {
        if (size > MOST_BYTES) {
            throw new ModelFileException(name + ": at most " + MOST_BYTES
                    + " bytes were expected, but there are more; a model file is never that large");
        }
    }

    /** A stream, which is read to its end into memory first, since only then is its size known; it is not closed. */
    private static Source of(InputStream in) throws IOException {
        Objects.requireNonNull(
                in, "stream is null; if it is a resource's, there is none of that name on the class path");
        byte[] bytes = in.readNBytes(LONGEST);
        String name = "the stream";
        requireSize(in.read() < 0 ? bytes.length : Long.MAX_VALUE, name);
        return new Source(name, new ByteArrayInputStream(bytes), bytes.length);
    }

    long size() {
        return size;
    }

    /** So many bytes to the start of the array. */
    void read(byte[] into, int length) throws IOException {
        int read = in.readNBytes(into, 0, length);
        if (read < length) {
            throw new ModelFileException("it became shorter while it was read; read it when nobody writes to it");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
