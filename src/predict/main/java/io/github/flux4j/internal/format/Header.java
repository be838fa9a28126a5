package io.github.flux4j.internal.format;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What precedes the numbers of a safetensors file: texts, and the place of each tensor.
 *
 * @param metadata the texts, in order
 * @param entries the tensors by name
 */
public record Header(Map<String, String> metadata, Map<String, Entry> entries) {

    /** The most bytes of a header; reading checks this and the other limits before it allocates memory. */
    public static final int MOST_BYTES = 16 << 20;

    /** The most tensors of a file. */
    public static final int MOST_TENSORS = 4096;

    /** The most dimensions of a tensor. */
    public static final int MOST_DIMENSIONS = 8;

    /** The most entries of {@code __metadata__}. */
    public static final int MOST_TEXTS = 1024;

    /** The key of the texts, which no tensor may have. */
    public static final String METADATA = "__metadata__";

    /**
     * A tensor's place, counted from the end of the header.
     *
     * @param dtype safetensors' name of the numbers' type, also of types that can't be read here, such as {@code BF16}
     * @param begin its first byte
     * @param end the byte after its last
     */
    public record Entry(String dtype, int[] shape, long begin, long end) {

        /** The type if it can be read here, or null. */
        public Tensor.Type type() {
            for (Tensor.Type known : Tensor.Type.values()) {
                if (known.name().equals(dtype)) {
                    return known;
                }
            }
            return null;
        }

        int length() {
            return (int) ((end - begin) / type().width());
        }

        /** Whether it has these sizes. */
        public boolean hasShape(int... other) {
            return Arrays.equals(shape, other);
        }

        @Override
        public String toString() {
            return dtype + Arrays.toString(shape);
        }
    }

    /**
     * Reads the header, without the numbers.
     *
     * @throws ModelFileException if it isn't a safetensors file, or is truncated
     */
    public static Header read(Path file) throws IOException {
        return Source.read(file, HeaderReader::read);
    }

    /** The names in the tensors' order in the file. */
    public List<String> inOrder() {
        return entries.keySet().stream()
                .sorted(Comparator.<String>comparingLong(
                                name -> entries.get(name).begin())
                        .thenComparingLong(name -> entries.get(name).end()))
                .toList();
    }
}
