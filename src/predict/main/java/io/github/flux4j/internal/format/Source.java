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

/** Bytes of known number, read once from first to last. Not thread-safe. */
public final class Source implements Closeable {

    /** The most bytes of a file. */
    public static final long MOST_BYTES = 1L << 31;

    /** Some JVMs can't make longer arrays. */
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
     * Code that reads bytes.
     *
     * @param <T> its result
     */
    @FunctionalInterface
    public interface Reading<T> {
        /** Reads bytes that the caller closes. */
        T of(Source source) throws IOException;
    }

    /** Reads a file, and adds its name to refusals. */
    public static <T> T read(Path file, Reading<T> reading) throws IOException {
        try (Source source = of(file)) {
            return source.named(reading);
        }
    }

    /** Reads a stream to its end and leaves it open. */
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
            throw new ModelFileException(file + ": there is no such file; check the path", e);
        } catch (AccessDeniedException e) {
            throw new ModelFileException(file + ": may not be read by this user; change its permissions", e);
        }
    }

    /** Reading others, such as a pipe, would wait for a writer. */
    private static void requireRegular(Path file) throws ModelFileException {
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException(file + " is "
                    + (Files.isDirectory(file)
                            ? "a folder; name the file in it"
                            : "not a file with a size; read it as a stream"));
        }
    }

    private static void requireSize(long size, String name) throws ModelFileException {
        if (size > MOST_BYTES) {
            throw new ModelFileException(
                    name + " has more than " + MOST_BYTES + " bytes; a model file is never that large");
        }
    }

    /** Reads a stream to its end into memory, since only then is its size known, and leaves it open. */
    private static Source of(InputStream in) throws IOException {
        Objects.requireNonNull(in, "stream is null; if it comes from a resource, the class path has none of that name");
        byte[] bytes = in.readNBytes(LONGEST);
        String name = "the stream";
        requireSize(in.read() < 0 ? bytes.length : Long.MAX_VALUE, name);
        return new Source(name, new ByteArrayInputStream(bytes), bytes.length);
    }

    long size() {
        return size;
    }

    /** Reads this number of bytes to the start of the array. */
    void read(byte[] into, int length) throws IOException {
        int read = in.readNBytes(into, 0, length);
        if (read < length) {
            throw new ModelFileException("it became shorter while it was read; read it while nobody writes to it");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
