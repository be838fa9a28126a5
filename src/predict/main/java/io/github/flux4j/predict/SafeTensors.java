package io.github.flux4j.predict;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.format.Header;
import io.github.flux4j.internal.format.HeaderReader;
import io.github.flux4j.internal.format.SafeTensorsReader;
import io.github.flux4j.internal.format.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;

/**
 * A safetensors file from any program: named tensors of Float32, Float64 or whole numbers, and texts.
 *
 * <p>Layout: the header's length in eight bytes, the header as JSON padded with spaces, then the numbers, little-endian, row by row, without gaps. Reading
 * checks sizes before it allocates memory: at most 2 GiB, a header of 16 MiB, and 4096 tensors of rank 8. Every number must be finite.
 *
 * @param metadata texts by name
 * @param tensors tensors by name
 */
@NullMarked
public record SafeTensors(Map<String, String> metadata, Map<String, Tensor> tensors) {

    /** Copies both maps. */
    public SafeTensors {
        metadata =
                Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(metadata, "metadata is null")));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNull(tensors, "tensors is null")));
    }

    /**
     * Reads a file.
     *
     * @throws ModelFileException if it isn't such a file, or breaks one of these limits
     */
    public static SafeTensors read(Path file) throws IOException {
        return Source.read(file, SafeTensors::read);
    }

    /** Reads a stream to its end and leaves it open. */
    public static SafeTensors read(InputStream stream) throws IOException {
        return Source.read(stream, SafeTensors::read);
    }

    private static SafeTensors read(Source source) throws IOException {
        Header header = HeaderReader.read(source);
        return new SafeTensors(header.metadata(), SafeTensorsReader.read(source, header, piece -> {}));
    }
}
