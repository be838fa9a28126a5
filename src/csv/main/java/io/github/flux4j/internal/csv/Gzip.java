package io.github.flux4j.internal.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Detects and unpacks gzip. */
public final class Gzip {

    /** The first byte. */
    public static final int FIRST = 0x1F;

    /** The second one. */
    public static final int SECOND = 0x8B;

    private Gzip() {}

    /** Unpacks a stream if it begins like gzip; else returns it as it is. */
    public static InputStream unpacked(InputStream stream) throws IOException {
        InputStream raw = new BufferedInputStream(stream);
        try {
            raw.mark(2);
            boolean isPacked = raw.read() == FIRST && raw.read() == SECOND;
            raw.reset();
            return isPacked ? new GZIPInputStream(raw, 1 << 16) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
